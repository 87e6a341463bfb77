#include "people/colleagues.h"

#include <algorithm>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

// Her rights changed, so whoever remembers them must look again.
Result<void> announce_rights(Tx& tx, PersonId person) {
  KITH_TRY(auto sessions, tx.access().sessions_of(person));
  announce_sessions(tx, std::move(sessions));
  KITH_TRY(const auto changed, tx.people().find(person));
  return announce_colleague(tx, changed);
}

// An installation nobody can look after any more could only be opened from the outside.
Result<void> check_an_admin_stays(Tx& tx, PersonId leaving) {
  KITH_TRY(const auto roles, tx.people().roles(leaving));
  if (!holds(roles, RoleKind::admin, tx.now())) return {};
  KITH_TRY(const auto members, tx.people().team_members(tx.now()));
  for (const Person& member : members) {
    KITH_TRY(const auto held, tx.people().roles(member.id));
    if (member.id != leaving && holds(held, RoleKind::admin, tx.now())) return {};
  }
  return fail(Errc::conflict, "she is the last admin");
}

Result<Role> find_role(Tx& tx, const EndRole& command) {
  KITH_TRY(const auto roles, tx.people().roles(command.person));
  const auto found = std::ranges::find(roles, command.id, &Role::id);
  if (found == roles.end()) return fail(Errc::not_found, "she has no such role");
  return *found;
}

Result<void> end_role_now(Tx& tx, Role role) {
  role.until = tx.now();
  return tx.people().save_role(role);
}

}  // namespace

Result<Person> end_colleague(Tx& tx, const Actor& actor, const EndColleague& command) {
  KITH_CHECK(may(actor, Verb::take_back, touched::TeamDoor{false}));
  KITH_TRY(Person person, tx.people().find(command.person));
  KITH_TRY(const auto roles, tx.people().roles(person.id));
  if (!is_in_team(roles, tx.now())) return person;
  if (holds(roles, RoleKind::admin, tx.now())) KITH_CHECK(may(actor, Verb::take_back, touched::TeamDoor{true}));
  KITH_CHECK(check_an_admin_stays(tx, person.id));
  for (const Role& role : roles)
    if (role.kind != RoleKind::customer && role.holds_at(tx.now())) KITH_CHECK(end_role_now(tx, role));
  KITH_CHECK(end_desks(tx, person.id, std::nullopt));
  KITH_CHECK(announce_colleague(tx, person));
  return person;
}

Result<Role> grant_role(Tx& tx, const Actor& actor, const GrantRole& command) {
  KITH_CHECK(may(actor, Verb::add, touched::TeamDoor{command.kind == RoleKind::admin}));
  KITH_TRY(const Person person, tx.people().find(command.person));
  KITH_TRY(const auto roles, tx.people().roles(person.id));
  for (const Role& role : roles) {
    const bool is_the_same = role.kind == command.kind && role.team == command.team;
    if (role.id == command.id)
      return is_the_same ? Result<Role>(role) : fail(Errc::conflict, "the id belongs to another role");
    if (is_the_same && role.holds_at(tx.now())) return fail(Errc::conflict, "she has this role already");
  }
  if (person.merged_into) return fail(Errc::conflict, "her story is told elsewhere");
  if (command.kind != RoleKind::customer) KITH_CHECK(tx.access().account(person.id));
  const Role role{.id = command.id, .person = person.id, .kind = command.kind, .team = command.team, .from = tx.now()};
  KITH_CHECK(tx.people().add_role(role));
  KITH_CHECK(announce_rights(tx, person.id));
  return role;
}

Result<Role> end_role(Tx& tx, const Actor& actor, const EndRole& command) {
  KITH_CHECK(may(actor, Verb::take_back, touched::TeamDoor{false}));
  KITH_TRY(Role role, find_role(tx, command));
  KITH_CHECK(may(actor, Verb::take_back, touched::TeamDoor{role.kind == RoleKind::admin}));
  if (role.until && *role.until <= tx.now()) return role;
  if (role.kind == RoleKind::admin) KITH_CHECK(check_an_admin_stays(tx, role.person));
  KITH_CHECK(end_role_now(tx, role));
  role.until = tx.now();
  KITH_TRY(const bool is_still_colleague, is_in_team(tx.people(), role.person, tx.now()));
  if (!is_still_colleague) KITH_CHECK(end_desks(tx, role.person, std::nullopt));
  KITH_CHECK(announce_rights(tx, role.person));
  return role;
}

Result<void> set_hello_line(Tx& tx, const Actor& actor, const SetHelloLine& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{command.person}));
  KITH_TRY(const std::string line, read_line("hello_line", command.hello_line, 500));
  KITH_TRY(Account account, tx.access().account(command.person));
  if (account.hello_line == line) return {};
  account.hello_line = line;
  KITH_CHECK(tx.access().save_account(account));
  KITH_TRY(const auto person, tx.people().find(command.person));
  return announce_colleague(tx, person);
}

Result<std::vector<TeamMember>> list_team(const Snapshot& snapshot, const Actor& actor, Time now) {
  KITH_CHECK(may(actor, Verb::read, touched::Team{}));
  const bool may_invite = may(actor, Verb::add, touched::TeamDoor{false}).has_value();
  KITH_TRY(auto people, snapshot.people().team_members(now));
  std::vector<TeamMember> team;
  for (Person& person : people) {
    KITH_TRY(auto roles, snapshot.people().roles(person.id));
    std::erase_if(roles, [&](const Role& role) { return role.kind == RoleKind::customer || !role.holds_at(now); });
    KITH_TRY(const auto account, if_found(snapshot.access().account(person.id)));
    const bool may_know = may_invite || may(actor, Verb::read, touched::Account{person.id}).has_value();
    TeamMember member{.person = std::move(person), .roles = std::move(roles)};
    if (account) member.hello_line = account->hello_line;
    if (account && may_know) {
      member.email = account->email;
      member.has_second_factor = account->totp_confirmed;
    }
    team.push_back(std::move(member));
  }
  return team;
}

Result<std::vector<PublicFace>> list_faces(const Snapshot& snapshot, Time now) {
  KITH_TRY(const auto people, snapshot.people().team_members(now));
  std::vector<PublicFace> faces;
  for (const Person& person : people) {
    KITH_CHECK(may(Actor{}, Verb::read, touched::Face{person.id, true}));  // whoever stands before the house
    KITH_TRY(auto face, public_face(snapshot.people(), snapshot.access(), person, now));
    faces.push_back({person.id, person.called, std::move(face.hello_line), person.face});
  }
  return faces;
}

}  // namespace kith
