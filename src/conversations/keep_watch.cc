#include "conversations/keep_watch.h"

#include <algorithm>
#include <utility>

#include "conversations/add_entry.h"
#include "conversations/thread_access.h"

namespace kith {
namespace {

constexpr const char* kRule = "a promise is never silently past due";
constexpr std::size_t kMostAlive = 10'000;

// When 70 % of the time that was promised has gone by.
Time warn_at(const Promise& promise) {
  return promise.given_at + (promise.due - promise.given_at) * 7 / 10;
}

Result<void> save(Tx& tx, const Thread& thread, Promise promise) {
  promise.changed_seq = tx.next_seq();
  KITH_CHECK(tx.promises().save(promise));
  tx.emit(event_in(thread, promise.changed_seq, PromiseChanged{promise}));
  return {};
}

// Both sides are told in the conversation: it is true for both.
Result<void> break_promise(Tx& tx, Promise promise) {
  KITH_TRY(auto thread, tx.conversations().thread_with(promise.strand));
  promise.state = PromiseState::broken;
  KITH_CHECK(save(tx, thread, promise));
  KITH_CHECK(
      add_notice(tx, thread, kRule,
                 "This was promised and has not been done in time: \"" + promise.what + "\". An explanation is owed."));
  return {};
}

Result<void> warn_owner(Tx& tx, Promise promise) {
  KITH_TRY(const auto thread, tx.conversations().thread_with(promise.strand));
  promise.owner_warned = true;
  return save(tx, thread, std::move(promise));
}

}  // namespace

Result<Watched> keep_watch(Tx& tx, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  Watched watched;
  KITH_TRY(const auto due, tx.promises().due(tx.now(), limit));
  for (const Promise& promise : due) KITH_CHECK(break_promise(tx, promise));
  watched.broken = due.size();
  KITH_TRY(const auto alive, tx.promises().alive(std::nullopt, std::nullopt, kMostAlive));
  for (const Promise& promise : alive) {
    const bool is_to_warn = !promise.owner_warned && warn_at(promise) <= tx.now() && promise.due > tx.now();
    const bool has_room = watched.broken + watched.warned < limit;
    if (is_to_warn && has_room) {
      KITH_CHECK(warn_owner(tx, promise));
      ++watched.warned;
    }
    const bool waits_for_due = promise.owner_warned || (is_to_warn && has_room);
    const Time then = std::max(tx.now(), waits_for_due ? promise.due : warn_at(promise));
    watched.next = watched.next ? std::min(*watched.next, then) : then;
  }
  return watched;
}

}  // namespace kith
