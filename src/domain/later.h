// A colleague comes back to a conversation later. Hers alone.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "domain/ids.h"
#include "domain/place.h"

namespace kith {

struct Later {
  LaterId id;
  ConversationId strand;
  PersonId person;      // one per strand and person
  bool is_set = false;  // false: she is back; remembered so that other devices hear of it
  std::optional<Time> until;
  bool until_she_writes = false;  // no time: back when the customer writes
  std::string words;              // hers, for herself; gone when she is back
  Seq changed_seq = 0;
  friend bool operator==(const Later&, const Later&) = default;
};

// Among those of a person: the soonest first, those without a time last.
inline Place<LaterId> place_of(const Later& later) {
  return {later.until.value_or(kAfterAll), later.id};
}

}  // namespace kith
