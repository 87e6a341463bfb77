#include "base/id.h"

namespace kith {
namespace {

constexpr char kHex[] = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_dash_position(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

}  // namespace

void append_uuid(std::string& out, const IdBytes& bytes) {
  char text[36];
  std::size_t at = 0;
  for (std::uint8_t byte : bytes) {
    if (is_dash_position(at)) text[at++] = '-';
    text[at++] = kHex[byte >> 4];
    text[at++] = kHex[byte & 15];
  }
  out.append(text, sizeof text);
}

std::string format_uuid(const IdBytes& bytes) {
  std::string out;
  out.reserve(36);
  append_uuid(out, bytes);
  return out;
}

std::optional<IdBytes> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  IdBytes bytes{};
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    int value = hex_value(text[i]);
    if (value < 0) return std::nullopt;
    bytes[nibble / 2] = static_cast<std::uint8_t>(bytes[nibble / 2] << 4 | value);
    ++nibble;
  }
  if (bytes == IdBytes{}) return std::nullopt;
  return bytes;
}

}  // namespace kith
