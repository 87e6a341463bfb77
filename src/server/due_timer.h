// When something that waits for a time has to be looked at again: at the earliest time that is known, or at once when
// something changed that may come due earlier.
#pragma once

#include <atomic>
#include <optional>

#include "base/clock.h"

namespace kith {

class DueTimer {
 public:
  // From any thread. After a start nothing is known, so the first look is due at once.
  void something_changed() { has_changed_ = true; }

  // The rest by the one who looks.
  [[nodiscard]] bool take_if_due(Time now) {
    const bool is_due = next_ && *next_ <= now;
    return has_changed_.exchange(false) || is_due;
  }
  // Nothing: with the next change.
  void looked(std::optional<Time> next) { next_ = next; }
  // It is tried again with the next look.
  void failed() { has_changed_ = true; }

 private:
  std::atomic<bool> has_changed_{true};
  std::optional<Time> next_;
};

}  // namespace kith
