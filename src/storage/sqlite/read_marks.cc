// Up to where somebody has read.
#include "base/mutant.h"
#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_MARK \
  R"sql(select m.public_id, c.public_id, m.kind, p.public_id, m.seq
        from read_marks m join conversations c on c.id = m.conversation_id left join persons p on p.id = m.person_id
        )sql"

ReadMark read_mark(Row& row) {
  return {.id = row.id<ReadMarkId>(),
          .strand = row.id<ConversationId>(),
          .by = row.choice<ReadBy>(),
          .person = row.maybe_id<PersonId>(),
          .seq = row.integer()};
}

}  // namespace

Result<ReadMark> ReadMarkRoom::find(ReadMarkId id) const {
  return db.one("read mark", KITH_SELECT_MARK "where m.public_id = ?", read_mark, id);
}

Result<std::vector<ReadMark>> ReadMarkRoom::of_strands(std::span<const ConversationId> strands, ReadBy by,
                                                       std::optional<PersonId> person) const {
  std::vector<ReadMark> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto mark, db.maybe(KITH_SELECT_MARK R"sql(
        where m.conversation_id = (select id from conversations where public_id = ?) and m.kind = ?
          and ifnull(m.person_id, 0) = ifnull((select id from persons where public_id = ?), 0))sql",
                                 read_mark, strand, by, person));
    if (mark) found.push_back(*mark);
  }
  return found;
}

Result<void> ReadMarkRoom::add(const ReadMark& mark) {
  KITH_TRY(auto conversation, ids.of(mark.strand));
  KITH_TRY(auto person, ids.of(mark.person));
  return db.write("insert into read_marks (public_id, conversation_id, kind, person_id, seq) values (?, ?, ?, ?, ?)",
                  mark.id, conversation, mark.by, person, mark.seq);
}

Result<void> ReadMarkRoom::save(const ReadMark& mark) {
  if (is_mutant("read_mark_lost")) return {};
  const Seq seq = is_mutant("read_mark_jumps") ? mark.seq + 2 : mark.seq;
  return db.replace("read mark", "update read_marks set seq = ? where public_id = ?", seq, mark.id);
}

}  // namespace kith::sqlite
