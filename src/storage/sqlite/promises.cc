// Promises, and when they come due.
#include <algorithm>

#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_PROMISE \
  R"sql(select r.public_id, c.public_id, receiver.public_id, giver.public_id, r.what, r.given_at, r.window_from,
               r.due_at, r.state, r.is_owner_warned, apology.public_id, r.changed_seq, r.id
        from promises r join conversations c on c.id = r.conversation_id
        join persons receiver on receiver.id = r.to_person_id
        join persons giver on giver.id = r.by_person_id
        left join entries apology on apology.seq = r.apology_seq
        )sql"

struct Numbered {
  Promise promise;
  RowId row = 0;
};

Promise read_promise(Row& row) {
  return {.id = row.id<PromiseId>(),
          .strand = row.id<ConversationId>(),
          .to = row.id<PersonId>(),
          .by = row.id<PersonId>(),
          .what = row.text(),
          .given_at = row.time(),
          .from = row.maybe_time(),
          .due = row.time(),
          .state = row.choice<PromiseState>(),
          .owner_warned = row.flag(),
          .apology = row.maybe_id<EntryId>(),
          .changed_seq = row.integer()};
}

}  // namespace

Result<Promise> PromiseRoom::find(PromiseId id) const {
  return db.one("promise", KITH_SELECT_PROMISE "where r.public_id = ?", read_promise, id);
}

Result<std::vector<Promise>> PromiseRoom::of_strands(std::span<const ConversationId> strands) const {
  auto read = [](Row& row) {
    Promise promise = read_promise(row);
    return Numbered{std::move(promise), row.integer()};
  };
  std::vector<Numbered> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto some,
             db.all(KITH_SELECT_PROMISE "where r.conversation_id = (select id from conversations where public_id = ?)",
                    read, strand));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &Numbered::row);
  std::vector<Promise> promises;
  for (Numbered& one : found)
    if (promises.empty() || promises.back().id != one.promise.id) promises.push_back(std::move(one.promise));
  return promises;
}

Result<std::vector<Promise>> PromiseRoom::alive(std::optional<PersonId> by, std::optional<Place<PromiseId>> after,
                                                std::size_t limit) const {
  const auto behind = after.value_or(Place<PromiseId>::before_all());
  if (!by)
    return db.all(KITH_SELECT_PROMISE R"sql(
        where r.state < 2 and (r.due_at, r.public_id) > (?, ?) order by r.due_at, r.public_id limit ?)sql",
                  read_promise, behind.at, behind.id, limit);
  return db.all(KITH_SELECT_PROMISE R"sql(
      where r.state < 2 and r.by_person_id = (select id from persons where public_id = ?)
        and (r.due_at, r.public_id) > (?, ?)
      order by r.due_at, r.public_id limit ?)sql",
                read_promise, *by, behind.at, behind.id, limit);
}

Result<std::vector<Promise>> PromiseRoom::due(Time now, std::size_t limit) const {
  return db.all(KITH_SELECT_PROMISE "where r.state < 2 and r.due_at <= ? order by r.due_at, r.public_id limit ?",
                read_promise, now, limit);
}

// The sums are those of Promise::warn_at().
Result<std::vector<Promise>> PromiseRoom::to_warn(Time now, std::size_t limit) const {
  return db.all(KITH_SELECT_PROMISE R"sql(
      where r.state < 2 and r.due_at > ? and r.is_owner_warned = 0
        and r.given_at + (r.due_at - r.given_at) * 7 / 10 <= ?
      order by r.due_at, r.public_id limit ?)sql",
                read_promise, now, now, limit);
}

Result<std::optional<Time>> PromiseRoom::next_watch() const {
  return db.one("moment", R"sql(
      select min(case when is_owner_warned then due_at else given_at + (due_at - given_at) * 7 / 10 end)
      from promises where state < 2)sql",
                [](Row& row) { return row.maybe_time(); });
}

Result<void> PromiseRoom::add(const Promise& promise) {
  KITH_TRY(auto conversation, ids.of(promise.strand));
  KITH_TRY(auto to, ids.of(promise.to));
  KITH_TRY(auto by, ids.of(promise.by));
  KITH_TRY(auto apology, ids.of(promise.apology));
  return db.write(R"sql(
      insert into promises (public_id, conversation_id, to_person_id, by_person_id, what, given_at, window_from, due_at,
                            state, is_owner_warned, apology_seq, changed_seq)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                  promise.id, conversation, to, by, promise.what, promise.given_at, promise.from, promise.due,
                  promise.state, promise.owner_warned, apology, promise.changed_seq);
}

Result<void> PromiseRoom::save(const Promise& promise) {
  KITH_TRY(auto before, find(promise.id));
  if (before.strand != promise.strand) return fail(Errc::conflict, "a promise never changes its conversation");
  KITH_TRY(auto to, ids.of(promise.to));
  KITH_TRY(auto by, ids.of(promise.by));
  KITH_TRY(auto apology, ids.of(promise.apology));
  return db.write(R"sql(
      update promises set to_person_id = ?, by_person_id = ?, what = ?, given_at = ?, window_from = ?, due_at = ?,
                          state = ?, is_owner_warned = ?, apology_seq = ?, changed_seq = ?
      where public_id = ?)sql",
                  to, by, promise.what, promise.given_at, promise.from, promise.due, promise.state,
                  promise.owner_warned, apology, promise.changed_seq, promise.id);
}

}  // namespace kith::sqlite
