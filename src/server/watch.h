// What time itself does in the house: promises come due, topics wait for a date, what was written for later is sent,
// who was put off comes back, pauses end, what has expired is forgotten. Also notices a renewed certificate.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "domain/event.h"
#include "runtime/io.h"
#include "runtime/tls.h"
#include "server/data_home.h"
#include "server/due_timer.h"

namespace kith {

class Watch {
 public:
  // Lives on `io`'s thread. `tls` may be nullptr.
  Watch(DataHome& home, runtime::IoThread& io, runtime::TlsContext* tls);

  void start();
  // Before the StoreThread stops. What is under way is finished there.
  void stop();
  // What is new or changed may come due earlier than what was known; call with every event, from any thread.
  void notice(const std::vector<Event>& events);

 private:
  boost::asio::awaitable<void> look_every_second();
  boost::asio::awaitable<void> watch_promises();
  // Runs `act` until nothing more is due.
  template <class Act>
  boost::asio::awaitable<void> do_what_is_due(DueTimer& timer, const char* what, Act act);
  boost::asio::awaitable<void> wake_waiting_topics();
  boost::asio::awaitable<void> forget_what_expired();
  void look_at_certificate();
  // True at the first call and then once per `every`.
  bool is_time(std::optional<std::chrono::microseconds>& last, std::chrono::seconds every);

  DataHome& home_;
  runtime::IoThread& io_;
  runtime::TlsContext* tls_;
  boost::asio::steady_timer timer_;
  std::atomic<bool> stopped_{false};
  DueTimer promises_;
  DueTimer scheduled_;
  DueTimer laters_;
  DueTimer pauses_;
  std::optional<std::chrono::microseconds> topics_at_;
  std::optional<std::chrono::microseconds> expired_at_;
  std::optional<std::chrono::microseconds> certificate_at_;
};

}  // namespace kith
