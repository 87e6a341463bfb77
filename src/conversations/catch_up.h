// What somebody missed since a seq, so that after any disconnect she is exactly right without asking for anything else.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/event.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct CatchUp {
  Seq after = 0;
  std::size_t limit = 200;  // at most 500
};
struct CaughtUp {
  std::vector<Event> events;  // in seq order, each with the full state of today
  Seq reached = 0;            // go on from here
  bool more = false;          // call again with `after = reached`
};
// Each thing comes at most once, with its newest state and the seq of its newest change. When a ConversationChanged
// shows other strands than the client knew (a merge, or its undoing), the client reloads that thread: older entries are
// not repeated here. An unknown future cursor is invalid("after").
Result<CaughtUp> catch_up(const Snapshot& snapshot, const Actor& actor, const CatchUp& query, Time now);

// What a live connection needs at its start, from one snapshot.
struct LiveStart {
  std::optional<Thread> thread;  // visitors: their own
  Seq newest = 0;
};
Result<LiveStart> open_live(const Snapshot& snapshot, const Actor& actor);

}  // namespace kith
