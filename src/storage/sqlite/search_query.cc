#include "storage/sqlite/search_query.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace kith::sqlite {
namespace {

// More than anybody types; bounds the work that one search can cause.
constexpr std::size_t kMostWords = 32;
constexpr std::size_t kLongestWord = 200;

bool is_space(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// ASCII is decided here; whether other characters are letters, the index's tokenizer knows.
bool is_word_byte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

// As a quoted string of the index's language. Control characters part words; a NUL would end the question.
std::string quoted(std::string_view word) {
  std::string out = "\"";
  for (char c : cut(word, kLongestWord)) out += is_space(c) || c == '"' ? ' ' : c;
  return out + '"';
}

// A space between two quoted strings is AND, and ignores strings in which the tokenizer finds no word; the operator AND
// would find nothing for them.
void append(std::string& query, const std::string& part) {
  if (!query.empty()) query += ' ';
  query += part;
}

}  // namespace

std::string entry_query(std::string_view typed) {
  std::string query;
  bool may_go_on = false;
  std::size_t words = 0;
  for (std::size_t at = 0; at < typed.size() && words < kMostWords;) {
    const bool is_quoted = typed[at] == '"';
    const std::size_t begin = is_quoted ? at + 1 : at;
    auto is_end = [&](char c) { return c == '"' || (!is_quoted && is_space(c)); };
    const auto* found = std::find_if(typed.begin() + begin, typed.end(), is_end);
    const auto end = static_cast<std::size_t>(found - typed.begin());
    const std::string_view word = typed.substr(begin, end - begin);
    if (std::ranges::any_of(word, is_word_byte)) {
      append(query, quoted(word));
      may_go_on = !is_quoted || end == typed.size();
      ++words;
    }
    at = is_quoted || end == at ? end + 1 : end;
  }
  if (may_go_on) query += " *";
  return query;
}

std::string person_query(std::string_view typed) {
  std::string query;
  std::size_t words = 0;
  for (std::size_t at = 0; at < typed.size() && words < kMostWords;) {
    std::size_t end = at;
    while (end < typed.size() && is_word_byte(typed[end])) ++end;
    if (end > at) {
      append(query, quoted(typed.substr(at, end - at)) + " *");
      ++words;
    }
    at = end + 1;
  }
  return query;
}

}  // namespace kith::sqlite
