// The frames that wait until a client has read what came before. Frames are shared: one event is encoded once for all
// who receive it.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kith {

using SharedFrame = std::shared_ptr<const std::string>;

inline SharedFrame share_frame(std::string frame) {
  return std::make_shared<const std::string>(std::move(frame));
}

class Outgoing {
 public:
  void add(SharedFrame frame);
  // As many pieces as fit into `pieces`, in order.
  std::span<const iovec> front(std::span<iovec> pieces) const;
  void sent(std::size_t bytes);
  // Brings what front() will look at into the processor's cache.
  void fetch() const { __builtin_prefetch(frames_.data() + first_); }
  // Drops what the client will not see the beginning of; the next `on_their_way` bytes she will see in any case.
  void keep_what_has_begun(std::size_t on_their_way);

  [[nodiscard]] bool empty() const { return first_ == frames_.size(); }
  [[nodiscard]] std::size_t frames() const { return frames_.size() - first_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // With what each frame takes besides its bytes; as if it were nobody else's.
  [[nodiscard]] std::size_t memory() const { return bytes_ + frames() * kFrameOverhead; }

 private:
  static constexpr std::size_t kFrameOverhead = 128;

  std::vector<SharedFrame> frames_;
  std::size_t first_ = 0;          // those before it are sent
  std::size_t sent_of_first_ = 0;  // bytes
  std::size_t bytes_ = 0;          // still to be sent
};

}  // namespace kith
