// The open door: accepts connections and gives each to an I/O thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/result.h"
#include "http/engine.h"
#include "http/session.h"
#include "runtime/connection_slots.h"
#include "runtime/io.h"
#include "runtime/tls.h"

namespace kith::http {

struct ListenerOptions {
  std::string address = "127.0.0.1";   // numeric, IPv4 or IPv6
  std::uint16_t port = 8080;           // 0: any free one
  runtime::TlsContext* tls = nullptr;  // nullptr: in the clear
};

class Listener {
 public:
  // `slots` also counts live connections, so the limits hold for both together. What comes from a trusted proxy is
  // counted for whoever speaks through it, which the session finds out.
  Listener(runtime::IoThreads& io, runtime::ConnectionSlots& slots, const Engine& engine, ListenerOptions options);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Binds; the detail of an error is a sentence for the operator. After it clients can connect.
  Result<void> open();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Begins to accept.
  void start();
  // Accepts no more, and lets running requests finish for at most `within`; true when none is left. Blocks; not on an
  // I/O thread, and before those are stopped.
  bool finish(std::chrono::milliseconds within);
  // The same, and closes the rest.
  void stop(std::chrono::milliseconds within = std::chrono::seconds(3));

 private:
  boost::asio::awaitable<void> accept_loop();
  bool accept_one();
  void hand_over(int fd, std::string remote_address);
  void running_begins();
  void running_ended();
  void on_every_list(void (*act)(SessionList&));
  void on_thread(std::size_t index, std::function<void()> act);

  runtime::IoThreads& io_;
  runtime::ConnectionSlots& slots_;
  const Engine& engine_;
  ListenerOptions options_;
  std::uint16_t port_ = 0;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::vector<std::unique_ptr<SessionList>> lists_;  // one per I/O thread
  std::size_t turn_ = 0;
  bool is_out_of_files_ = false;
  bool started_ = false;
  bool finishing_ = false;
  bool stopped_ = false;

  std::mutex mutex_;  // guards running_: connections end on every I/O thread
  std::condition_variable none_running_;
  std::size_t running_ = 0;  // the accept loop and every connection
};

}  // namespace kith::http
