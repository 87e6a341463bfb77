#include "conversations/promises.h"

#include <utility>

#include "conversations/add_entry.h"
#include "conversations/thread_access.h"
#include "conversations/write_message.h"
#include "people/if_found.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr std::size_t kLongestPromise = 2000;

struct PromiseInThread {
  Promise promise;
  Thread thread;
};

Result<PromiseInThread> promise_to_change(Tx& tx, const Actor& actor, PromiseId id) {
  PromiseInThread found;
  KITH_TRY(found.promise, tx.promises().find(id));
  KITH_TRY(found.thread, thread_for(tx, actor, found.promise.strand));
  KITH_CHECK(may(actor, Verb::change, touched::Promise{found.thread.own.person}));
  return found;
}

Result<Promise> save_promise(Tx& tx, const Thread& thread, Promise promise) {
  promise.changed_seq = tx.next_seq();
  KITH_CHECK(tx.promises().save(promise));
  tx.emit(event_in(thread, promise.changed_seq, PromiseChanged{promise}));
  return promise;
}

Result<void> check_window(Tx& tx, const std::optional<Time>& from, Time due) {
  if (due <= tx.now()) return invalid("due", "not in the future");
  if (from && *from > due) return invalid("from", "after it is due");
  return {};
}

// Past due it can only be broken and owned, even in the moment before keep_watch comes by.
Result<void> check_is_alive(Tx& tx, const Promise& promise, PromiseState to) {
  if (!can_become(promise.state, to)) return fail(Errc::conflict, "cannot become that any more");
  if (promise.due <= tx.now()) return fail(Errc::conflict, "it is past due");
  return {};
}

bool is_same(const Promise& earlier, const Promise& wanted, const Thread& thread) {
  const bool is_window_same = earlier.from == wanted.from && earlier.due == wanted.due;
  // A renegotiated window is another one; what was promised and by whom stays.
  const bool was_moved = earlier.state != PromiseState::given;
  return has_strand(thread, earlier.strand) && earlier.by == wanted.by && earlier.what == wanted.what &&
         (is_window_same || was_moved);
}

}  // namespace

Result<Promise> make_promise(Tx& tx, const Actor& actor, const MakePromise& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Promise{thread.own.person}));
  KITH_TRY(const std::string what, read_needed_text("what", command.what, kLongestPromise));
  Promise promise{.id = command.id,
                  .strand = thread.own.id,
                  .to = thread.own.person,
                  .by = actor.person,
                  .what = what,
                  .given_at = tx.now(),
                  .from = command.from,
                  .due = command.due};
  KITH_TRY(const auto earlier, if_found(tx.promises().find(command.id)));
  if (earlier && !is_same(*earlier, promise, thread)) return fail(Errc::conflict, "the id belongs to another promise");
  if (earlier) return *earlier;
  KITH_CHECK(check_window(tx, command.from, command.due));
  promise.changed_seq = tx.next_seq();
  KITH_CHECK(tx.promises().add(promise));
  tx.emit(event_in(thread, promise.changed_seq, PromiseChanged{promise}));
  return promise;
}

Result<Promise> keep_promise(Tx& tx, const Actor& actor, const KeepPromise& command) {
  KITH_TRY(auto found, promise_to_change(tx, actor, command.promise));
  if (found.promise.state == PromiseState::kept) return found.promise;
  KITH_CHECK(check_is_alive(tx, found.promise, PromiseState::kept));
  found.promise.state = PromiseState::kept;
  return save_promise(tx, found.thread, std::move(found.promise));
}

Result<Promise> renegotiate_promise(Tx& tx, const Actor& actor, const RenegotiatePromise& command) {
  KITH_TRY(auto found, promise_to_change(tx, actor, command.promise));
  Promise& promise = found.promise;
  const bool is_done =
      promise.state == PromiseState::renegotiated && promise.due == command.due && promise.from == command.from;
  if (is_done) return promise;
  if (!command.customer_agrees) return invalid("customer_agrees", "it takes both");
  KITH_CHECK(check_is_alive(tx, promise, PromiseState::renegotiated));
  KITH_CHECK(check_window(tx, command.from, command.due));
  promise.state = PromiseState::renegotiated;
  promise.from = command.from;
  promise.due = command.due;
  promise.owner_warned = false;
  return save_promise(tx, found.thread, std::move(promise));
}

Result<OwnedPromise> own_promise(Tx& tx, const Actor& actor, const OwnPromise& command) {
  KITH_TRY(auto found, promise_to_change(tx, actor, command.promise));
  KITH_TRY(const std::string text, read_needed_text("text", command.text, kLongestMessage));
  KITH_TRY(const Author author, author_for(tx, actor));
  if (found.promise.state == PromiseState::owned) {
    KITH_TRY(const Entry earlier, tx.entries().find(*found.promise.apology));
    if (earlier.id != command.apology || earlier.author.person != author.person)
      return fail(Errc::conflict, "somebody owned it already");
    return OwnedPromise{found.promise, earlier};
  }
  if (!can_become(found.promise.state, PromiseState::owned)) return fail(Errc::conflict, "it is not broken");
  KITH_TRY(
      const Entry apology,
      add_entry(tx, found.thread, {.id = command.apology, .kind = EntryKind::apology, .author = author, .text = text}));
  found.promise.state = PromiseState::owned;
  found.promise.apology = apology.id;
  KITH_TRY(auto owned, save_promise(tx, found.thread, std::move(found.promise)));
  return OwnedPromise{std::move(owned), apology};
}

}  // namespace kith
