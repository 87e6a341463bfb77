// What a colleague is about to write, kept on every keystroke and shown to nobody but her.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "conversations/in_thread.h"
#include "domain/access.h"
#include "domain/draft.h"
#include "domain/ports/store.h"

namespace kith {

struct KeepDraft {
  ConversationId conversation;
  std::string text;
  bool only_for_us = false;
  std::vector<AttachmentId> attachments;  // of this thread, hers, finished or not
};
// The newest words stand; empty ones without attachments mean that it is gone. Fine when they are the same already.
Result<InThread<Draft>> keep_draft(Tx& tx, const Actor& actor, const KeepDraft& command);

// Hers, newest change first; one for each thread.
Result<std::vector<InThread<Draft>>> list_drafts(const Snapshot& snapshot, const Actor& actor, std::size_t limit);

}  // namespace kith
