// Where something stands in a list that is sorted by a time and then by id. It stays there while others come and go, so
// the next page begins behind it.
#pragma once

#include <compare>
#include <limits>

#include "base/clock.h"

namespace kith {

template <class TypedId>
struct Place {
  Time at;
  TypedId id;
  friend auto operator<=>(const Place&, const Place&) = default;

  static Place before_all() { return {Time{std::numeric_limits<std::int64_t>::min()}, {}}; }
};

// What has no time stands behind everything that has one.
inline constexpr Time kAfterAll{std::numeric_limits<std::int64_t>::max()};

}  // namespace kith
