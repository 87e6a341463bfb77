// Latencies, counted in buckets that are at most 1.6 % wide.
#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <vector>

namespace kith::load {

class Histogram {
 public:
  void add(std::chrono::nanoseconds value) {
    ++counts_[index(static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count()))];
    ++size_;
  }
  // `part` of all values are at or below this: 0.5 is the median.
  [[nodiscard]] std::chrono::nanoseconds quantile(double part) const {
    auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(size_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i)
      if ((seen += counts_[i]) > wanted) return std::chrono::nanoseconds(lowest(i));
    return std::chrono::nanoseconds(0);
  }
  [[nodiscard]] double quantile_ms(double part) const { return static_cast<double>(quantile(part).count()) / 1e6; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  static std::size_t index(std::uint64_t value) {
    if (value < 64) return value;
    auto exponent = static_cast<std::size_t>(63 - std::countl_zero(value));
    return (exponent - 5) * 64 + (value >> (exponent - 6) & 63);
  }
  static std::uint64_t lowest(std::size_t i) { return i < 64 ? i : (64 + i % 64) << (i / 64 - 1); }

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(64 * 60);
  std::uint64_t size_ = 0;
};

}  // namespace kith::load
