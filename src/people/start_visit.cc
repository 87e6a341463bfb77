#include "people/start_visit.h"

#include "people/if_found.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr const char* kHostSaysSo = "signed token of the host site";

std::string host_value(const HostIdentity& host) {
  return host.issuer + "|" + host.subject;
}

Result<void> check_host(const HostIdentity& host) {
  if (host.issuer.empty() || host.issuer.find('|') != std::string::npos)
    return invalid("identity_token", "no usable issuer");
  if (host.subject.empty()) return invalid("identity_token", "no subject");
  return {};
}

// What the site tells of her, as far as it can be read; a bad name or address must not keep anybody out.
std::string name_from(const std::optional<HostIdentity>& host) {
  if (!host) return {};
  auto name = read_line("name", host->name);
  return name ? *name : std::string();
}

Result<PersonId> add_visitor(Tx& tx, const StartVisit& command) {
  auto languages = read_languages("languages", command.languages);
  Person person{.id = tx.new_id<PersonId>(), .called = name_from(command.host), .created_at = tx.now()};
  if (languages) person.languages = *languages;
  KITH_CHECK(add_person(tx, person));
  KITH_CHECK(tx.people().add_role(
      {.id = tx.new_id<RoleId>(), .person = person.id, .kind = RoleKind::customer, .from = tx.now()}));
  return person.id;
}

// An identity that is there already keeps its state: others may have claimed the same address.
Result<void> attach(Tx& tx, PersonId person, IdentityKind kind, const std::string& value, bool is_confirmed) {
  KITH_TRY(const auto known, if_found(tx.identities().find_by_value(kind, value)));
  if (known) return link_identity(tx, known->id, person);
  Identity identity{.id = tx.new_id<IdentityId>(), .kind = kind, .value = value};
  if (is_confirmed) {
    identity.state = IdentityState::confirmed;
    identity.confirmed_how = kHostSaysSo;
    identity.confirmed_at = tx.now();
  }
  KITH_CHECK(tx.identities().add(identity));
  return link_identity(tx, identity.id, person);
}

// The name and the address come from the site: a name she has chosen herself stays.
Result<void> take_over(Tx& tx, PersonId id, const HostIdentity& host) {
  KITH_CHECK(attach(tx, id, IdentityKind::host, host_value(host), true));
  if (auto email = read_email("email", host.email); email && !host.email.empty())
    KITH_CHECK(attach(tx, id, IdentityKind::email, *email, host.email_verified));
  KITH_TRY(Person person, tx.people().find(id));
  const std::string name = name_from(host);
  if (!person.called.empty() || name.empty()) return {};
  person.called = name;
  KITH_CHECK(tx.people().save(person));
  return announce_person(tx, person);
}

// Whose host identity this is; nothing when nobody's yet.
Result<std::optional<PersonId>> holder_of(Tx& tx, const HostIdentity& host) {
  KITH_TRY(const auto identity, if_found(tx.identities().find_by_value(IdentityKind::host, host_value(host))));
  if (!identity) return std::optional<PersonId>();
  KITH_TRY(const auto links, tx.identities().people_of(identity->id));
  if (links.empty()) return std::optional<PersonId>();
  return std::optional(links.front().person);
}

// Is she, by her device, already somebody at a host site? Then a new identity is another human's.
Result<bool> is_known_at_a_host(Tx& tx, PersonId person) {
  KITH_TRY(auto people, tx.people().merged_into(person));
  KITH_TRY(auto herself, tx.people().find(person));
  people.push_back(std::move(herself));
  for (const Person& one : people) {
    KITH_TRY(const auto identities, tx.identities().identities_of(one.id));
    for (const Identity& identity : identities)
      if (identity.kind == IdentityKind::host && identity.state == IdentityState::confirmed) return true;
  }
  return false;
}

// The person the device stands for, merges not followed, so that undoing a merge gives her back what is hers.
Result<std::optional<PersonId>> person_of_device(Tx& tx, const Actor& actor) {
  if (actor.kind != ActorKind::visitor || !actor.session) return std::optional<PersonId>();
  KITH_TRY(const Session session, tx.access().session(*actor.session));
  return std::optional(session.person);
}

Result<PersonId> add_person_of_host(Tx& tx, const StartVisit& command) {
  KITH_TRY(const PersonId person, add_visitor(tx, command));
  KITH_CHECK(take_over(tx, person, *command.host));
  return person;
}

Result<PersonId> person_behind_host(Tx& tx, const Actor& actor, const StartVisit& command) {
  KITH_TRY(const auto holder, holder_of(tx, *command.host));
  if (holder) return *holder;
  KITH_TRY(const auto device, person_of_device(tx, actor));
  if (!device) return add_person_of_host(tx, command);
  KITH_TRY(const bool is_somebody_else, is_known_at_a_host(tx, actor.person));
  if (is_somebody_else) return add_person_of_host(tx, command);
  KITH_CHECK(take_over(tx, *device, *command.host));
  KITH_TRY(auto ended, tx.access().revoke_sessions(*device, std::nullopt));
  announce_sessions(tx, std::move(ended));
  return *device;
}

Result<PersonId> visitor_for(Tx& tx, const Actor& actor, const StartVisit& command) {
  if (command.host) return person_behind_host(tx, actor, command);
  KITH_TRY(const auto device, person_of_device(tx, actor));
  if (device) return *device;
  return add_visitor(tx, command);
}

Result<Visit> visit_of(Tx& tx, const Session& session) {
  KITH_TRY(auto person, tx.people().resolve(session.person));
  KITH_TRY(auto thread, tx.conversations().thread_of(person.id));
  return Visit{session, std::move(person), std::move(thread)};
}

}  // namespace

Result<Visit> start_visit(Tx& tx, const Actor& actor, const StartVisit& command) {
  KITH_TRY(const auto earlier, if_found(tx.access().session(command.id)));
  if (earlier) {
    const bool is_repeat = earlier->kind == SessionKind::visitor && earlier->token_digest == command.token_digest &&
                           earlier->inbox == command.inbox && !earlier->revoked;
    if (!is_repeat) return fail(Errc::conflict, "this visit's id belongs to another session");
    return visit_of(tx, *earlier);
  }
  if (command.expires_at <= tx.now()) return invalid("expires_at", "not in the future");
  KITH_CHECK(tx.house().find_inbox(command.inbox));
  if (command.host) KITH_CHECK(check_host(*command.host));
  KITH_TRY(const PersonId person, visitor_for(tx, actor, command));
  const Session session{.id = command.id,
                        .kind = SessionKind::visitor,
                        .person = person,
                        .inbox = command.inbox,
                        .token_digest = command.token_digest,
                        .expires_at = command.expires_at};
  KITH_CHECK(tx.access().add_session(session));
  return visit_of(tx, session);
}

}  // namespace kith
