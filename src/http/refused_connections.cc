#include "http/refused_connections.h"

#include <string>

namespace kith::http {

namespace {

// In the order of NoSlot.
constexpr std::array kLabels{"limit=\"address\"", "limit=\"all\""};
constexpr std::array kSettings{"limits.connections_per_address", "limits.connections"};

}  // namespace

RefusedConnections::RefusedConnections(runtime::Metrics& metrics) {
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    limits_[i].refused =
        &metrics.counter("kith_connections_refused_total",
                         "Connections refused because one address had too many, or all together", kLabels[i]);
  }
}

void RefusedConnections::count(runtime::NoSlot why, const Clock& clock, Log& log) {
  const auto place = static_cast<std::size_t>(why);
  Limit& limit = limits_[place];
  limit.refused->add();
  limit.since_last_line.fetch_add(1);
  const auto now = clock.steady().count();
  auto due = limit.next_line.load();
  const auto next = now + std::chrono::microseconds(kBetweenLines).count();
  if (now < due || !limit.next_line.compare_exchange_strong(due, next)) return;
  log.warning("connections_refused", {{"limit", kSettings[place]}, {"count", limit.since_last_line.exchange(0)}});
}

}  // namespace kith::http
