// Time limits for many connections at the price of one timer: a thread looks over all of its deadlines once a second.
// Use from that one thread only.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kith::runtime {

class Deadline;

// Must outlive the context it was started on, because what waits there holds Deadlines.
class DeadlineSweep {
 public:
  DeadlineSweep() = default;
  DeadlineSweep(const DeadlineSweep&) = delete;
  DeadlineSweep& operator=(const DeadlineSweep&) = delete;

  void start(boost::asio::io_context& context, std::chrono::milliseconds every = std::chrono::seconds(1));
  void stop();
  // Fires what has passed by `now`. The timer calls it; tests may.
  void sweep(std::chrono::steady_clock::time_point now);

 private:
  friend class Deadline;
  void wait_for_next();

  std::optional<boost::asio::steady_timer> timer_;
  std::chrono::milliseconds every_{1'000};
  Deadline* first_ = nullptr;
  Deadline* next_to_look_at_ = nullptr;
};

// One limit that can be set again and again. `passed` is called at most once per set(), up to one sweep late; it may
// destroy this and any other Deadline.
class Deadline {
 public:
  Deadline(DeadlineSweep& sweep, std::function<void()> passed);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void set(std::chrono::milliseconds from_now);
  void clear() { is_set_ = false; }

 private:
  friend class DeadlineSweep;

  DeadlineSweep& sweep_;
  std::function<void()> passed_;
  std::chrono::steady_clock::time_point at_;
  Deadline* before_ = nullptr;
  Deadline* after_ = nullptr;
  bool is_set_ = false;
};

}  // namespace kith::runtime
