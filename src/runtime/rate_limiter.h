// How often somebody may ask. Each key has a bucket that fills steadily and empties by one per request; keys that
// nobody used for a while are forgotten.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace kith::runtime {

struct Rate {
  double per_second = 1;  // 0: no limit
  double burst = 10;
};

class RateLimiter {
 public:
  // At most `max_keys` are remembered; when they are all in use, the fullest buckets are dropped first.
  explicit RateLimiter(const Clock& clock, std::size_t max_keys = 100'000);

  // Zero when this one is fine (and counted); otherwise how long to wait. Safe from any thread.
  std::chrono::milliseconds take(std::string_view key, const Rate& rate);

  [[nodiscard]] std::size_t keys() const;

 private:
  struct Bucket {
    double tokens = 0;
    double burst = 0;
    double per_second = 0;
    std::chrono::microseconds at{0};
  };
  void forget_full_buckets(std::chrono::microseconds now);
  static double tokens_at(const Bucket& bucket, std::chrono::microseconds now);

  const Clock& clock_;
  std::size_t max_keys_;
  mutable std::mutex mutex_;  // guards the buckets; held for one lookup
  std::unordered_map<std::uint64_t, Bucket> buckets_;
  std::array<unsigned char, 16> salt_{};
};

}  // namespace kith::runtime
