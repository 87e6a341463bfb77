#include "http/html.h"

namespace kith::http {
namespace {

std::string_view harmless(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

Html& Html::text(std::string_view words) {
  for (char c : words) {
    const std::string_view safe = harmless(c);
    if (safe.empty())
      out_ += c;
    else
      out_ += safe;
  }
  return *this;
}

Html& Html::lines(std::string_view words) {
  while (true) {
    const std::size_t end = words.find('\n');
    text(words.substr(0, end));
    if (end == std::string_view::npos) return *this;
    out_ += "<br>";
    words.remove_prefix(end + 1);
  }
}

}  // namespace kith::http
