// Where a colleague says she is, right now. In memory only: never stored, never logged, never counted.
#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

enum class PresenceLevel : std::uint8_t { open, gentle, beat, with_someone, away };

struct Presence {
  PersonId person;
  PresenceLevel level = PresenceLevel::away;
  std::optional<Time> back_at;  // only if she said when
  int written_capacity = 3;     // conversations in writing she wants at once; hers to set
  bool takes_calls = true;
  friend bool operator==(const Presence&, const Presence&) = default;
};

}  // namespace kith
