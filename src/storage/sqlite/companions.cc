// Who goes along with a conversation.
#include <algorithm>

#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {

Result<std::vector<PersonId>> CompanionRoom::of_strands(std::span<const ConversationId> strands,
                                                        std::size_t limit) const {
  std::vector<Companion> found;
  for (ConversationId strand : strands) {
    auto read = [strand](Row& row) { return Companion{strand, row.id<PersonId>(), row.integer()}; };
    KITH_TRY(auto some, db.all(R"sql(
        select p.public_id, m.seq from companions m join persons p on p.id = m.person_id
        where m.conversation_id = (select id from conversations where public_id = ?))sql",
                               read, strand));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, std::greater<>(), &Companion::seq);
  std::vector<PersonId> people;
  for (const Companion& one : found) {
    if (people.size() == limit) break;
    if (std::ranges::find(people, one.person) == people.end()) people.push_back(one.person);
  }
  return people;
}

Result<void> CompanionRoom::save(const Companion& companion) {
  KITH_TRY(auto conversation, ids.of(companion.strand));
  KITH_TRY(auto person, ids.of(companion.person));
  return db.write(R"sql(
      insert into companions (conversation_id, person_id, seq) values (?, ?, ?)
      on conflict (conversation_id, person_id) do update set seq = excluded.seq)sql",
                  conversation, person, companion.seq);
}

}  // namespace kith::sqlite
