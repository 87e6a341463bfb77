// Time, injected. Nothing outside runtime/ asks the machine what time it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

// A moment people can read: UTC, microseconds since 1970. Order is never decided by it (Seq does that).
struct Time {
  std::int64_t us = 0;

  friend auto operator<=>(const Time&, const Time&) = default;
  friend Time operator+(Time t, std::chrono::microseconds d) { return {t.us + d.count()}; }
  friend Time operator-(Time t, std::chrono::microseconds d) { return {t.us - d.count()}; }
  friend std::chrono::microseconds operator-(Time a, Time b) { return std::chrono::microseconds{a.us - b.us}; }
};

// "2026-11-22T08:15:30.123456Z" (RFC 3339, always UTC, always six decimals).
std::string format_time(Time time);
void append_time(std::string& out, Time time);
// RFC 3339 with any offset and 0-9 decimals; years 1970 to 9999. nullopt for anything else.
std::optional<Time> parse_time(std::string_view text);

class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time, for showing and storing. May jump.
  virtual Time now() const = 0;
  // Never goes back; for waits and limits. The origin means nothing.
  virtual std::chrono::microseconds steady() const = 0;
};

// The machine's own clocks.
class SystemClock : public Clock {
 public:
  Time now() const override;
  std::chrono::microseconds steady() const override;
};

// A clock that tests and simulations move by hand.
class FakeClock : public Clock {
 public:
  explicit FakeClock(Time start = {1'767'225'600'000'000}) : now_(start) {}  // 2026-01-01T00:00:00Z
  Time now() const override { return now_; }
  std::chrono::microseconds steady() const override { return steady_; }
  void advance(std::chrono::microseconds by) {
    now_ = now_ + by;
    steady_ += by;
  }
  void jump_wall(std::chrono::microseconds by) { now_ = now_ + by; }

 private:
  Time now_;
  std::chrono::microseconds steady_{0};
};

}  // namespace kith
