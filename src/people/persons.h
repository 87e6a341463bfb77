// A person's card and story: how she likes to be called, what she uses to reach us, what we wrote down about her.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/identity.h"
#include "domain/note.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

// Only what is set changes.
struct RenamePerson {
  PersonId person;
  std::optional<std::string> called;
  std::optional<std::vector<std::string>> languages;
  std::optional<std::string> access_needs;
};
// A visitor for herself, a colleague for customers and for herself.
Result<Person> rename_person(Tx& tx, const Actor& actor, const RenamePerson& command);

struct ClaimIdentity {
  IdentityId id;  // client-made
  PersonId person;
  IdentityKind kind = IdentityKind::email;  // email or phone
  std::string value;
};
// She leaves an address where she can be reached. Claimed proves nothing: it shows no history to anybody. An address
// others use already is linked to her as well (a family shares one); it keeps its own id.
Result<Identity> claim_identity(Tx& tx, const Actor& actor, const ClaimIdentity& command);

struct RetireIdentity {
  IdentityId identity;
};
// An address is nobody's any more: it stays in the story, and whoever uses it from now on is somebody new. By a
// colleague; `invalid` for what is no address. Fine when it is retired already.
Result<Identity> retire_identity(Tx& tx, const Actor& actor, const RetireIdentity& command);

struct PersonView {
  Person person;
  Thread thread;
  std::vector<Role> roles;            // past ones too
  std::vector<Identity> identities;   // hers and those of merged persons
  std::vector<Person> merged_people;  // whose story is told here
  std::vector<Merge> merges;          // in either role, undone ones too
  std::vector<Note> notes;            // about her and merged persons, taken back ones not
};
// For colleagues and programs. A person who is merged away is answered with the one she leads to.
Result<PersonView> view_person(const Snapshot& snapshot, const Actor& actor, PersonId person);

// Her own card.
Result<Person> view_myself(const Snapshot& snapshot, const Actor& actor);
// Every note about the visitor who asks, in the words used (contract G11).
Result<std::vector<Note>> read_own_notes(const Snapshot& snapshot, const Actor& actor);

}  // namespace kith
