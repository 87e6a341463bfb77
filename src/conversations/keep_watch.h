// What time itself does to promises (I12): the owner is warned, and nothing is ever silently past due.
#pragma once

#include <cstddef>
#include <optional>

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

struct Watched {
  std::size_t warned = 0;
  std::size_t broken = 0;
  std::optional<Time> next;  // when to be called next; nothing: with the next promise
};
// By the system, when time passes. At 70 % of the time the owner is warned (PromiseChanged with owner_warned); at the
// due time the promise is broken and a Notice tells both sides. At most `limit` promises per call; `next` is now when
// more wait. A promise that is made or renegotiated may need the watch earlier than `next` says.
Result<Watched> keep_watch(Tx& tx, const Actor& actor, std::size_t limit);

}  // namespace kith
