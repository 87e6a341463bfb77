// One file of the front end: a page, a script, a font. Its bytes stay where they are for as long as the program runs,
// or for as long as `owner` says.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kith::http {

struct Asset {
  std::string_view name;  // "desk/index.html", "assets/desk-1a2b3c4d.js"
  std::string_view media_type;
  std::string_view etag;  // changes with the content; without quotes
  std::string_view plain;
  std::string_view brotli = {};  // the same, packed; empty: there is no such form
  std::string_view gzip = {};
};

// Files whose names change with their content: a browser may keep them for ever.
constexpr bool is_immutable(const Asset& asset) {
  return asset.name.starts_with("assets/");
}

}  // namespace kith::http
