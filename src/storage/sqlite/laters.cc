// Who comes back to whom later.
#include <algorithm>

#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_LATER \
  R"sql(select l.public_id, c.public_id, p.public_id, l.is_set, l.comes_back_at, l.is_until_she_writes, l.words,
               l.changed_seq
        from laters l join conversations c on c.id = l.conversation_id join persons p on p.id = l.person_id
        )sql"

Later read_later(Row& row) {
  return {.id = row.id<LaterId>(),
          .strand = row.id<ConversationId>(),
          .person = row.id<PersonId>(),
          .is_set = row.flag(),
          .until = row.maybe_time(),
          .until_she_writes = row.flag(),
          .words = row.text(),
          .changed_seq = row.integer()};
}

}  // namespace

Result<Later> LaterRoom::find(LaterId id) const {
  return db.one("later", KITH_SELECT_LATER "where l.public_id = ?", read_later, id);
}

Result<std::vector<Later>> LaterRoom::of_strands(std::span<const ConversationId> strands, PersonId person) const {
  std::vector<Later> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto later, db.maybe(KITH_SELECT_LATER R"sql(
        where l.conversation_id = (select id from conversations where public_id = ?)
          and l.person_id = (select id from persons where public_id = ?))sql",
                                  read_later, strand, person));
    if (later) found.push_back(std::move(*later));
  }
  std::ranges::sort(found, std::greater<>(), &Later::changed_seq);
  return found;
}

Result<std::vector<Later>> LaterRoom::set_in(std::span<const ConversationId> strands) const {
  std::vector<Later> found;
  for (ConversationId strand : strands) {
    // Every word of a customer asks this, and nearly always there is nothing.
    const KnownThread* known = threads ? threads->with(strand) : nullptr;
    if (known && known->is_free_of_laters) continue;
    KITH_TRY(auto row, ids.of(strand));
    KITH_TRY(auto is_any,
             db.number("select exists (select 1 from laters where conversation_id = ? and is_set = 1)", row));
    if (threads) threads->laters_are(strand, is_any == 0);
    if (is_any == 0) continue;
    KITH_TRY(auto some, db.all(KITH_SELECT_LATER "where l.conversation_id = ? and l.is_set = 1", read_later, row));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &Later::changed_seq);
  return found;
}

Result<std::vector<Later>> LaterRoom::set_by(PersonId person, std::optional<Place<LaterId>> after,
                                             std::size_t limit) const {
  const auto behind = after.value_or(Place<LaterId>::before_all());
  return db.all(KITH_SELECT_LATER R"sql(
      where l.person_id = (select id from persons where public_id = ?) and l.is_set = 1
        and (ifnull(l.comes_back_at, 9223372036854775807), l.public_id) > (?, ?)
      order by ifnull(l.comes_back_at, 9223372036854775807), l.public_id limit ?)sql",
                read_later, person, behind.at, behind.id, limit);
}

Result<std::vector<Later>> LaterRoom::due(Time now, std::size_t limit) const {
  return db.all(KITH_SELECT_LATER R"sql(
      where l.is_set = 1 and l.comes_back_at <= ? order by l.comes_back_at, l.public_id limit ?)sql",
                read_later, now, limit);
}

Result<void> LaterRoom::add(const Later& later) {
  KITH_TRY(auto conversation, ids.of(later.strand));
  KITH_TRY(auto person, ids.of(later.person));
  if (threads) threads->laters_are(later.strand, false);
  return db.write(R"sql(
      insert into laters (public_id, conversation_id, person_id, is_set, comes_back_at, is_until_she_writes, words,
                          changed_seq)
      values (?, ?, ?, ?, ?, ?, ?, ?))sql",
                  later.id, conversation, person, later.is_set, later.until, later.until_she_writes, later.words,
                  later.changed_seq);
}

Result<void> LaterRoom::save(const Later& later) {
  if (threads) threads->laters_are(later.strand, false);
  return db.replace("later", R"sql(
      update laters set is_set = ?, comes_back_at = ?, is_until_she_writes = ?, words = ?, changed_seq = ?
      where public_id = ?)sql",
                    later.is_set, later.until, later.until_she_writes, later.words, later.changed_seq, later.id);
}

}  // namespace kith::sqlite
