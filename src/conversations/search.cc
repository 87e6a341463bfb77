#include "conversations/search.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "conversations/page_text.h"
#include "conversations/thread_access.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr std::size_t kMostFound = 100;
constexpr std::size_t kLongestSearch = 200;

std::size_t page_size(std::size_t asked) {
  return std::clamp<std::size_t>(asked, 1, kMostFound);
}

// Where this actor may look: nothing means everywhere.
Result<std::vector<ConversationId>> strands_for(const Snapshot& snapshot, const Actor& actor,
                                                std::optional<ConversationId> conversation) {
  if (!conversation && actor.kind != ActorKind::visitor) {
    KITH_CHECK(may(actor, Verb::read, touched::EveryConversation{}));
    return std::vector<ConversationId>();
  }
  KITH_TRY(auto thread, thread_for(snapshot, actor, conversation));
  return std::move(thread.strands);
}

Result<FoundEntry> found_in(const Snapshot& snapshot, Entry entry) {
  KITH_TRY(const auto thread, snapshot.conversations().thread_with(entry.strand));
  KITH_TRY(auto person, snapshot.people().find(thread.own.person));
  return FoundEntry{std::move(entry), thread.own.id, std::move(person)};
}

}  // namespace

Result<FoundEntries> search_entries(const Snapshot& snapshot, const Actor& actor, const SearchEntries& query) {
  KITH_TRY(const std::string words, read_line("words", query.words, kLongestSearch));
  KITH_TRY(auto strands, strands_for(snapshot, actor, query.conversation));
  const std::size_t limit = page_size(query.limit);
  KITH_TRY(auto entries, snapshot.search().entries({.words = words,
                                                    .before = query.before,
                                                    .strands = std::move(strands),
                                                    .from = query.from,
                                                    .until = query.until,
                                                    .limit = limit + 1}));
  FoundEntries result;
  const std::size_t count = how_many_fit(entries, limit);
  if (entries.size() > count) {
    entries.resize(count);
    result.next = entries.back().seq;
  }
  for (Entry& entry : entries) {
    KITH_TRY(auto found, found_in(snapshot, std::move(entry)));
    result.found.push_back(std::move(found));
  }
  return result;
}

Result<FoundNotes> search_notes(const Snapshot& snapshot, const Actor& actor, const SearchNotes& query) {
  KITH_CHECK(may(actor, Verb::read, touched::EveryNote{}));
  KITH_TRY(const std::string words, read_line("words", query.words, kLongestSearch));
  const std::size_t limit = page_size(query.limit);
  KITH_TRY(auto notes, snapshot.search().notes(words, query.after, limit + 1));
  FoundNotes result;
  if (notes.size() > limit) {
    notes.resize(limit);
    result.further = place_of(notes.back());
  }
  for (Note& note : notes) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_of(note.about));
    KITH_TRY(auto person, snapshot.people().find(thread.own.person));
    result.found.push_back({std::move(note), thread.own.id, std::move(person)});
  }
  return result;
}

Result<std::vector<FoundPerson>> search_people(const Snapshot& snapshot, const Actor& actor,
                                               const SearchPeople& query) {
  KITH_CHECK(may(actor, Verb::read, touched::PersonStory{}));
  KITH_TRY(const std::string words, read_line("words", query.words, kLongestSearch));
  KITH_TRY(auto people, snapshot.search().people(words, page_size(query.limit)));
  std::vector<FoundPerson> found;
  for (Person& person : people) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_of(person.id));
    found.push_back({std::move(person), thread.own.id});
  }
  return found;
}

}  // namespace kith
