// Connections that were refused because there are too many already: counted, and said in the log now and then, so that
// whoever runs the house learns of it before her customers tell her. Never from which address.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "base/log.h"
#include "runtime/connection_slots.h"
#include "runtime/metrics.h"

namespace kith::http {

class RefusedConnections {
 public:
  static constexpr std::chrono::minutes kBetweenLines{1};

  explicit RefusedConnections(runtime::Metrics& metrics);
  // From any thread. The first one is logged at once, those of the next minute together with the first one after it.
  void count(runtime::NoSlot why, const Clock& clock, Log& log);

 private:
  struct Limit {
    runtime::Counter* refused = nullptr;
    std::atomic<std::uint64_t> since_last_line{0};
    std::atomic<std::chrono::microseconds::rep> next_line{0};
  };
  std::array<Limit, 2> limits_;  // by NoSlot
};

}  // namespace kith::http
