// What the store tells the board of those who wait (care/line_board.h): everybody who waits when the house starts, and
// afterwards what every committed event means for the line.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "care/line_board.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/event.h"
#include "domain/ports/store.h"

namespace kith {

// Nobody is left out of line because something beside her cannot be read: whose companions are not readable waits
// without them.
struct LineStory {
  std::vector<LineNews> news;
  std::optional<Error> missed = {};  // the first thing that could not be read
};

// Everybody who waits, with her companions.
Result<LineStory> everybody_who_waits(const Snapshot& snapshot);

// Does anything of this concern the line?
bool concerns_line(std::span<const Event> events);

// What these events mean for the line, in their order. `knows(conversation)`: whether the board has her already; only
// of those it has not are the companions looked up. `on_board`: everybody the board knows, looked at when something was
// erased, for then no event says whom it was about.
struct LineKnowledge {
  std::function<bool(ConversationId)> knows;
  std::function<std::vector<ConversationId>()> on_board;
};
// Without a snapshot (nullptr), when the store cannot be read at all, the events still say who waits.
LineStory line_news(const Snapshot* snapshot, std::span<const Event> events, const LineKnowledge& board);

// The thread a colleague wants to take, or to hand on: as it is read today.
Result<Thread> thread_in_line(const Snapshot& snapshot, const Actor& actor, ConversationId conversation);

}  // namespace kith
