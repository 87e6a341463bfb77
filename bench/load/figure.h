// How every bench prints what it measured: one line, one figure.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace kith::load {

// "fan_out.transport.kith  131,000 deliveries/CPU s  (target at least ...)". `target` may be empty.
inline void print_figure(std::string_view name, double value, std::string_view unit, std::string_view target = {}) {
  std::printf("%-44.*s %12.*f %.*s%s%.*s%s\n", static_cast<int>(name.size()), name.data(), value < 100 ? 2 : 0, value,
              static_cast<int>(unit.size()), unit.data(), target.empty() ? "" : "  (target ",
              static_cast<int>(target.size()), target.data(), target.empty() ? "" : ")");
  std::fflush(stdout);
}

}  // namespace kith::load
