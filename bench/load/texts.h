// Texts like people's, for whatever has to be kept and found again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"

namespace kith::load {

// 30,000 invented words, used as often as words are (Zipf's law), in texts of exactly 98 bytes.
class Texts {
 public:
  static constexpr std::size_t kBytes = 98;
  static constexpr std::size_t kWords = 30'000;

  explicit Texts(std::uint64_t seed) : random_(seed) {
    double sum = 0;
    for (std::size_t rank = 0; rank < kWords; ++rank) {
      words_.push_back(invent(rank));
      by_length_[words_.back().size()].push_back(rank);
      sums_.push_back(sum += 1.0 / static_cast<double>(rank + 1));
    }
  }

  std::string next() {
    std::string text;
    while (kBytes - text.size() > kLongest + 3) text += word(draw()) + ' ';
    // The last words are chosen to fit.
    std::size_t left = kBytes - text.size();
    if (left > kLongest) {
      text += some_of_length(left / 2 - 1) + ' ';
      left = kBytes - text.size();
    }
    return text + some_of_length(left);
  }
  [[nodiscard]] const std::string& word(std::size_t rank) const { return words_[rank]; }
  std::size_t draw() {
    const double at = static_cast<double>(random_.next() >> 11) * 0x1p-53 * sums_.back();
    return static_cast<std::size_t>(std::ranges::lower_bound(sums_, at) - sums_.begin());
  }
  SeededRandom& random() { return random_; }

 private:
  static constexpr std::size_t kLongest = 12;

  // Frequent words are short.
  std::string invent(std::size_t rank) {
    const std::size_t shortest = rank < 100 ? 2 : rank < 2000 ? 4 : 5;
    const std::size_t spread = rank < 100 ? 3 : rank < 2000 ? 5 : 8;
    std::string made;
    const std::size_t length = shortest + random_.below(spread);
    while (made.size() < length)
      made += made.size() % 2 == 0 ? "bdfghklmnprstvwz"[random_.below(16)] : "aeiou"[random_.below(5)];
    return made;
  }
  std::string some_of_length(std::size_t length) {
    const auto& fitting = by_length_[std::clamp<std::size_t>(length, 2, kLongest)];
    std::string found = words_[fitting[random_.below(fitting.size())]];
    found.resize(length, 'e');
    return found;
  }

  SeededRandom random_;
  std::vector<std::string> words_;
  std::vector<std::size_t> by_length_[kLongest + 1];
  std::vector<double> sums_;
};

}  // namespace kith::load
