#include "wire/json_writer.h"

#include <cstring>

namespace kith::wire {
namespace {

void append_escaped(std::string& out, unsigned char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
  }
}

bool needs_escape(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

// Whether any of eight bytes needs it.
bool any_needs_escape(const char* eight) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, 8);
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  auto below = [](std::uint64_t word, std::uint64_t limit) { return (word - kOnes * limit) & ~word & kOnes * 0x80; };
  std::uint64_t found = below(bytes, 0x20) | below(bytes ^ kOnes * '"', 1) | below(bytes ^ kOnes * '\\', 1) |
                        below(bytes ^ kOnes * 0x7f, 1);
  return found != 0;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain_from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    while (at + 8 < text.size() && !any_needs_escape(text.data() + at)) at += 8;
    auto c = static_cast<unsigned char>(text[at]);
    if (!needs_escape(c)) continue;
    out.append(text, plain_from, at - plain_from);
    append_escaped(out, c);
    plain_from = at + 1;
  }
  out.append(text, plain_from);
  out += '"';
}

}  // namespace kith::wire
