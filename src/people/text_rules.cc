#include "people/text_rules.h"

#include <algorithm>

#include "base/text.h"

namespace kith {
namespace {

constexpr std::size_t kMostLanguages = 10;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_language_shape(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 35) return false;
  std::size_t run = 0;  // length of the part we are in
  for (std::size_t i = 0; i <= tag.size(); ++i) {
    if (i == tag.size() || tag[i] == '-') {
      if (run == 0 || run > 8) return false;
      run = 0;
    } else if (is_letter(tag[i]) || is_digit(tag[i])) {
      ++run;
    } else {
      return false;
    }
  }
  return is_letter(tag[0]) && is_letter(tag[1]);
}

bool is_email_part(std::string_view part) {
  return !part.empty() && std::ranges::none_of(part, [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '@' || c == ',' || c == ';' || c == '<' || c == '>' ||
           c == '"';
  });
}

}  // namespace

Result<std::string> read_text(std::string_view field, std::string_view text, std::size_t longest) {
  if (!is_utf8(text)) return invalid(std::string(field), "not valid UTF-8");
  if (has_control_characters(text)) return invalid(std::string(field), "holds a control character");
  if (text.size() > longest && length_in_characters(text) > longest)
    return invalid(std::string(field), "longer than " + std::to_string(longest) + " characters");
  return std::string(text);
}

Result<std::string> read_needed_text(std::string_view field, std::string_view text, std::size_t longest) {
  KITH_TRY(std::string read, read_text(field, text, longest));
  if (trim(read).empty()) return invalid(std::string(field), "empty");
  return read;
}

Result<std::string> read_line(std::string_view field, std::string_view text, std::size_t longest) {
  KITH_TRY(std::string read, read_text(field, trim(text), longest));
  if (read.find_first_of("\r\n\t") != std::string::npos) return invalid(std::string(field), "more than one line");
  return read;
}

Result<std::string> read_needed_line(std::string_view field, std::string_view text, std::size_t longest) {
  KITH_TRY(std::string read, read_line(field, text, longest));
  if (read.empty()) return invalid(std::string(field), "empty");
  return read;
}

Result<std::string> read_email(std::string_view field, std::string_view text) {
  KITH_TRY(const std::string line, read_needed_line(field, text, 254));
  const std::size_t at = line.rfind('@');
  if (at == std::string::npos) return invalid(std::string(field), "not an email address");
  const std::string_view domain = std::string_view(line).substr(at + 1);
  const bool has_dot = domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.';
  if (!is_email_part(std::string_view(line).substr(0, at)) || !is_email_part(domain) || !has_dot)
    return invalid(std::string(field), "not an email address");
  return lower_ascii(line);
}

Result<std::string> read_phone(std::string_view field, std::string_view text) {
  KITH_TRY(const std::string line, read_needed_line(field, text, 40));
  std::string number;
  for (const char c : line) {
    if (std::string_view(" -./()").find(c) != std::string_view::npos) continue;
    if (!is_digit(c) && !(c == '+' && number.empty())) return invalid(std::string(field), "not a phone number");
    number += c;
  }
  if (!number.starts_with('+') || number.size() < 8 || number.size() > 16)
    return invalid(std::string(field), "not a phone number with its country");
  return number;
}

Result<std::vector<std::string>> read_languages(std::string_view field, const std::vector<std::string>& tags) {
  if (tags.size() > kMostLanguages) return invalid(std::string(field), "too many languages");
  if (!std::ranges::all_of(tags, has_language_shape)) return invalid(std::string(field), "not a language tag");
  return tags;
}

}  // namespace kith
