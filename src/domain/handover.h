// A colleague asks another to go on with a conversation, with a warm note. Nothing changes until the other accepts.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

enum class HandoverState : std::uint8_t { offered, accepted, declined, taken_back };

struct Handover {
  HandoverId id;
  ConversationId strand;
  PersonId from;
  PersonId to;
  std::string words;
  HandoverState state = HandoverState::offered;
  Time at;  // when it was offered
  Seq changed_seq = 0;
  friend bool operator==(const Handover&, const Handover&) = default;
};

// An offer may be accepted, declined or taken back; each of these is an end.
constexpr bool can_become(HandoverState from, HandoverState to) {
  return from == HandoverState::offered && to != HandoverState::offered;
}

}  // namespace kith
