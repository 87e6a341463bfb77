#include "people/join_team.h"

#include <algorithm>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

struct NewColleague {
  Person person;
  Account account;
  std::optional<TeamId> team;
  bool is_leader = false;
  bool is_admin = false;
};

// The same person with the same way in: a repeat. Passwords are salted, so they cannot be compared, and the one that is
// there stays.
Result<Person> same_again(Tx& tx, const Person& earlier, const NewColleague& asked) {
  KITH_TRY(const auto account, if_found(tx.access().account(earlier.id)));
  if (!account || account->email != asked.account.email || earlier.called != asked.person.called)
    return fail(Errc::conflict, "the id belongs to another person");
  return earlier;
}

Result<Person> joined_before(Tx& tx, const Person& earlier, const NewColleague& asked,
                             const std::string& verified_hash) {
  KITH_TRY(Person person, same_again(tx, earlier, asked));
  KITH_TRY(const Account account, tx.access().account(person.id));
  if (verified_hash.empty() || account.password_hash != verified_hash) return fail(Errc::not_found, "used already");
  return person;
}

Result<NewColleague> read_colleague(PersonId id, const std::string& called, const std::string& email,
                                    const std::string& password_hash, Time now) {
  NewColleague read;
  KITH_TRY(read.person.called, read_needed_line("called", called));
  KITH_TRY(read.account.email, read_email("email", email));
  if (password_hash.empty()) return invalid("password", "empty");
  read.person.id = read.account.person = id;
  read.person.created_at = now;
  read.account.password_hash = password_hash;
  return read;
}

Result<void> add_role(Tx& tx, const NewColleague& colleague, RoleKind kind) {
  return tx.people().add_role({.id = tx.new_id<RoleId>(),
                               .person = colleague.person.id,
                               .kind = kind,
                               .team = kind == RoleKind::admin ? std::nullopt : colleague.team,
                               .from = tx.now()});
}

Result<Person> add_colleague(Tx& tx, const NewColleague& colleague) {
  if (colleague.team) KITH_CHECK(tx.house().find_team(*colleague.team));
  KITH_TRY(const auto taken, if_found(tx.access().account_by_email(colleague.account.email)));
  if (taken) return fail(Errc::conflict, "somebody signs in with this address", "email");
  KITH_CHECK(add_person(tx, colleague.person));
  KITH_CHECK(tx.access().save_account(colleague.account));
  KITH_CHECK(add_role(tx, colleague, RoleKind::colleague));
  if (colleague.is_leader) KITH_CHECK(add_role(tx, colleague, RoleKind::leader));
  if (colleague.is_admin) KITH_CHECK(add_role(tx, colleague, RoleKind::admin));
  KITH_CHECK(announce_colleague(tx, colleague.person));
  return colleague.person;
}

// The same invitation with the new token, and from now on.
Result<Invitation> invite_again(Tx& tx, Invitation earlier, const Invitation& asked) {
  earlier.token_digest = asked.token_digest;
  earlier.expires_at = asked.expires_at;
  if (earlier != asked) return fail(Errc::conflict, "the id belongs to another invitation, or it is used or withdrawn");
  KITH_CHECK(tx.access().save_invitation(earlier));
  return earlier;
}

// Invented colleagues do not count: somebody real must be able to look after the installation.
Result<bool> is_first(Tx& tx) {
  KITH_TRY(const auto members, tx.people().team_members(tx.now()));
  return std::ranges::all_of(members, &Person::is_sample);
}

}  // namespace

Result<Person> create_colleague(Tx& tx, const Actor& actor, const CreateColleague& command) {
  KITH_CHECK(may(actor, Verb::add, touched::TeamDoor{true}));
  KITH_TRY(auto colleague, read_colleague(command.id, command.called, command.email, command.password_hash, tx.now()));
  KITH_TRY(const auto earlier, if_found(tx.people().find(command.id)));
  if (earlier) return same_again(tx, *earlier, colleague);
  KITH_TRY(const bool first, is_first(tx));
  const bool looks_after_the_house = first && !command.is_sample;
  colleague.person.is_sample = command.is_sample;
  colleague.team = command.team;
  colleague.is_leader = command.as_leader || looks_after_the_house;
  colleague.is_admin = command.as_admin || looks_after_the_house;
  return add_colleague(tx, colleague);
}

Result<Invitation> invite_colleague(Tx& tx, const Actor& actor, const InviteColleague& command) {
  KITH_CHECK(may(actor, Verb::add, touched::TeamDoor{false}));
  KITH_TRY(const std::string called, read_line("called", command.called));
  Invitation invitation{.id = command.id,
                        .token_digest = command.token_digest,
                        .called = called,
                        .as_leader = command.as_leader,
                        .team = command.team,
                        .invited_by = actor.person,
                        .expires_at = command.expires_at};
  KITH_TRY(const auto earlier, if_found(tx.access().find_invitation(command.id)));
  if (earlier) return invite_again(tx, *earlier, invitation);
  if (command.expires_at <= tx.now()) return invalid("expires_at", "not in the future");
  if (command.team) KITH_CHECK(tx.house().find_team(*command.team));
  KITH_CHECK(tx.access().save_invitation(invitation));
  return invitation;
}

Result<void> withdraw_invitation(Tx& tx, const Actor& actor, const WithdrawInvitation& command) {
  KITH_CHECK(may(actor, Verb::take_back, touched::TeamDoor{false}));
  KITH_TRY(Invitation invitation, tx.access().find_invitation(command.id));
  if (invitation.used) return {};
  invitation.used = true;
  return tx.access().save_invitation(invitation);
}

Result<Person> accept_invitation(Tx& tx, const AcceptInvitation& command) {
  KITH_TRY(Invitation invitation, tx.access().invitation_by_digest(command.token_digest));
  KITH_TRY(auto colleague,
           read_colleague(command.person, command.called, command.email, command.password_hash, tx.now()));
  const bool is_over = invitation.used || invitation.expires_at <= tx.now();
  KITH_TRY(const auto earlier, if_found(tx.people().find(command.person)));
  if (earlier && invitation.used) return joined_before(tx, *earlier, colleague, command.verified_hash);
  if (is_over) return fail(Errc::not_found, "used or past its date");
  if (earlier) return fail(Errc::conflict, "the id belongs to another person");
  colleague.team = invitation.team;
  colleague.is_leader = invitation.as_leader;
  invitation.used = true;
  KITH_CHECK(tx.access().save_invitation(invitation));
  return add_colleague(tx, colleague);
}

Result<Invitation> view_invitation(const Snapshot& snapshot, const Digest& token, Time now) {
  KITH_TRY(Invitation invitation, snapshot.access().invitation_by_digest(token));
  if (invitation.used || invitation.expires_at <= now) return fail(Errc::not_found, "used or past its date");
  return invitation;
}

Result<std::vector<Invitation>> list_invitations(const Snapshot& snapshot, const Actor& actor, Time now) {
  constexpr std::size_t kMost = 200;
  KITH_CHECK(may(actor, Verb::read, touched::TeamDoor{false}));
  return snapshot.access().open_invitations(now, kMost);
}

}  // namespace kith
