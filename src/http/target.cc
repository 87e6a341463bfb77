#include "http/target.h"

#include <algorithm>

#include "base/text.h"

namespace kith::http {

namespace {

constexpr std::size_t kMostPairs = 64;
constexpr std::size_t kMostCookies = 64;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_clean_text(std::string_view text) {
  return is_utf8(text) && !has_control_characters(text) && text.find_first_of("\r\n") == std::string_view::npos;
}

bool has_confusing_segment(std::string_view path) {
  if (path.find("//") != std::string_view::npos) return true;
  std::size_t begin = 1;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment == "." || segment == "..") return true;
    begin = end + 1;
  }
  return false;
}

bool hides_a_slash(std::string_view raw_path) {
  const auto is_hidden = [&](std::size_t at) {
    const char last = raw_path[at + 2];
    return raw_path[at + 1] == '2' && (last == 'f' || last == 'F');
  };
  for (std::size_t at = raw_path.find('%'); at != std::string_view::npos && at + 2 < raw_path.size();
       at = raw_path.find('%', at + 1)) {
    if (is_hidden(at)) return true;
  }
  return false;
}

bool read_pair(std::string_view text, std::vector<TextPair>& into) {
  const std::size_t equals = std::min(text.find('='), text.size());
  TextPair pair;
  if (!percent_decode(text.substr(0, equals), true, pair.first)) return false;
  if (equals < text.size() && !percent_decode(text.substr(equals + 1), true, pair.second)) return false;
  if (!is_clean_text(pair.first) || !is_utf8(pair.second) || pair.second.find('\0') != std::string::npos) return false;
  into.push_back(std::move(pair));
  return into.size() <= kMostPairs;
}

bool read_query(std::string_view text, std::vector<TextPair>& into) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    if (end > 0 && !read_pair(text.substr(0, end), into)) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

}  // namespace

bool percent_decode(std::string_view text, bool plus_is_space, std::string& into) {
  into.clear();
  into.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      into += ' ';
    } else if (text[i] != '%') {
      into += text[i];
    } else {
      const bool is_whole = i + 2 < text.size();
      const int high = is_whole ? hex_value(text[i + 1]) : -1;
      const int low = is_whole ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      into += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return true;
}

std::optional<Target> read_target(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
  if (!is_plain || !text.starts_with('/')) return std::nullopt;
  const std::size_t question = std::min(text.find('?'), text.size());
  const std::string_view raw_path = text.substr(0, question);
  Target target;
  if (hides_a_slash(raw_path) || !percent_decode(raw_path, false, target.path)) return std::nullopt;
  if (!is_clean_text(target.path) || has_confusing_segment(target.path)) return std::nullopt;
  if (question < text.size() && !read_query(text.substr(question + 1), target.query)) return std::nullopt;
  return target;
}

std::vector<TextPair> read_cookies(std::string_view header) {
  std::vector<TextPair> cookies;
  while (!header.empty() && cookies.size() < kMostCookies) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trim(header.substr(0, end));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) cookies.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return cookies;
}

}  // namespace kith::http
