// Finding entries and people by words, newest first.
#include <ranges>

#include "storage/sqlite/columns.h"
#include "storage/sqlite/rooms.h"
#include "storage/sqlite/search_query.h"

namespace kith::sqlite {
namespace {

// One walk through the hits, from the newest to the oldest.
class EntryHits {
 public:
  EntryHits(Connection& database, const EntrySearch& search, std::string query)
      : db_(database), search_(search), query_(std::move(query)), before_(search.before.value_or(INT64_MAX)) {}

  Result<std::vector<Seq>> everywhere() {
    return db_.all(R"sql(
        select hit.rowid
        from entry_search hit cross join entries e on e.seq = hit.rowid
        where hit.entry_search match ? and hit.rowid < ? and e.written_at >= ? and e.written_at < ?
        order by hit.rowid desc limit ?)sql",
                   read_row_id, query_, before_, search_.from.value_or(Time{INT64_MIN}),
                   search_.until.value_or(Time{INT64_MAX}), search_.limit);
  }

  // A word may stand a million times elsewhere, so the big index is not asked: the texts of the strands, newest first,
  // go into a small one that forgets them at the end of the look.
  Result<std::vector<Seq>> in_strands(const EntryRoom& entries) {
    constexpr std::size_t kBlock = 500;
    std::vector<Seq> found;
    while (found.size() < search_.limit) {
      KITH_TRY(auto block, entries.page(search_.strands, before_, kBlock));
      if (block.empty()) break;
      before_ = block.back().seq;
      KITH_TRY(auto hits, matching(block, search_.limit - found.size()));
      found.insert(found.end(), hits.begin(), hits.end());
    }
    return found;
  }

 private:
  Result<std::vector<Seq>> matching(const std::vector<Entry>& block, std::size_t limit) {
    KITH_CHECK(db_.write("insert into temp.strand_search (strand_search) values ('delete-all')"));
    for (const Entry& entry : std::views::reverse(block))
      if (!entry.taken_back && is_in_time(entry.at))
        KITH_CHECK(db_.write("insert into temp.strand_search (rowid, text) values (?, ?)", entry.seq, entry.text));
    return db_.all("select rowid from temp.strand_search where strand_search match ? order by rowid desc limit ?",
                   read_row_id, query_, limit);
  }

  [[nodiscard]] bool is_in_time(Time at) const {
    return (!search_.from || *search_.from <= at) && (!search_.until || at < *search_.until);
  }

  Connection& db_;
  const EntrySearch& search_;
  std::string query_;
  Seq before_;
};

}  // namespace

Result<std::vector<Entry>> SearchRoom::entries(const EntrySearch& search) const {
  std::string query = entry_query(search.words);
  if (query.empty()) return std::vector<Entry>();
  EntryHits hits(db, search, std::move(query));
  const EntryRoom entries(*this);
  KITH_TRY(auto seqs, search.strands.empty() ? hits.everywhere() : hits.in_strands(entries));
  std::vector<Entry> found;
  for (Seq seq : seqs) {
    KITH_TRY(auto entry, entries.at(seq));
    found.push_back(std::move(entry));
  }
  return found;
}

Result<std::vector<Person>> SearchRoom::people(std::string_view words, std::size_t limit) const {
  const std::string query = person_query(words);
  if (query.empty()) return std::vector<Person>();
  return db.all("select " KITH_PERSON_COLUMNS R"sql(
      from person_search hit cross join persons p on p.id = hit.rowid
      where hit.person_search match ? and p.merged_into_id is null
      order by hit.rowid desc limit ?)sql",
                read_person, query, limit);
}

}  // namespace kith::sqlite
