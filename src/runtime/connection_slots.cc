#include "runtime/connection_slots.h"

#include <utility>

namespace kith::runtime {

ConnectionSlot::ConnectionSlot(ConnectionSlot&& other) noexcept
    : slots_(std::exchange(other.slots_, nullptr)), address_(std::exchange(other.address_, nullptr)) {}

ConnectionSlot& ConnectionSlot::operator=(ConnectionSlot&& other) noexcept {
  std::swap(slots_, other.slots_);
  std::swap(address_, other.address_);
  return *this;
}

ConnectionSlot::~ConnectionSlot() {
  if (slots_ != nullptr) slots_->give_back(address_);
}

std::optional<ConnectionSlot> ConnectionSlots::take(const std::string& address) {
  std::lock_guard lock(mutex_);
  if (total_ >= max_total_) return std::nullopt;
  auto& entry = *by_address_.try_emplace(address, 0).first;
  if (entry.second >= max_per_address_) return std::nullopt;
  ++entry.second;
  ++total_;
  return ConnectionSlot(this, &entry);
}

std::size_t ConnectionSlots::taken() const {
  std::lock_guard lock(mutex_);
  return total_;
}

void ConnectionSlots::give_back(ConnectionSlot::Counts::value_type* address) {
  std::lock_guard lock(mutex_);
  --total_;
  if (--address->second > 0) return;
  by_address_.erase(by_address_.find(address->first));
}

}  // namespace kith::runtime
