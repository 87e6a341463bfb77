// A source of randomness that can begin again: a group that is run a second time draws what it drew the first time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace kith {

class ReplayedRandom : public Random {
 public:
  explicit ReplayedRandom(Random& source) : source_(source) {}

  void fill(std::span<std::uint8_t> out) override {
    const std::size_t known = std::min(out.size(), drawn_.size() - at_);
    const auto fresh = out.subspan(known);
    std::copy_n(drawn_.begin() + static_cast<std::ptrdiff_t>(at_), known, out.begin());
    source_.fill(fresh);
    drawn_.insert(drawn_.end(), fresh.begin(), fresh.end());
    at_ += out.size();
  }
  void begin_again() { at_ = 0; }

 private:
  Random& source_;
  std::vector<std::uint8_t> drawn_;
  std::size_t at_ = 0;
};

}  // namespace kith
