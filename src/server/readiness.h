// Whether the house can keep what people write right now.
#pragma once

#include <atomic>
#include <filesystem>

#include "base/clock.h"
#include "base/result.h"
#include "runtime/store_thread.h"

namespace kith {

class Readiness {
 public:
  Readiness(const Clock& clock, std::filesystem::path data) : clock_(clock), data_(std::move(data)) {}

  // Tell it of every group of writes; the store thread does.
  void notice(const runtime::GroupStory& group);
  // Tell it when the house begins to close.
  void close() { closing_ = true; }

  // Nothing when writes are kept. A refused write counts for a few seconds, so that a full disk is seen from outside
  // and the house is asked again soon after.
  [[nodiscard]] Result<void> look() const;

 private:
  static constexpr std::chrono::seconds kRemembered{5};

  const Clock& clock_;
  std::filesystem::path data_;
  std::atomic<std::int64_t> refused_at_us_{-1};
  std::atomic<bool> closing_{false};
};

}  // namespace kith
