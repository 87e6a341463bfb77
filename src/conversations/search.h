// Finding what was said, and people. Newest first, never ranked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/entry.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct SearchEntries {
  std::string words;
  std::optional<Seq> before;
  std::optional<ConversationId> conversation;  // nothing: everywhere (visitor: her own)
  std::optional<Time> from;
  std::optional<Time> until;
  std::size_t limit = 20;  // at most 100
};
struct FoundEntry {
  Entry entry;
  ConversationId conversation;  // the thread it is read in today
  Person person;                // whose conversation that is
};
struct FoundEntries {
  std::vector<FoundEntry> found;
  std::optional<Seq> next;
};
Result<FoundEntries> search_entries(const Snapshot& snapshot, const Actor& actor, const SearchEntries& query);

// In what colleagues wrote down, for colleagues only.
struct SearchNotes {
  std::string words;
  std::optional<Place<NoteId>> after;
  std::size_t limit = 20;  // at most 100
};
struct FoundNote {
  Note note;
  ConversationId conversation;  // of whom it is about, today
  Person person;                // whom it is about, today
};
struct FoundNotes {
  std::vector<FoundNote> found;  // latest written first
  std::optional<Place<NoteId>> further;
};
Result<FoundNotes> search_notes(const Snapshot& snapshot, const Actor& actor, const SearchNotes& query);

struct SearchPeople {
  std::string words;
  std::size_t limit = 20;  // at most 100
};
struct FoundPerson {
  Person person;
  ConversationId conversation;
};
Result<std::vector<FoundPerson>> search_people(const Snapshot& snapshot, const Actor& actor, const SearchPeople& query);

}  // namespace kith
