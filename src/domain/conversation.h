// The one lifelong conversation of a person. It is never closed; it rests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

struct Conversation {
  ConversationId id;
  PersonId person;
  std::optional<Time> waiting_since;  // the customer's oldest word that no human has answered
  Seq last_entry = 0;                 // seq of the newest entry; 0 before the first
  Time created_at;
  std::optional<Time> paused_until{};  // she asked for a minute; her place in the line stays
  friend bool operator==(const Conversation&, const Conversation&) = default;
};

// The conversation as it is read today: with every strand that merges have brought together. New entries go to `own`.
struct Thread {
  Conversation own;
  std::vector<ConversationId> strands;  // own.id first, then those of merged persons, oldest merge first
};

}  // namespace kith
