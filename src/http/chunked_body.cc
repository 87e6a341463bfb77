#include "http/chunked_body.h"

#include <algorithm>

namespace kith::http {

namespace {

constexpr std::size_t kMostDigits = 15;  // 2^60: no overflow
constexpr std::size_t kMostSkippedBytes = 8 * 1024;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool may_stand_in_a_line(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

std::size_t ChunkedBody::take(std::string_view bytes, std::string& into, std::uint64_t room) {
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ < State::done) {
    if (state_ != State::content) {
      state_ = after(bytes[taken++]);
      if (state_ == State::content && left_ > room) state_ = State::too_large;
      continue;
    }
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - taken));
    into.append(bytes.substr(taken, part));
    taken += part;
    left_ -= part;
    room -= part;
    if (left_ == 0) state_ = State::content_return;
  }
  return taken;
}

ChunkedBody::State ChunkedBody::after(char byte) {
  switch (state_) {
    case State::size:
      return after_size(byte);
    case State::extension:
      return after_skipped(byte, State::extension, State::size_line_feed);
    case State::size_line_feed:
      return byte == '\n' ? after_size_line() : State::broken;
    case State::content_return:
      return byte == '\r' ? State::content_line_feed : State::broken;
    case State::content_line_feed:
      return byte == '\n' ? State::size : State::broken;
    case State::trailer_begin:
      return byte == '\r' ? State::last_line_feed : after_skipped(byte, State::trailer, State::broken);
    case State::trailer:
      return after_skipped(byte, State::trailer, State::trailer_line_feed);
    case State::trailer_line_feed:
      return byte == '\n' ? State::trailer_begin : State::broken;
    case State::last_line_feed:
      return byte == '\n' ? State::done : State::broken;
    default:
      return state_;
  }
}

ChunkedBody::State ChunkedBody::after_size(char byte) {
  if (const int digit = hex_digit(byte); digit >= 0) {
    if (++digits_ > kMostDigits) return State::broken;
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    return State::size;
  }
  if (digits_ == 0) return State::broken;
  if (byte == '\r') return State::size_line_feed;
  return byte == ';' ? State::extension : State::broken;
}

ChunkedBody::State ChunkedBody::after_size_line() {
  digits_ = 0;
  return left_ == 0 ? State::trailer_begin : State::content;
}

ChunkedBody::State ChunkedBody::after_skipped(char byte, State stay, State line_feed) {
  if (byte == '\r') return line_feed;
  if (!may_stand_in_a_line(byte) || ++skipped_ > kMostSkippedBytes) return State::broken;
  return stay;
}

}  // namespace kith::http
