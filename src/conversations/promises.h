// Promises: by a person, to a person. Kept, renegotiated before they are due, or broken and owned; never silently late
// (keep_watch.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/entry.h"
#include "domain/ports/store.h"
#include "domain/promise.h"

namespace kith {

struct MakePromise {
  PromiseId id;  // client-made
  std::optional<ConversationId> conversation;
  std::string what;
  std::optional<Time> from;  // start of the window, when the customer chose one
  Time due;                  // in the future
};
// By the colleague who makes it; never by "us".
Result<Promise> make_promise(Tx& tx, const Actor& actor, const MakePromise& command);

struct KeepPromise {
  PromiseId promise;
};
// By any colleague: promises survive absence. conflict once it is broken (then it is to be owned).
Result<Promise> keep_promise(Tx& tx, const Actor& actor, const KeepPromise& command);

struct RenegotiatePromise {
  PromiseId promise;
  std::optional<Time> from;
  Time due;
  bool customer_agrees = false;  // must be true: it takes both
};
// Only before it is due (conflict after).
Result<Promise> renegotiate_promise(Tx& tx, const Actor& actor, const RenegotiatePromise& command);

struct OwnPromise {
  PromiseId promise;
  EntryId apology;   // client-made id of the apology entry this writes
  std::string text;  // in her own words
};
struct OwnedPromise {
  Promise promise;
  Entry apology;
};
Result<OwnedPromise> own_promise(Tx& tx, const Actor& actor, const OwnPromise& command);

}  // namespace kith
