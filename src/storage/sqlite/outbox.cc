// What must leave the house.
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

OutboxItem read_item(Row& row) {
  return {.id = row.id<OutboxId>(),
          .kind = row.text(),
          .payload = row.text(),
          .attempts = static_cast<std::int32_t>(row.integer()),
          .next_attempt_at = row.time()};
}

}  // namespace

Result<void> OutboxRoom::add(const OutboxItem& item) {
  return db.write("insert into outbox (public_id, kind, payload, attempts, next_attempt_at) values (?, ?, ?, ?, ?)",
                  item.id, item.kind, item.payload, item.attempts, item.next_attempt_at);
}

Result<std::vector<OutboxItem>> OutboxRoom::due(Time now, std::size_t limit) const {
  return db.all(R"sql(
      select public_id, kind, payload, attempts, next_attempt_at from outbox where next_attempt_at <= ?
      order by next_attempt_at, public_id limit ?)sql",
                read_item, now, limit);
}

Result<void> OutboxRoom::save(const OutboxItem& item) {
  return db.replace("outbox item",
                    "update outbox set kind = ?, payload = ?, attempts = ?, next_attempt_at = ? where public_id = ?",
                    item.kind, item.payload, item.attempts, item.next_attempt_at, item.id);
}

Result<void> OutboxRoom::remove(OutboxId id) {
  return db.replace("outbox item", "delete from outbox where public_id = ?", id);
}

}  // namespace kith::sqlite
