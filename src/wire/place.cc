#include "wire/place.h"

#include <charconv>

namespace kith::wire::place {

std::string encode(Time at, std::string_view id) {
  return std::to_string(at.us).append(".").append(id);
}

std::optional<Parts> split(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  Parts parts{.at = {}, .id = text.substr(dot + 1)};
  const auto [end, error] = std::from_chars(text.data(), text.data() + dot, parts.at.us);
  if (error != std::errc() || end != text.data() + dot) return std::nullopt;
  return parts;
}

}  // namespace kith::wire::place
