// Notes colleagues write about a person. She may read them in the same words, so they are written with that in mind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/note.h"
#include "domain/ports/store.h"

namespace kith {

struct WriteNote {
  NoteId id;  // client-made
  PersonId about;
  std::string text;
  std::vector<PersonId> mentions{};  // colleagues in the team, each once
};
inline constexpr std::size_t kMostMentions = 20;
Result<Note> write_note(Tx& tx, const Actor& actor, const WriteNote& command);

struct ChangeNote {
  NoteId note;
  std::uint32_t version = 1;  // the one she read; conflict when it was changed since
  std::string text;
};
// By its author.
Result<Note> change_note(Tx& tx, const Actor& actor, const ChangeNote& command);

struct TakeBackNote {
  NoteId note;
};
// By its author. Fine when taken back already.
Result<Note> take_back_note(Tx& tx, const Actor& actor, const TakeBackNote& command);

struct ListMentions {
  std::optional<Seq> before;
  std::size_t limit = 50;  // at most 200
};
struct MentionedIn {
  Note note;
  ConversationId conversation;  // of whom it is about, today
  Person person;                // whom it is about, today
};
struct MentionPage {
  std::vector<MentionedIn> mentions;  // newest first
  std::optional<Seq> next;
};
// Notes that mention the one who asks.
Result<MentionPage> list_mentions(const Snapshot& snapshot, const Actor& actor, const ListMentions& query);

}  // namespace kith
