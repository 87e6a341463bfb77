#include "base/text.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace kith {
namespace {

bool is_continuation(unsigned char c) {
  return (c & 0xc0) == 0x80;
}

bool is_ascii(const char* eight) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, 8);
  return (bytes & 0x8080808080808080) == 0;
}

// Length of the well-formed character at `at`, or 0.
std::size_t character_length(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  auto first = byte(0);
  if (first < 0x80) return 1;
  auto second = byte(1);
  if (first >= 0xc2 && first <= 0xdf) return is_continuation(second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    auto low = first == 0xe0 ? 0xa0U : 0x80U;
    auto high = first == 0xed ? 0x9fU : 0xbfU;  // no surrogates
    return second >= low && second <= high && is_continuation(byte(2)) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    auto low = first == 0xf0 ? 0x90U : 0x80U;
    auto high = first == 0xf4 ? 0x8fU : 0xbfU;
    return second >= low && second <= high && is_continuation(byte(2)) && is_continuation(byte(3)) ? 4 : 0;
  }
  return 0;
}

constexpr char kBase64Url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> base64url_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 64; ++i) values[static_cast<unsigned char>(kBase64Url[i])] = static_cast<std::int8_t>(i);
  return values;
}
constexpr auto kBase64UrlValues = base64url_values();

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    while (at + 8 < text.size() && is_ascii(text.data() + at)) at += 8;
    std::size_t length = character_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool has_control_characters(std::string_view text) {
  for (unsigned char c : text)
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) return true;
  return false;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && is_continuation(static_cast<unsigned char>(text[end]))) --end;
  return text.substr(0, end);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

std::size_t length_in_characters(std::string_view text) {
  std::size_t count = 0;
  for (unsigned char c : text) count += is_continuation(c) ? 0 : 1;
  return count;
}

std::string base64url(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int held = 0;
  for (unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    held += 8;
    while (held >= 6) out += kBase64Url[bits >> (held -= 6) & 63];
  }
  if (held > 0) out += kBase64Url[bits << (6 - held) & 63];
  return out;
}

bool read_base64url(std::string_view text, std::string& bytes) {
  bytes.clear();
  if (text.size() % 4 == 1) return false;
  std::uint32_t bits = 0;
  int held = 0;
  for (unsigned char c : text) {
    int value = kBase64UrlValues[c];
    if (value < 0) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) bytes += static_cast<char>(bits >> (held -= 8) & 255);
  }
  return (bits & ((1U << held) - 1)) == 0;  // left-over bits must be zero: one text, one meaning
}

}  // namespace kith
