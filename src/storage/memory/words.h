// Which words a text has, for searching in memory. ASCII letters match in either case; the letters of other scripts
// match as they are written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith::memory {

// Runs of letters and digits, in lower case.
std::vector<std::string> words_of(std::string_view text);

// What somebody typed into a search box: words that must stand together, in order.
struct Phrase {
  std::vector<std::string> words;
  bool is_open = false;  // the last word may go on ("invo" finds "invoice")
};

// One phrase for each run without spaces and for each "quoted run"; only the last one typed is open.
std::vector<Phrase> phrases_of(std::string_view typed);

// True when every phrase occurs in the text.
bool says_all(std::string_view text, const std::vector<Phrase>& phrases);

}  // namespace kith::memory
