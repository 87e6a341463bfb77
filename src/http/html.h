// HTML where everything is escaped unless it stood in our own source: text and attribute values alike.
#pragma once

#include <string>
#include <string_view>

namespace kith::http {

// Our own words of markup: only a literal can become one.
struct Markup {
  consteval Markup(const char* literal) : text(literal) {}  // NOLINT(google-explicit-constructor)
  std::string_view text;
};

class Html {
 public:
  Html& add(Markup markup) {
    out_ += markup.text;
    return *this;
  }
  // For text between tags and for attribute values in double quotes.
  Html& text(std::string_view words);
  // The same with line breaks kept as <br>.
  Html& lines(std::string_view words);
  Html& add(const Html& other) {
    out_ += other.out_;
    return *this;
  }
  [[nodiscard]] const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace kith::http
