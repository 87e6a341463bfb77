// "Give me a minute": the customer asks for quiet. Her place in the line stays.
#pragma once

#include <chrono>

#include "base/result.h"
#include "conversations/later.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/ports/store.h"

namespace kith {

inline constexpr std::chrono::hours kLongestPause{2};

struct Pause {
  Time until;
};
Result<Thread> pause_for_a_minute(Tx& tx, const Actor& actor, const Pause& command);

struct EndPause {};
// Fine when there is none.
Result<Thread> end_pause(Tx& tx, const Actor& actor, const EndPause& command);

// By the system: pauses whose time is over.
Result<Passed> end_pauses(Tx& tx, const Actor& actor, std::size_t limit);

}  // namespace kith
