#include "server/watch.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "conversations/keep_watch.h"
#include "conversations/later.h"
#include "conversations/pause.h"
#include "conversations/schedule.h"
#include "conversations/topics.h"
#include "people/recognise.h"
#include "runtime/spawn.h"

namespace kith {
namespace {

using boost::asio::awaitable;
using namespace std::chrono_literals;

constexpr std::size_t kAtOnce = 200;

void log_failure(Log& log, const char* what, const Error& error) {
  log.warning("watch_failed", {{"what", what}, {"error", errc_name(error.code)}, {"detail", error.detail}});
}

}  // namespace

Watch::Watch(DataHome& home, runtime::IoThread& io, runtime::TlsContext* tls)
    : home_(home), io_(io), tls_(tls), timer_(io.context()) {}

void Watch::start() {
  runtime::spawn(io_.context(), home_.log(), "watch", look_every_second());
}

void Watch::stop() {
  stopped_ = true;
  boost::asio::post(io_.context(), [this] { timer_.cancel(); });
}

void Watch::notice(const std::vector<Event>& events) {
  for (const Event& event : events) {
    if (std::holds_alternative<PromiseChanged>(event.body)) promises_.something_changed();
    if (std::holds_alternative<ScheduledChanged>(event.body)) scheduled_.something_changed();
    if (std::holds_alternative<LaterChanged>(event.body)) laters_.something_changed();
    const auto* conversation = std::get_if<ConversationChanged>(&event.body);
    if (conversation && conversation->thread.own.paused_until) pauses_.something_changed();
  }
}

awaitable<void> Watch::look_every_second() {
  while (!stopped_) {
    co_await watch_promises();
    co_await do_what_is_due(scheduled_, "scheduled", send_scheduled);
    co_await do_what_is_due(laters_, "laters", wake_laters);
    co_await do_what_is_due(pauses_, "pauses", end_pauses);
    if (is_time(topics_at_, 30s)) co_await wake_waiting_topics();
    if (is_time(expired_at_, 1h)) co_await forget_what_expired();
    if (is_time(certificate_at_, 30s)) look_at_certificate();
    timer_.expires_after(1s);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

awaitable<void> Watch::watch_promises() {
  if (!promises_.take_if_due(home_.clock().now())) co_return;
  auto watched = co_await home_.store_thread().write([](Tx& tx) { return keep_watch(tx, system_actor(), kAtOnce); });
  if (watched) {
    promises_.looked(watched->next);
    co_return;
  }
  promises_.failed();
  log_failure(home_.log(), "promises", watched.error());
}

template <class Act>
awaitable<void> Watch::do_what_is_due(DueTimer& timer, const char* what, Act act) {
  while (!stopped_ && timer.take_if_due(home_.clock().now())) {
    auto passed = co_await home_.store_thread().write([act](Tx& tx) { return act(tx, system_actor(), kAtOnce); });
    if (!passed) {
      timer.failed();
      log_failure(home_.log(), what, passed.error());
      co_return;
    }
    timer.looked(passed->next);
  }
}

awaitable<void> Watch::wake_waiting_topics() {
  std::size_t woken = kAtOnce;
  while (woken == kAtOnce) {
    auto done = co_await home_.store_thread().write([](Tx& tx) { return wake_topics(tx, system_actor(), kAtOnce); });
    if (!done) {
      log_failure(home_.log(), "topics", done.error());
      co_return;
    }
    woken = *done;
  }
}

awaitable<void> Watch::forget_what_expired() {
  auto done = co_await home_.store_thread().write([](Tx& tx) { return tx.access().forget_expired(tx.now()); });
  if (!done) log_failure(home_.log(), "expired", done.error());
}

void Watch::look_at_certificate() {
  if (tls_ && tls_->reload_if_changed()) home_.log().info("certificate_renewed");
}

bool Watch::is_time(std::optional<std::chrono::microseconds>& last, std::chrono::seconds every) {
  const auto now = home_.clock().steady();
  if (last && now - *last < every) return false;
  last = now;
  return true;
}

}  // namespace kith
