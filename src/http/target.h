// The target of a request line, taken apart: "/api/people?q=Mara%20K" becomes a path and pairs. Strict, because proxies
// in front of us may read a sloppy one differently.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace kith::http {

struct Target {
  std::string path;
  std::vector<TextPair> query;
};

// nullopt for anything but an absolute path with well-formed escapes, valid UTF-8 without control characters, and no
// "//", "/./", "/../" or hidden slash in it; or with more than 64 query pairs.
std::optional<Target> read_target(std::string_view text);

// False for a broken escape.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& into);

// The pairs of a Cookie header; what cannot be read is skipped.
std::vector<TextPair> read_cookies(std::string_view header);

}  // namespace kith::http
