// Searching in memory: by looking at everything.
#include <algorithm>

#include "base/text.h"
#include "storage/memory/rooms.h"
#include "storage/memory/words.h"

namespace kith::memory {

namespace {

// How many bytes the letter or digit at `at` takes; 0 when something else stands there. Beyond ASCII everything is a
// letter but Latin and general punctuation and the signs of the last planes (emoji).
std::size_t letter_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 1;
  const std::string_view rest = text.substr(at);
  if (!(static_cast<unsigned char>(c) & 0x80U)) return 0;
  if (rest.starts_with("\xC2") || rest.starts_with("\xE2\x80") || rest.starts_with("\xE2\x81") ||
      rest.starts_with("\xF0\x9F"))
    return 0;
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U) ++length;
  return length;
}

// All of the sign that is no letter.
std::size_t sign_at(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0xC0U) return 1;
  std::size_t length = 1;
  while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U) ++length;
  return length;
}

bool stands_at(const std::vector<std::string>& words, std::size_t at, const Phrase& phrase) {
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const bool may_go_on = phrase.is_open && i + 1 == phrase.words.size();
    const std::string& said = words[at + i];
    if (may_go_on ? !said.starts_with(phrase.words[i]) : said != phrase.words[i]) return false;
  }
  return true;
}

bool says(const std::vector<std::string>& words, const Phrase& phrase) {
  for (std::size_t at = 0; at + phrase.words.size() <= words.size(); ++at)
    if (stands_at(words, at, phrase)) return true;
  return false;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && letter_at(text, end) > 0) end += letter_at(text, end);
    if (end > at) words.push_back(lower_ascii(text.substr(at, end - at)));
    at = end < text.size() ? end + sign_at(text, end) : end;
  }
  return words;
}

std::vector<Phrase> phrases_of(std::string_view typed) {
  std::vector<Phrase> phrases;
  bool ended_in_quotes = false;
  for (std::size_t at = 0; at < typed.size();) {
    const bool is_quoted = typed[at] == '"';
    const std::size_t begin = is_quoted ? at + 1 : at;
    auto is_end = [&](char c) { return c == '"' || (!is_quoted && static_cast<unsigned char>(c) <= ' '); };
    const auto end = static_cast<std::size_t>(std::find_if(typed.begin() + begin, typed.end(), is_end) - typed.begin());
    if (auto words = words_of(typed.substr(begin, end - begin)); !words.empty()) {
      phrases.push_back({std::move(words), false});
      ended_in_quotes = is_quoted && end < typed.size();
    }
    at = is_quoted || end == at ? end + 1 : end;
  }
  if (!phrases.empty()) phrases.back().is_open = !ended_in_quotes;
  return phrases;
}

bool says_all(std::string_view text, const std::vector<Phrase>& phrases) {
  const std::vector<std::string> words = words_of(text);
  return std::ranges::all_of(phrases, [&](const Phrase& phrase) { return says(words, phrase); });
}

Result<std::vector<Entry>> SearchRoom::entries(const EntrySearch& search) const {
  std::vector<Entry> found;
  const std::vector<Phrase> phrases = phrases_of(search.words);
  if (phrases.empty()) return found;
  const auto& rows = state.entry_by_seq.rows();
  auto at = search.before ? rows.lower_bound(*search.before) : rows.end();
  while (at != rows.begin() && found.size() < search.limit) {
    --at;
    const Entry& entry = *state.entries.find(at->second.value);
    const bool is_in_strands =
        search.strands.empty() || std::ranges::find(search.strands, entry.strand) != search.strands.end();
    const bool is_in_time = (!search.from || *search.from <= entry.at) && (!search.until || entry.at < *search.until);
    if (is_in_strands && is_in_time && says_all(entry.text, phrases)) found.push_back(entry);
  }
  return found;
}

Result<std::vector<Note>> SearchRoom::notes(std::string_view typed, std::optional<Place<NoteId>> after,
                                            std::size_t limit) const {
  std::vector<Note> found;
  const std::vector<Phrase> phrases = phrases_of(typed);
  if (phrases.empty()) return found;
  for (const auto& [id, row] : state.notes.rows()) {
    const Note& note = row.value;
    const bool is_wanted = !note.taken_back && (!after || place_of(note) < *after);
    if (is_wanted && says_all(note.text, phrases)) found.push_back(note);
  }
  std::ranges::sort(found, std::ranges::greater(), [](const Note& note) { return place_of(note); });
  if (found.size() > limit) found.resize(limit);
  return found;
}

Result<std::vector<Person>> SearchRoom::people(std::string_view typed, std::size_t limit) const {
  std::vector<Person> found;
  const std::vector<std::string> wanted = words_of(typed);
  if (wanted.empty()) return found;
  for (const auto& [id, row] : state.people.rows()) {
    if (row.value.merged_into) continue;
    std::vector<std::string> words = words_of(row.value.called);
    for (IdentityId identity : state.identities_of.find(id))
      std::ranges::move(words_of(state.identities.find(identity)->value), std::back_inserter(words));
    const bool is_meant = std::ranges::all_of(wanted, [&](const std::string& prefix) {
      return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(prefix); });
    });
    if (is_meant) found.push_back(row.value);
  }
  std::ranges::sort(found, std::ranges::greater(),
                    [this](const Person& person) { return state.people.born(person.id); });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace kith::memory
