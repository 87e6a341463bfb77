// The live sockets of one I/O thread. Waits for all of them with one epoll set of its own, which Asio watches as a
// single descriptor: an idle socket costs no pending operation, and a busy turn costs one wait for up to
// 256 sockets. No locks: everything but count() happens on the thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "realtime/live_socket.h"
#include "runtime/io.h"

namespace kith {

struct SocketLimits {
  std::size_t message_bytes = 64 * 1024;
  std::size_t waiting_frames = 1'000;
  std::size_t waiting_bytes = 1024 * 1024;
  // Of all who do not keep up, in the memory it takes: they share it, so that a thousand of them cost no more than
  // thirty.
  std::size_t waiting_together = 32 * 1024 * 1024;
  std::size_t unsent_bytes = 64 * 1024;          // what the system may keep besides, for each
  std::chrono::milliseconds ping_after{30'000};  // of silence
  std::chrono::milliseconds silence{45'000};     // then it hangs up
  std::chrono::milliseconds goodbye{3'000};      // how long the other side may take to say it
  std::size_t looked_over_together = 256;        // of those whose deadlines are looked over once a second
};

class SocketShard {
 public:
  using SteadyTime = LiveSocket::SteadyTime;

  SocketShard(runtime::IoThread& io, SocketLimits limits);
  virtual ~SocketShard();
  SocketShard(const SocketShard&) = delete;
  SocketShard& operator=(const SocketShard&) = delete;

  // On the thread, as all that follows. Begins to listen for ready sockets and to look over deadlines every second.
  void start();
  // Takes a socket over; `early_bytes` came together with the handshake.
  void add(std::shared_ptr<LiveSocket> socket, std::string early_bytes);
  // Says goodbye to everybody; they are gone a moment later.
  void close_all(const SharedFrame& last_words, CloseCode code, std::string_view reason);
  // Hangs up on everybody who is still there, and listens no more.
  void stop();

  // Deadlines and pings of all; for tests.
  void sweep(SteadyTime now);
  // The same of the next few, so that pings to ten thousand who came at once do not hold up a message. The timer calls
  // it so often that everybody's turn comes once a second; tests may.
  void sweep_some(SteadyTime now);

  [[nodiscard]] SteadyTime now() const { return now_; }  // as of the last turn
  [[nodiscard]] const SocketLimits& limits() const { return limits_; }
  [[nodiscard]] runtime::IoThread& io() { return io_; }
  [[nodiscard]] const std::vector<std::shared_ptr<LiveSocket>>& sockets() const { return sockets_; }
  // From any thread.
  [[nodiscard]] std::size_t count() const { return count_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t cut_for_slowness() const { return cuts_.load(std::memory_order_relaxed); }

 protected:
  // Once a second, after the deadlines of all sockets.
  virtual void swept() {}
  // What may wait for each of those who do not keep up, in the memory it takes.
  [[nodiscard]] std::size_t share_of_the_slow() const {
    return limits_.waiting_together / std::max<std::size_t>(slow_, 1);
  }

 private:
  friend class LiveSocket;
  void will_flush(LiveSocket& socket);
  void watch(LiveSocket& socket, bool for_room);
  void forget(LiveSocket& socket);
  void count_cut() { cuts_.fetch_add(1, std::memory_order_relaxed); }
  [[nodiscard]] const SharedFrame& ping() const { return ping_; }

  // What sockets are given in one turn of the loop leaves together: at the end of serve_ready(), or in the next turn.
  void flush_soon();
  void flush();
  void wait_for_ready();
  void serve_ready();
  void wait_for_sweep();
  [[nodiscard]] std::size_t parts_of_sweep() const;

  runtime::IoThread& io_;
  SocketLimits limits_;
  boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type> epoll_;
  boost::asio::steady_timer timer_;
  std::vector<std::shared_ptr<LiveSocket>> sockets_;
  std::vector<std::shared_ptr<LiveSocket>> gone_;  // kept until the turn ends, because the turn may still name them
  std::vector<LiveSocket*> dirty_;                 // have something to send
  std::vector<LiveSocket*> flushing_;              // empty between turns
  std::size_t unswept_ = 0;                        // of sockets_, those in front whose turn has not come yet
  std::size_t slow_ = 0;                           // those who wait for room
  SharedFrame ping_;
  SteadyTime now_;
  std::atomic<std::size_t> count_{0};
  std::atomic<std::size_t> cuts_{0};
  bool flush_is_posted_ = false;
  bool is_serving_ = false;
  bool is_stopped_ = false;
};

}  // namespace kith
