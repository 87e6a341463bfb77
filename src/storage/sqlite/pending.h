// What a commit group has written but still has to carry into the search indexes, the list of recent conversations and
// the chain. It is done once, after the last unit: SQLite's full-text index writes out its buffer at every savepoint,
// and one update for each touched conversation is cheaper than one for each entry.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "storage/sqlite/connection.h"

namespace kith::sqlite {

struct Pending {
  struct Text {
    Seq entry = 0;
    bool was_searchable = false;
    std::string was;  // the text the index knows, when it was searchable
    bool is_searchable = true;
    std::string text;
  };
  // Canonical bytes of an entry or a version, for the chain.
  struct Link {
    Seq seq = 0;
    std::string bytes;
  };
  struct LastEntry {
    RowId conversation = 0;
    Seq seq = 0;
  };
  struct Mark {
    std::size_t texts, people, conversations, links, events;
    bool chain_begins_anew;
  };

  std::vector<Text> texts;
  std::vector<RowId> people;             // whose name or ways to be reached changed
  std::vector<LastEntry> conversations;  // that got an entry
  std::vector<Link> links;
  std::vector<Event> events;
  bool chain_begins_anew = false;  // entries were erased for ever
  Seq kept_seq = 0;                // of something without a row of its own; never to be given again
  Seq sealed = 0;                  // the chain of earlier groups ends here; new entries come after it

  [[nodiscard]] Mark mark() const {
    return {texts.size(), people.size(), conversations.size(), links.size(), events.size(), chain_begins_anew};
  }
  // Forgets what was noted since `mark`: the unit was undone.
  void undo_to(const Mark& mark) {
    texts.resize(mark.texts);
    people.resize(mark.people);
    conversations.resize(mark.conversations);
    links.resize(mark.links);
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(mark.events), events.end());
    chain_begins_anew = mark.chain_begins_anew;
  }
};

// Carries everything noted into the database. The last step before COMMIT.
Result<void> carry_out(Connection& database, Pending& pending);

}  // namespace kith::sqlite
