// One WebSocket after its handshake: hears messages, sends frames, answers pings, says goodbye properly. Owns no buffer
// while it is idle. Everything happens on the thread of its SocketShard.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "realtime/frame_codec.h"
#include "realtime/outgoing.h"
#include "runtime/transport.h"

namespace kith {

class SocketShard;

class LiveSocket : public std::enable_shared_from_this<LiveSocket> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  LiveSocket(SocketShard& shard, runtime::Transport transport);
  virtual ~LiveSocket() = default;
  LiveSocket(const LiveSocket&) = delete;
  LiveSocket& operator=(const LiveSocket&) = delete;

  // Leaves with everything else of this loop turn, in one write. A client for whom too much waits is cut (1013).
  // Nothing happens after close().
  void send(SharedFrame frame);
  // The same without the limit, for what the sender itself measures out: wait for drained() before the next.
  void send_measured(SharedFrame frame);
  // Says why, waits a moment for the other side to say goodbye as well, and hangs up.
  void close(CloseCode code, std::string_view reason);

  [[nodiscard]] bool is_open() const { return state_ == State::open; }
  [[nodiscard]] std::size_t waiting_bytes() const { return outgoing_.bytes(); }

 protected:
  // A whole text message; the bytes are only there during the call.
  virtual void heard(std::string_view text) = 0;
  // Everything that waited has been handed to the system.
  virtual void drained() {}
  // Called once, when the connection is gone; the last that is heard of it.
  virtual void ended() = 0;

  [[nodiscard]] SocketShard& shard() { return shard_; }
  // Brings what sending touches into the processor's cache; the others do so for what their names say.
  void fetch_for_sending() const;

 private:
  friend class SocketShard;
  enum class State : std::uint8_t {
    open,
    closing,    // our goodbye is on its way, theirs is not here yet
    finishing,  // both said it, or they broke the protocol: hang up when all is sent
    gone,
  };

  // For the shard.
  // Reads until nothing is there; `until_the_end`: also when that seems to be now, because the other side has finished.
  void receive(std::span<char> scratch, bool until_the_end);
  void take(std::span<char> bytes);
  void flush();
  void sweep(SteadyTime now);
  void hang_up();
  void fetch_for_hearing() const;
  void fetch_frames() const { outgoing_.fetch(); }

  [[nodiscard]] bool is_too_much(const std::string& frame) const;
  void cut();
  void answer(const Received& received);
  void answer_goodbye(const Received& received);
  void finish(CloseCode code, std::string_view reason);
  void enqueue(SharedFrame frame);
  void wait_for_room();
  void all_is_sent();

  SteadyTime last_heard_;
  SteadyTime hang_up_at_;  // while closing or finishing
  FrameDecoder decoder_;
  // What every delivery touches lies together.
  SocketShard& shard_;
  runtime::Transport transport_;
  Outgoing outgoing_;
  std::uint32_t index_ = 0;  // in the shard
  State state_ = State::open;
  bool is_dirty_ = false;
  bool waits_for_room_ = false;
  bool is_pinged_ = false;
};

}  // namespace kith
