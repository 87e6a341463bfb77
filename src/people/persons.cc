#include "people/persons.h"

#include <algorithm>
#include <utility>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

// She and everyone whose story is told with hers.
Result<std::vector<PersonId>> persons_of(const Snapshot& snapshot, PersonId person) {
  KITH_TRY(const auto merged, snapshot.people().merged_into(person));
  std::vector<PersonId> all{person};
  for (const Person& one : merged) all.push_back(one.id);
  return all;
}

// As it is hers: what others have proven is only claimed by whoever came to it after them.
Result<Identity> as_hers(const Snapshot& snapshot, PersonId person, Identity identity) {
  KITH_TRY(const auto links, snapshot.identities().people_of(identity.id));
  const auto hers = std::ranges::find(links, person, &IdentityLink::person);
  const bool is_first = hers != links.end() && hers->weight >= links.front().weight;
  if (is_first || identity.state != IdentityState::confirmed) return identity;
  return Identity{.id = identity.id, .kind = identity.kind, .value = identity.value};
}

Result<std::vector<Identity>> identities_of(const Snapshot& snapshot, std::span<const PersonId> people) {
  std::vector<Identity> all;
  for (const PersonId person : people) {
    KITH_TRY(const auto some, snapshot.identities().identities_of(person));
    for (const Identity& identity : some) {
      KITH_TRY(auto hers, as_hers(snapshot, person, identity));
      const auto same = std::ranges::find(all, hers.id, &Identity::id);
      if (same == all.end())
        all.push_back(std::move(hers));
      else if (hers.state == IdentityState::confirmed)
        *same = std::move(hers);
    }
  }
  return all;
}

Result<std::vector<Note>> notes_about(const Snapshot& snapshot, std::span<const PersonId> people) {
  KITH_TRY(auto notes, snapshot.notes().about(people));
  std::erase_if(notes, [](const Note& note) { return note.taken_back; });
  return notes;
}

Result<std::string> read_address(const ClaimIdentity& command) {
  switch (command.kind) {
    case IdentityKind::email:
      return read_email("value", command.value);
    case IdentityKind::phone:
      return read_phone("value", command.value);
    default:
      return invalid("kind", "only an email address or a phone number can be claimed");
  }
}

// What she is told about an address she claimed: not whether others use it or have proven it.
Identity as_claimed(const ClaimIdentity& command, const std::string& value) {
  return {.id = command.id, .kind = command.kind, .value = value};
}

}  // namespace

Result<Person> rename_person(Tx& tx, const Actor& actor, const RenamePerson& command) {
  KITH_TRY(Person before, tx.people().resolve(command.person));
  KITH_TRY(const bool is_colleague, is_in_team(tx.people(), before.id, tx.now()));
  KITH_CHECK(may(actor, Verb::change, touched::PersonCard{before.id, is_colleague}));
  Person after = before;
  if (command.called) {
    KITH_TRY(after.called, read_line("called", *command.called));
  }
  if (command.languages) {
    KITH_TRY(after.languages, read_languages("languages", *command.languages));
  }
  if (command.access_needs) {
    KITH_TRY(after.access_needs, read_text("access_needs", *command.access_needs, 1000));
  }
  if (after == before) return before;
  KITH_CHECK(tx.people().save(after));
  KITH_CHECK(announce_person(tx, after));
  return after;
}

Result<Identity> claim_identity(Tx& tx, const Actor& actor, const ClaimIdentity& command) {
  KITH_TRY(const Person person, tx.people().resolve(command.person));
  KITH_CHECK(may(actor, Verb::add, touched::Identity{person.id}));
  KITH_TRY(const std::string value, read_address(command));
  KITH_TRY(const auto known, if_found(tx.identities().find_by_value(command.kind, value)));
  if (known) {
    KITH_CHECK(link_identity(tx, known->id, person.id));
    return as_claimed(command, value);
  }
  Identity identity = as_claimed(command, value);
  KITH_CHECK(tx.identities().add(identity));  // conflict when the id belongs to another address
  KITH_CHECK(link_identity(tx, identity.id, person.id));
  return identity;
}

Result<Identity> retire_identity(Tx& tx, const Actor& actor, const RetireIdentity& command) {
  KITH_TRY(Identity identity, tx.identities().find(command.identity));
  KITH_TRY(const auto links, tx.identities().people_of(identity.id));
  KITH_CHECK(may(actor, Verb::change, touched::Identity{links.empty() ? PersonId{} : links.front().person}));
  const bool is_address = identity.kind == IdentityKind::email || identity.kind == IdentityKind::phone;
  if (!is_address) return invalid("identity", "only an email address or a phone number can be retired");
  if (identity.state == IdentityState::retired) return identity;
  identity.state = IdentityState::retired;
  KITH_CHECK(tx.identities().save(identity));
  return identity;
}

Result<PersonView> view_person(const Snapshot& snapshot, const Actor& actor, PersonId id) {
  KITH_TRY(const Person person, snapshot.people().resolve(id));
  KITH_CHECK(may(actor, Verb::read, touched::PersonStory{person.id}));
  KITH_TRY(const auto people, persons_of(snapshot, person.id));
  PersonView view{.person = person};
  KITH_TRY(view.thread, snapshot.conversations().thread_of(person.id));
  KITH_TRY(view.roles, snapshot.people().roles(person.id));
  KITH_TRY(view.identities, identities_of(snapshot, people));
  KITH_TRY(view.merged_people, snapshot.people().merged_into(person.id));
  KITH_TRY(view.merges, snapshot.people().merges_of(person.id));
  if (may(actor, Verb::read, touched::Note{person.id, {}})) {
    KITH_TRY(view.notes, notes_about(snapshot, people));
  }
  return view;
}

Result<Person> view_myself(const Snapshot& snapshot, const Actor& actor) {
  KITH_CHECK(may(actor, Verb::read, touched::PersonCard{actor.person, actor.kind == ActorKind::colleague}));
  return snapshot.people().find(actor.person);
}

Result<std::vector<Note>> read_own_notes(const Snapshot& snapshot, const Actor& actor) {
  KITH_CHECK(may(actor, Verb::read, touched::Note{actor.person, {}}));
  KITH_TRY(const auto people, persons_of(snapshot, actor.person));
  return notes_about(snapshot, people);
}

}  // namespace kith
