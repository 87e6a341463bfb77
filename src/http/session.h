// One HTTP connection from its first byte to its last, or until it becomes a live connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "http/engine.h"
#include "runtime/connection_slots.h"
#include "runtime/io.h"
#include "runtime/transport.h"

namespace kith::http {

class HttpSession;

// The connections of one I/O thread, so that a graceful stop can find them. That thread only.
class SessionList {
 public:
  SessionList() = default;
  SessionList(const SessionList&) = delete;
  SessionList& operator=(const SessionList&) = delete;

  // Idle connections end now, busy ones after the request they are in.
  void finish_all();
  // Every connection ends now.
  void close_all();
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  friend class HttpSession;
  HttpSession* first_ = nullptr;
  std::size_t size_ = 0;
  bool finishing_ = false;
};

struct Incoming {
  runtime::Transport transport;
  std::string remote_address;  // numeric
  runtime::ConnectionSlot slot;
};

// Runs on io's thread; engine, io and list must outlive it.
boost::asio::awaitable<void> serve_connection(Incoming incoming, runtime::IoThread& io, SessionList& list,
                                              const Engine& engine);

}  // namespace kith::http
