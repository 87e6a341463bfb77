// What people may type into a field: clear errors that name the field, nothing silently cut.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kith {

inline constexpr std::size_t kLongestName = 200;  // characters
inline constexpr std::size_t kLongestNote = 10'000;

// UTF-8 without control characters (tab and line breaks are fine), at most `longest` characters; as it was typed.
Result<std::string> read_text(std::string_view field, std::string_view text, std::size_t longest);
// The same, but something must be there that is not just space.
Result<std::string> read_needed_text(std::string_view field, std::string_view text, std::size_t longest);
// One line, without spaces at its ends.
Result<std::string> read_line(std::string_view field, std::string_view text, std::size_t longest = kLongestName);
Result<std::string> read_needed_line(std::string_view field, std::string_view text, std::size_t longest = kLongestName);

// In lower case, with something before and after one @ and a dot in the domain. More is only known by writing there.
Result<std::string> read_email(std::string_view field, std::string_view text);
// E.164: a plus and 7 to 15 digits; spaces, hyphens, dots, slashes and brackets are dropped.
Result<std::string> read_phone(std::string_view field, std::string_view text);
// BCP 47 tags by their shape ("de", "pt-BR"); at most ten.
Result<std::vector<std::string>> read_languages(std::string_view field, const std::vector<std::string>& tags);

}  // namespace kith
