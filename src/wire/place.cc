#include "wire/place.h"

#include <charconv>

namespace kith::wire::place {

std::string encode(Time at, std::string_view id) {
  return std::to_string(at.us).append(".").append(id);
}

std::optional<Parts> split(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view number = text.substr(0, dot);
  Parts parts{.at = {}, .id = text.substr(dot + 1)};
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), parts.at.us);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  return parts;
}

}  // namespace kith::wire::place
