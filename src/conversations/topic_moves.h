// What an entry does to the topics it is about.
#pragma once

#include "base/result.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/ports/store.h"
#include "domain/topic.h"

namespace kith {

// Where a topic stands after this entry was said about it (see write_message).
TopicState state_after(TopicState before, const Entry& entry);

// Links the entry, moves the topic and saves it. Nothing happens when it is linked already.
Result<Topic> link_to_topic(Tx& tx, const Thread& thread, Topic topic, const Entry& entry);

// Saves with a new seq and emits TopicChanged.
Result<Topic> save_topic(Tx& tx, const Thread& thread, Topic topic);

}  // namespace kith
