#include "conversations/keep_watch.h"

#include <algorithm>
#include <utility>

#include "conversations/add_entry.h"
#include "conversations/thread_access.h"

namespace kith {
namespace {

constexpr const char* kRule = "a promise is never silently past due";

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
  KITH_TRY(const auto to_warn, tx.promises().to_warn(tx.now(), limit - due.size()));
  for (const Promise& promise : to_warn) KITH_CHECK(warn_owner(tx, promise));
  watched.warned = to_warn.size();
  KITH_TRY(watched.next, tx.promises().next_watch());
  if (watched.next) watched.next = std::max(tx.now(), *watched.next);
  return watched;
}

}  // namespace kith
