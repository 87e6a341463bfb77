#include "realtime/outgoing.h"

#include <algorithm>

namespace kith {
namespace {

// An idle connection keeps room for this many; more is given back.
constexpr std::size_t kKeptRoom = 4;

}  // namespace

void Outgoing::add(SharedFrame frame) {
  bytes_ += frame->size();
  frames_.push_back(std::move(frame));
}

std::span<const iovec> Outgoing::front(std::span<iovec> pieces) const {
  std::size_t count = std::min(pieces.size(), frames());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& frame = *frames_[first_ + i];
    std::size_t skip = i == 0 ? sent_of_first_ : 0;
    // iovec is older than const; writing only reads it.
    pieces[i] = {const_cast<char*>(frame.data()) + skip, frame.size() - skip};
  }
  return pieces.first(count);
}

void Outgoing::sent(std::size_t bytes) {
  bytes_ -= bytes;
  sent_of_first_ += bytes;
  while (first_ < frames_.size() && sent_of_first_ >= frames_[first_]->size()) {
    sent_of_first_ -= frames_[first_]->size();
    frames_[first_++].reset();
  }
  if (empty()) {
    frames_.clear();
    if (frames_.capacity() > kKeptRoom) frames_.shrink_to_fit();
    first_ = 0;
  } else if (first_ > frames_.size() / 2) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void Outgoing::keep_what_has_begun(std::size_t on_their_way) {
  const std::size_t begun = sent_of_first_ + on_their_way;
  std::size_t kept = first_;
  std::size_t size = 0;
  while (size < begun && kept < frames_.size()) size += frames_[kept++]->size();
  frames_.resize(kept);
  bytes_ = kept > first_ ? size - sent_of_first_ : 0;
}

}  // namespace kith
