// How many connections there may be, in all and from one address. Counted from accept to close, whatever they speak.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kith::runtime {

class ConnectionSlots;

enum class NoSlot : std::uint8_t { too_many_of_address, too_many_in_all };

// The right to one connection; given back when destroyed. Must not outlive the ConnectionSlots.
class ConnectionSlot {
 public:
  ConnectionSlot() = default;
  ConnectionSlot(ConnectionSlot&& other) noexcept;
  ConnectionSlot& operator=(ConnectionSlot&& other) noexcept;
  ~ConnectionSlot();

  // Of a connection that a proxy of ours made: whoever speaks through it changes from one request to the next.
  [[nodiscard]] bool is_of_proxy() const { return is_of_proxy_; }
  // From now on the proxy's connection counts as one of `address`, until it counts as nobody's or ends. False when that
  // address has too many already.
  [[nodiscard]] bool count_as_one_of(const std::string& address);
  void count_as_nobodys();

 private:
  friend class ConnectionSlots;
  using Counts = std::unordered_map<std::string, std::size_t>;
  ConnectionSlot(ConnectionSlots* slots, Counts::value_type* address, bool is_of_proxy)
      : slots_(slots), address_(address), is_of_proxy_(is_of_proxy) {}

  ConnectionSlots* slots_ = nullptr;
  Counts::value_type* address_ = nullptr;  // references into an unordered_map stay good; nullptr: nobody's
  bool is_of_proxy_ = false;
};

class ConnectionSlots {
 public:
  ConnectionSlots(std::size_t max_total, std::size_t max_per_address)
      : max_total_(max_total), max_per_address_(max_per_address) {}

  // All safe from any thread. One more connection from this address.
  std::expected<ConnectionSlot, NoSlot> take(const std::string& address);
  // One more from a proxy of ours. Everybody comes from its address, so that says nothing: it counts in all only, until
  // somebody speaks through it.
  std::expected<ConnectionSlot, NoSlot> take_for_proxy();
  [[nodiscard]] std::size_t taken() const;

 private:
  friend class ConnectionSlot;
  using Counts = ConnectionSlot::Counts;
  // With the lock held. nullptr: too many.
  Counts::value_type* one_more_of(const std::string& address);
  void one_less_of(Counts::value_type* address);

  std::size_t max_total_;
  std::size_t max_per_address_;
  mutable std::mutex mutex_;  // guards the counts: connections end on every I/O thread
  std::size_t total_ = 0;
  Counts by_address_;
};

}  // namespace kith::runtime
