// Two records turned out to be one human, or did not after all. Nothing is rewritten: one person points to another, and
// undoing takes the pointer away (I2: exactly one conversation per person at every instant; merge and undo is nothing).
#pragma once

#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct MergePeople {
  MergeId id;  // client-made
  PersonId from;
  PersonId into;
  std::string reason;
};
struct MergeOutcome {
  Merge merge;
  Thread thread;  // of the person merged into (undo: of the one who is on her own again)
};
// A human decides. Both must be unmerged themselves (conflict otherwise; so no circle can arise) and neither may be in
// the team (their accounts are theirs alone). A Notice in the conversation tells the person. Emits ConversationChanged
// for both threads; clients reload a thread whose strands changed.
Result<MergeOutcome> merge_people(Tx& tx, const Actor& actor, const MergePeople& command);

struct UndoMerge {
  MergeId id;
};
// At any later time. Fine when it is undone already.
Result<MergeOutcome> undo_merge(Tx& tx, const Actor& actor, const UndoMerge& command);

}  // namespace kith
