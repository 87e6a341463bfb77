// Text from people: always valid UTF-8 inside the house, cut only between characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kith {

// True for well-formed UTF-8 (no surrogates, no overlong forms, up to U+10FFFF).
bool is_utf8(std::string_view text);
// True when `text` holds a control character other than tab, line feed and carriage return.
bool has_control_characters(std::string_view text);
// Without spaces, tabs and line breaks at both ends.
std::string_view trim(std::string_view text);
// At most `max_bytes`, never cutting a character in half.
std::string_view cut(std::string_view text, std::size_t max_bytes);
// ASCII only; other bytes stay as they are.
std::string lower_ascii(std::string_view text);
// Number of code points; `text` must be valid UTF-8.
std::size_t length_in_characters(std::string_view text);

std::string base64url(std::string_view bytes);
// False for anything but unpadded base64url.
bool read_base64url(std::string_view text, std::string& bytes);

}  // namespace kith
