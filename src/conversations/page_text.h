// How much text one page of entries holds. A single message may be 50,000 characters long: pages that were counted by
// entries alone could each take twenty megabytes, and a few slow readers all the memory of the house.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "domain/entry.h"

namespace kith {

inline constexpr std::size_t kMostPageText = 512 * 1024;  // bytes

// How many entries from the front make a page: `limit` at most, and at least one of those that are there.
inline std::size_t how_many_fit(std::span<const Entry> entries, std::size_t limit) {
  std::size_t count = 0;
  std::size_t text = 0;
  for (const Entry& entry : entries.first(std::min(limit, entries.size()))) {
    text += entry.text.size();
    if (count > 0 && text > kMostPageText) break;
    ++count;
  }
  return count;
}

}  // namespace kith
