// Conversations handed from one colleague to another.
#include <algorithm>

#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_HANDOVER \
  R"sql(select h.public_id, c.public_id, giver.public_id, taker.public_id, h.words, h.state, h.offered_at,
               h.changed_seq, h.id
        from handovers h join conversations c on c.id = h.conversation_id
        join persons giver on giver.id = h.from_person_id join persons taker on taker.id = h.to_person_id
        )sql"

struct Numbered {
  Handover handover;
  RowId row = 0;
};

Handover read_handover(Row& row) {
  return {.id = row.id<HandoverId>(),
          .strand = row.id<ConversationId>(),
          .from = row.id<PersonId>(),
          .to = row.id<PersonId>(),
          .words = row.text(),
          .state = row.choice<HandoverState>(),
          .at = row.time(),
          .changed_seq = row.integer()};
}

Numbered read_numbered(Row& row) {
  Handover handover = read_handover(row);
  return {std::move(handover), row.integer()};
}

std::vector<Handover> latest_first(std::vector<Numbered> found, std::size_t limit) {
  std::ranges::sort(found, std::greater<>(), &Numbered::row);
  std::vector<Handover> handovers;
  for (Numbered& one : found) {
    if (handovers.size() == limit) break;
    if (handovers.empty() || handovers.back().id != one.handover.id) handovers.push_back(std::move(one.handover));
  }
  return handovers;
}

}  // namespace

Result<Handover> HandoverRoom::find(HandoverId id) const {
  return db.one("handover", KITH_SELECT_HANDOVER "where h.public_id = ?", read_handover, id);
}

Result<std::vector<Handover>> HandoverRoom::of_strands(std::span<const ConversationId> strands,
                                                       std::size_t limit) const {
  std::vector<Numbered> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto some, db.all(KITH_SELECT_HANDOVER R"sql(
        where h.conversation_id = (select id from conversations where public_id = ?) order by h.id desc limit ?)sql",
                               read_numbered, strand, limit));
    std::ranges::move(some, std::back_inserter(found));
  }
  return latest_first(std::move(found), limit);
}

Result<std::vector<Handover>> HandoverRoom::open_with(PersonId person, std::size_t limit) const {
  KITH_TRY(auto given, db.all(KITH_SELECT_HANDOVER R"sql(
      where h.state = 0 and h.from_person_id = (select id from persons where public_id = ?)
      order by h.id desc limit ?)sql",
                              read_numbered, person, limit));
  KITH_TRY(auto taken, db.all(KITH_SELECT_HANDOVER R"sql(
      where h.state = 0 and h.to_person_id = (select id from persons where public_id = ?)
      order by h.id desc limit ?)sql",
                              read_numbered, person, limit));
  std::ranges::move(taken, std::back_inserter(given));
  return latest_first(std::move(given), limit);
}

Result<void> HandoverRoom::add(const Handover& handover) {
  KITH_TRY(auto conversation, ids.of(handover.strand));
  KITH_TRY(auto from, ids.of(handover.from));
  KITH_TRY(auto to, ids.of(handover.to));
  return db.write(R"sql(
      insert into handovers (public_id, conversation_id, from_person_id, to_person_id, words, state, offered_at,
                             changed_seq)
      values (?, ?, ?, ?, ?, ?, ?, ?))sql",
                  handover.id, conversation, from, to, handover.words, handover.state, handover.at,
                  handover.changed_seq);
}

Result<void> HandoverRoom::save(const Handover& handover) {
  return db.replace("handover", "update handovers set words = ?, state = ?, changed_seq = ? where public_id = ?",
                    handover.words, handover.state, handover.changed_seq, handover.id);
}

}  // namespace kith::sqlite
