// How often one connection may do something: tokens that come back steadily. Eight bytes, because every connection has
// a few.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace kith {

struct PaceRule {
  float per_second = 1;
  float burst = 1;
};

class Pace {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // False: too often.
  bool take(const PaceRule& rule, SteadyTime now) {
    // Wraps after seven weeks; being wrong then costs one full bucket.
    auto ms = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    float waited = is_used() ? static_cast<float>(ms - at_ms_) / 1000.0F : 0;
    float tokens = is_used() ? std::min(rule.burst, tokens_ + waited * rule.per_second) : rule.burst;
    at_ms_ = ms;
    bool is_fine = tokens >= 1;
    tokens_ = is_fine ? tokens - 1 : tokens;
    return is_fine;
  }

 private:
  [[nodiscard]] bool is_used() const { return tokens_ >= 0; }
  float tokens_ = -1;  // full
  std::uint32_t at_ms_ = 0;
};

}  // namespace kith
