#include "conversations/pause.h"

#include <limits>

#include "conversations/add_entry.h"
#include "conversations/thread_access.h"

namespace kith {
namespace {

Result<Thread> set_pause(Tx& tx, Thread thread, std::optional<Time> until) {
  if (thread.own.paused_until == until) return thread;
  thread.own.paused_until = until;
  KITH_CHECK(tx.conversations().save(thread.own));
  KITH_CHECK(announce_thread(tx, thread));
  return thread;
}

Result<Thread> own_thread(Tx& tx, const Actor& actor) {
  KITH_TRY(auto thread, thread_for(tx, actor, std::nullopt));
  KITH_CHECK(may(actor, Verb::change, touched::Pause{thread.own.person}));
  return thread;
}

}  // namespace

Result<Thread> pause_for_a_minute(Tx& tx, const Actor& actor, const Pause& command) {
  KITH_TRY(auto thread, own_thread(tx, actor));
  if (command.until <= tx.now()) return invalid("until", "not in the future");
  if (command.until > tx.now() + kLongestPause) return invalid("until", "at most two hours");
  return set_pause(tx, std::move(thread), command.until);
}

Result<Thread> end_pause(Tx& tx, const Actor& actor, const EndPause&) {
  KITH_TRY(auto thread, own_thread(tx, actor));
  return set_pause(tx, std::move(thread), std::nullopt);
}

Result<Passed> end_pauses(Tx& tx, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(const auto over, tx.conversations().paused_until(tx.now(), limit));
  for (Conversation strand : over) {
    strand.paused_until.reset();
    KITH_CHECK(tx.conversations().save(strand));
    KITH_TRY(const auto thread, tx.conversations().thread_with(strand.id));
    // Of a strand that is read in another thread nobody sees the pause.
    if (thread.own.id == strand.id) KITH_CHECK(announce_thread(tx, thread));
  }
  Passed passed{.done = over.size()};
  KITH_TRY(const auto next, tx.conversations().paused_until(Time{std::numeric_limits<std::int64_t>::max()}, 1));
  if (!next.empty()) passed.next = next.front().paused_until;
  return passed;
}

}  // namespace kith
