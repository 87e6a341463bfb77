#include "storage/sqlite/pending.h"

#include <algorithm>
#include <map>

#include "base/mutant.h"
#include "storage/sqlite/chain.h"
#include "storage/sqlite/changes.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

// One text for each entry: what the index knows before the group, and what it is to know after. In seq order, because
// the index writes out its buffer whenever a row comes before the last one.
std::map<Seq, Pending::Text> settled(std::vector<Pending::Text>& texts) {
  std::map<Seq, Pending::Text> settled;
  for (Pending::Text& text : texts) {
    auto [found, is_new] = settled.try_emplace(text.entry, text);
    if (is_new) continue;
    found->second.is_searchable = text.is_searchable;
    found->second.text = std::move(text.text);
  }
  return settled;
}

Result<void> index_text(Connection& database, const Pending::Text& text) {
  if (text.was_searchable)
    KITH_CHECK(database.write("insert into entry_search (entry_search, rowid, text) values ('delete', ?, ?)",
                              text.entry, text.was));
  if (!text.is_searchable) return {};
  return database.write("insert into entry_search (rowid, text) values (?, ?)", text.entry, text.text);
}

Result<void> index_texts(Connection& database, Pending& pending) {
  for (const auto& [entry, text] : settled(pending.texts)) {
    if (is_mutant("search_forgotten") && entry % 3 == 0) continue;
    if (pending.chain_begins_anew) {
      KITH_TRY(auto stays, database.number("select count(*) from entries where seq = ?", entry));
      if (stays == 0) continue;
    }
    KITH_CHECK(index_text(database, text));
  }
  return {};
}

// Devices are left out: what they are known by is no word of anybody.
Result<void> index_person(Connection& database, RowId person) {
  KITH_CHECK(database.write("delete from person_search where rowid = ?", person));
  return database.write(R"sql(
      insert into person_search (rowid, words)
      select id, called || coalesce((select ' ' || group_concat(i.value, ' ')
                                     from identity_links l join identities i on i.id = l.identity_id
                                     where l.person_id = persons.id and i.kind <> 0), '')
      from persons where id = ?)sql",
                        person);
}

void sort_and_unify(std::vector<RowId>& rows) {
  std::ranges::sort(rows);
  auto doubles = std::ranges::unique(rows);
  rows.erase(doubles.begin(), doubles.end());
}

Result<void> remember_events(Connection& database, Pending& pending) {
  for (const Event& event : pending.events) {
    KITH_CHECK(remember(database, event));
    if (std::holds_alternative<SessionsEnded>(event.body)) pending.kept_seq = std::max(pending.kept_seq, event.seq);
  }
  return pending.kept_seq == 0 ? Result<void>() : keep_seq(database, pending.kept_seq);
}

}  // namespace

// The search indexes come last: every statement that SQLite may have to undo by itself makes them write out what they
// have gathered.
Result<void> carry_out(Connection& database, Pending& pending) {
  KITH_CHECK(carry_last_entries(database, pending.conversations));
  KITH_CHECK(remember_events(database, pending));
  KITH_CHECK(seal(database, pending));
  sort_and_unify(pending.people);
  for (RowId person : pending.people) KITH_CHECK(index_person(database, person));
  return index_texts(database, pending);
}

}  // namespace kith::sqlite
