// How many connections there may be, in all and from one address. Counted from accept to close, whatever they speak.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace kith::runtime {

class ConnectionSlots;

// The right to one connection; given back when destroyed. Must not outlive the ConnectionSlots.
class ConnectionSlot {
 public:
  ConnectionSlot() = default;
  ConnectionSlot(ConnectionSlot&& other) noexcept;
  ConnectionSlot& operator=(ConnectionSlot&& other) noexcept;
  ~ConnectionSlot();

 private:
  friend class ConnectionSlots;
  using Counts = std::unordered_map<std::string, std::size_t>;
  ConnectionSlot(ConnectionSlots* slots, Counts::value_type* address) : slots_(slots), address_(address) {}

  ConnectionSlots* slots_ = nullptr;
  Counts::value_type* address_ = nullptr;  // references into an unordered_map stay good
};

class ConnectionSlots {
 public:
  ConnectionSlots(std::size_t max_total, std::size_t max_per_address)
      : max_total_(max_total), max_per_address_(max_per_address) {}

  // nullopt when there are too many. Safe from any thread.
  std::optional<ConnectionSlot> take(const std::string& address);
  [[nodiscard]] std::size_t taken() const;

 private:
  friend class ConnectionSlot;
  void give_back(ConnectionSlot::Counts::value_type* address);

  std::size_t max_total_;
  std::size_t max_per_address_;
  mutable std::mutex mutex_;  // guards the counts: connections end on every I/O thread
  std::size_t total_ = 0;
  ConnectionSlot::Counts by_address_;
};

}  // namespace kith::runtime
