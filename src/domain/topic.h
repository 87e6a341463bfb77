// A thread of meaning inside a conversation ("the wrong invoice", "moving house").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

enum class TopicState : std::uint8_t { open, waiting_for_us, waiting_for_you, waiting_for_date, answered, settled };
enum class SettledBy : std::uint8_t { nobody, customer_word, silence };

struct Topic {
  TopicId id;
  ConversationId strand;
  std::string title;
  TopicState state = TopicState::open;
  std::optional<Time> until;  // only while waiting_for_date
  SettledBy settled_by = SettledBy::nobody;
  std::vector<EntryId> entries;  // an entry may touch several topics
  Seq changed_seq = 0;
  friend bool operator==(const Topic&, const Topic&) = default;
};

// The one transition table of topics. Reopening is settled -> open.
bool can_become(TopicState from, TopicState to);

}  // namespace kith
