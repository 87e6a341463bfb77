// Bytes that are not as they were written.
#pragma once

#include <string_view>

namespace kith {

// The `field` of an `unavailable` error whose cause the disk has changed: asking again does not help.
inline constexpr std::string_view kDamaged = "damaged";

}  // namespace kith
