#include "runtime/connection_slots.h"

#include <utility>

namespace kith::runtime {

ConnectionSlot::ConnectionSlot(ConnectionSlot&& other) noexcept
    : slots_(std::exchange(other.slots_, nullptr)),
      address_(std::exchange(other.address_, nullptr)),
      is_of_proxy_(std::exchange(other.is_of_proxy_, false)) {}

ConnectionSlot& ConnectionSlot::operator=(ConnectionSlot&& other) noexcept {
  std::swap(slots_, other.slots_);
  std::swap(address_, other.address_);
  std::swap(is_of_proxy_, other.is_of_proxy_);
  return *this;
}

ConnectionSlot::~ConnectionSlot() {
  if (slots_ == nullptr) return;
  std::lock_guard lock(slots_->mutex_);
  if (address_ != nullptr) slots_->one_less_of(address_);
  --slots_->total_;
}

bool ConnectionSlot::count_as_one_of(const std::string& address) {
  if (!is_of_proxy_) return true;
  count_as_nobodys();
  std::lock_guard lock(slots_->mutex_);
  address_ = slots_->one_more_of(address);
  return address_ != nullptr;
}

void ConnectionSlot::count_as_nobodys() {
  if (!is_of_proxy_ || address_ == nullptr) return;
  std::lock_guard lock(slots_->mutex_);
  slots_->one_less_of(std::exchange(address_, nullptr));
}

std::expected<ConnectionSlot, NoSlot> ConnectionSlots::take(const std::string& address) {
  std::lock_guard lock(mutex_);
  if (total_ >= max_total_) return std::unexpected(NoSlot::too_many_in_all);
  auto* counted = one_more_of(address);
  if (counted == nullptr) return std::unexpected(NoSlot::too_many_of_address);
  ++total_;
  return ConnectionSlot(this, counted, false);
}

std::expected<ConnectionSlot, NoSlot> ConnectionSlots::take_for_proxy() {
  std::lock_guard lock(mutex_);
  if (total_ >= max_total_) return std::unexpected(NoSlot::too_many_in_all);
  ++total_;
  return ConnectionSlot(this, nullptr, true);
}

std::size_t ConnectionSlots::taken() const {
  std::lock_guard lock(mutex_);
  return total_;
}

ConnectionSlots::Counts::value_type* ConnectionSlots::one_more_of(const std::string& address) {
  auto& entry = *by_address_.try_emplace(address, 0).first;
  if (entry.second >= max_per_address_) return nullptr;
  ++entry.second;
  return &entry;
}

void ConnectionSlots::one_less_of(Counts::value_type* address) {
  if (--address->second == 0) by_address_.erase(by_address_.find(address->first));
}

}  // namespace kith::runtime
