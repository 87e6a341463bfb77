#include "realtime/live_socket.h"

#include <array>
#include <string>
#include <utility>

#include "realtime/socket_shard.h"

namespace kith {
namespace {

using runtime::IoStatus;

constexpr std::size_t kMostPieces = 64;

SharedFrame frame_of(Opcode opcode, std::string_view payload) {
  std::string frame;
  append_frame(frame, opcode, payload);
  return share_frame(std::move(frame));
}

}  // namespace

LiveSocket::LiveSocket(SocketShard& shard, runtime::Transport transport)
    : last_heard_(shard.now()),
      decoder_(shard.limits().message_bytes),
      shard_(shard),
      transport_(std::move(transport)) {}

void LiveSocket::send(SharedFrame frame) {
  if (state_ != State::open) return;
  if (is_too_much(*frame)) return cut();
  enqueue(std::move(frame));
}

bool LiveSocket::is_too_much(const std::string& frame) const {
  const SocketLimits& limits = shard_.limits();
  if (outgoing_.frames() >= limits.waiting_frames || outgoing_.bytes() + frame.size() > limits.waiting_bytes)
    return true;
  return waits_for_room_ && outgoing_.memory() + frame.size() > shard_.share_of_the_slow();
}

// She hears why as soon as she reads again, even when that is long after we hung up.
void LiveSocket::cut() {
  shard_.count_cut();
  outgoing_.keep_what_has_begun(transport_.must_repeat());
  close(CloseCode::try_again_later, "you read too slowly; come back with your newest seq");
  transport_.make_room_for_last_words();
}

void LiveSocket::send_measured(SharedFrame frame) {
  if (state_ == State::open) enqueue(std::move(frame));
}

void LiveSocket::close(CloseCode code, std::string_view reason) {
  if (state_ != State::open) return;
  enqueue(share_frame(close_frame(code, reason)));
  state_ = State::closing;
  hang_up_at_ = shard_.now() + shard_.limits().goodbye;
}

void LiveSocket::enqueue(SharedFrame frame) {
  outgoing_.add(std::move(frame));
  if (!waits_for_room_ && !std::exchange(is_dirty_, true)) shard_.will_flush(*this);
}

void LiveSocket::receive(std::span<char> scratch, bool until_the_end) {
  while (state_ != State::gone) {
    runtime::IoResult got = transport_.read(scratch);
    if (got.status == IoStatus::want_read) return;
    if (got.status == IoStatus::want_write) return wait_for_room();  // TLS has to say something before it can go on
    if (got.status == IoStatus::closed) flush();                     // whoever says nothing more may still be listening
    if (got.status != IoStatus::ok) return hang_up();
    last_heard_ = shard_.now();
    is_pinged_ = false;
    take(scratch.first(got.bytes));
    // Less than there was room for: nothing is left, and the shard is told when more comes. Not so of TLS, which holds
    // what it has decrypted, nor of a stream that has ended.
    if (got.bytes < scratch.size() && !transport_.is_secure() && !until_the_end) return;
  }
}

void LiveSocket::fetch_for_hearing() const {
  __builtin_prefetch(this);
  __builtin_prefetch(&transport_);
  __builtin_prefetch(&state_);
}

void LiveSocket::fetch_for_sending() const {
  __builtin_prefetch(&transport_);
  __builtin_prefetch(&outgoing_);
  __builtin_prefetch(&state_);
}

void LiveSocket::take(std::span<char> bytes) {
  while (state_ == State::open || state_ == State::closing) {
    Received received = decoder_.next(bytes);
    if (received.kind == Received::Kind::nothing && bytes.empty()) return;
    answer(received);
  }
}

void LiveSocket::answer(const Received& received) {
  switch (received.kind) {
    case Received::Kind::nothing:
    case Received::Kind::pong:
      return;
    case Received::Kind::text:
      if (state_ == State::open) heard(received.payload);
      return;
    case Received::Kind::binary:
      return close(CloseCode::unsupported, "only text messages are understood");
    case Received::Kind::ping:
      return send(frame_of(Opcode::pong, received.payload));
    case Received::Kind::close:
      return answer_goodbye(received);
    case Received::Kind::broken:
      return finish(received.code, received.payload);
  }
}

void LiveSocket::answer_goodbye(const Received& received) {
  if (state_ == State::open) {
    std::string frame;
    if (received.code == CloseCode::none_given)
      append_frame(frame, Opcode::close, {});
    else
      frame = close_frame(received.code, {});
    enqueue(share_frame(std::move(frame)));
  }
  state_ = State::finishing;
  hang_up_at_ = shard_.now() + shard_.limits().goodbye;
  if (outgoing_.empty()) all_is_sent();
}

void LiveSocket::finish(CloseCode code, std::string_view reason) {
  close(code, reason);
  state_ = State::finishing;
  if (outgoing_.empty()) all_is_sent();
}

void LiveSocket::flush() {
  is_dirty_ = false;
  bool had_something = !outgoing_.empty();
  std::array<iovec, kMostPieces> room;
  while (!outgoing_.empty() && state_ != State::gone) {
    runtime::IoResult put = transport_.write(outgoing_.front(room));
    if (put.status == IoStatus::want_write || put.status == IoStatus::want_read) return wait_for_room();
    if (put.status != IoStatus::ok) return hang_up();
    outgoing_.sent(put.bytes);
  }
  if (state_ == State::gone) return;
  if (std::exchange(waits_for_room_, false)) shard_.watch(*this, false);
  if (state_ == State::finishing) return all_is_sent();
  if (had_something) drained();
}

// When there is room, the shard is asked anew and tells again of what can be read.
void LiveSocket::wait_for_room() {
  if (!std::exchange(waits_for_room_, true)) shard_.watch(*this, true);
}

// The other side hangs up first or its time is over: hanging up while its bytes are unread would make the system throw
// away our goodbye.
void LiveSocket::all_is_sent() {
  transport_.finish_writing();
}

void LiveSocket::sweep(SteadyTime now) {
  const SocketLimits& limits = shard_.limits();
  if (state_ != State::open) {
    if (now >= hang_up_at_) hang_up();
    return;
  }
  auto silent = now - last_heard_;
  if (silent >= limits.silence) return hang_up();
  if (silent >= limits.ping_after && !std::exchange(is_pinged_, true)) send(shard_.ping());
}

void LiveSocket::hang_up() {
  if (std::exchange(state_, State::gone) == State::gone) return;
  shard_.forget(*this);
  transport_.close();
  ended();
}

}  // namespace kith
