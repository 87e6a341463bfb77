// What must be true of a message before it is written, now or later.
#pragma once

#include <vector>

#include "base/result.h"
#include "conversations/write_message.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/ports/store.h"
#include "domain/topic.h"

namespace kith {

// Words or attachments, of a kind this author may write, nothing named twice.
Result<void> check_content(const WriteMessage& command, AuthorKind author);

// Kept, of this thread, and sent by whoever writes now.
Result<void> check_attachments(Tx& tx, const Thread& thread, const Author& author,
                               const std::vector<AttachmentId>& attachments);

// Of this thread.
Result<std::vector<Topic>> find_topics(Tx& tx, const Thread& thread, const std::vector<TopicId>& ids);

}  // namespace kith
