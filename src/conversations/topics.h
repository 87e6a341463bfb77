// Topics: three questions are three topics, and each has its own state until the customer is content.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"
#include "domain/topic.h"

namespace kith {

struct CreateTopic {
  TopicId id;  // client-made
  std::optional<ConversationId> conversation;
  std::string title;
  std::vector<EntryId> entries;  // what it is about; of this thread
};
// Waits for us from the start when a customer's entry is among them; open otherwise.
Result<Topic> create_topic(Tx& tx, const Actor& actor, const CreateTopic& command);

struct RenameTopic {
  TopicId topic;
  std::string title;
};
Result<Topic> rename_topic(Tx& tx, const Actor& actor, const RenameTopic& command);

struct LinkEntry {
  TopicId topic;
  EntryId entry;
};
// Linking a colleague's entry answers a topic that waits for us (as write_message does). Fine when linked already.
Result<Topic> link_entry(Tx& tx, const Actor& actor, const LinkEntry& command);
// Leaves the state as it is. Fine when it is not linked.
Result<Topic> unlink_entry(Tx& tx, const Actor& actor, const LinkEntry& command);

struct SettleTopic {
  TopicId topic;
  SettledBy by = SettledBy::customer_word;  // a visitor's own act is always her word
};
Result<Topic> settle_topic(Tx& tx, const Actor& actor, const SettleTopic& command);

struct ReopenTopic {
  TopicId topic;
};
// By either side. Fine when it is not settled.
Result<Topic> reopen_topic(Tx& tx, const Actor& actor, const ReopenTopic& command);

struct MoveTopic {
  TopicId topic;
  TopicState to = TopicState::waiting_for_us;  // any but open and settled
  std::optional<Time> until;                   // with waiting_for_date, and only then
};
Result<Topic> move_topic(Tx& tx, const Actor& actor, const MoveTopic& command);

// By the system: topics whose date has come wait for us again. Returns how many; call again while it is `limit`.
Result<std::size_t> wake_topics(Tx& tx, const Actor& actor, std::size_t limit);

}  // namespace kith
