// "The thread this actor may touch": found, merges followed, and asked of the one policy.
#pragma once

#include <optional>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/ports/store.h"
#include "people/may.h"

namespace kith {

// `conversation` may be any strand of the thread; nothing means the visitor's own. A stranger's is not_found.
Result<Thread> thread_for(const Snapshot& snapshot, const Actor& actor, std::optional<ConversationId> conversation);
Result<Thread> thread_for(Tx& tx, const Actor& actor, std::optional<ConversationId> conversation);
// The same for writing an entry: a program may be allowed to write where it may not read.
Result<Thread> thread_to_write_in(Tx& tx, const Actor& actor, std::optional<ConversationId> conversation);

// Is `strand` one of the thread's?
bool has_strand(const Thread& thread, ConversationId strand);

// Event.conversation and Event.seq filled in, to be emitted.
Event event_in(const Thread& thread, Seq seq, EventBody body);

}  // namespace kith
