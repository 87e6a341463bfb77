#include "runtime/rate_limiter.h"

#include <sodium.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace kith::runtime {

RateLimiter::RateLimiter(const Clock& clock, std::size_t max_keys) : clock_(clock), max_keys_(max_keys) {
  static_assert(std::tuple_size_v<decltype(salt_)> == crypto_shorthash_KEYBYTES);
  // Not injected: it decides nothing, it only keeps strangers from choosing keys that collide.
  crypto_shorthash_keygen(salt_.data());
}

double RateLimiter::tokens_at(const Bucket& bucket, std::chrono::microseconds now) {
  const double seconds = static_cast<double>((now - bucket.at).count()) / 1e6;
  return std::min(bucket.burst, bucket.tokens + seconds * bucket.per_second);
}

std::chrono::milliseconds RateLimiter::take(std::string_view key, const Rate& rate) {
  if (rate.per_second <= 0) return std::chrono::milliseconds(0);
  std::uint64_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<const unsigned char*>(key.data()),
                   key.size(), salt_.data());
  const auto now = clock_.steady();
  std::lock_guard lock(mutex_);
  if (buckets_.size() >= max_keys_ && !buckets_.contains(hash)) forget_full_buckets(now);
  Bucket& bucket = buckets_.try_emplace(hash, Bucket{rate.burst, rate.burst, rate.per_second, now}).first->second;
  bucket.tokens = tokens_at(bucket, now);
  bucket.at = now;
  bucket.burst = rate.burst;
  bucket.per_second = rate.per_second;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::chrono::milliseconds(0);
  }
  const double seconds = (1 - bucket.tokens) / rate.per_second;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(std::min(seconds, 86'400.0) * 1'000)));
}

void RateLimiter::forget_full_buckets(std::chrono::microseconds now) {
  std::erase_if(buckets_, [&](const auto& each) { return tokens_at(each.second, now) >= each.second.burst; });
  if (buckets_.size() < max_keys_) return;
  // Everybody is busy. Forgetting an eighth at once keeps this rare; those who asked least lose least.
  std::vector<double> used;
  used.reserve(buckets_.size());
  for (const auto& [hash, bucket] : buckets_) used.push_back(bucket.burst - tokens_at(bucket, now));
  const auto eighth = used.begin() + static_cast<std::ptrdiff_t>(used.size() / 8);
  std::nth_element(used.begin(), eighth, used.end());
  std::erase_if(buckets_, [&, limit = *eighth](const auto& each) {
    return each.second.burst - tokens_at(each.second, now) <= limit;
  });
}

std::size_t RateLimiter::keys() const {
  std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace kith::runtime
