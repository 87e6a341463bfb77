// Who of the team goes along with a conversation: whoever answered in it, took it over or was brought in.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/note.h"
#include "domain/ports/store.h"

namespace kith {

// She comes first from now on; CompanionsChanged when she was not. `seq`: of what she did.
Result<void> join_companions(Tx& tx, const Thread& thread, PersonId colleague, Seq seq);

struct BringIn {
  NoteId id;  // client-made; of the note
  ConversationId conversation;
  PersonId colleague;
  std::string words;
};
struct BroughtIn {
  Note note;
  ConversationId conversation;
  std::vector<PersonId> companions;
};
// Makes a colleague a companion and writes a note with these words that mentions her.
Result<BroughtIn> bring_in(Tx& tx, const Actor& actor, const BringIn& command);

}  // namespace kith
