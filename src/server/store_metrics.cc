#include "server/store_metrics.h"

#include <ctime>

namespace kith {
namespace {

std::vector<double> commit_bounds() {
  return {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5};
}

}  // namespace

StoreMetrics::StoreMetrics(runtime::Metrics& metrics, const runtime::StoreThread& store)
    : groups_(
          metrics.counter("kith_commit_groups_total", "Groups of writes made durable with one sync", "kept=\"yes\"")),
      refused_groups_(
          metrics.counter("kith_commit_groups_total", "Groups of writes made durable with one sync", "kept=\"no\"")),
      writes_(metrics.counter("kith_writes_total", "Writes that were kept")),
      events_(metrics.counter("kith_events_total", "Events that followed from writes")),
      commit_seconds_(metrics.histogram("kith_commit_seconds", "From the first write of a group to its durability",
                                        commit_bounds())) {
  metrics.gauge_of("kith_store_waiting_writes", "Writes that wait for their group",
                   [&store] { return static_cast<std::int64_t>(store.writes_waiting()); });
  const std::int64_t started = static_cast<std::int64_t>(std::time(nullptr));
  metrics.gauge_of("kith_started_at_seconds", "When this process began, in seconds since 1970",
                   [started] { return started; });
}

void StoreMetrics::add_damage(runtime::Metrics& metrics, const SqliteStore& store) {
  metrics.gauge_of("kith_damaged_pages", "Pages of the database found changed on the disk since the start",
                   [&store] { return store.damaged_pages(); });
}

void StoreMetrics::add_copy(runtime::Metrics& metrics, const HouseCopy& copy) {
  metrics.gauge_of("kith_copy_follows", "1 while a copy follows every commit, 0 when it has stopped",
                   [&copy] { return std::int64_t{copy.state().follows}; });
  metrics.gauge_of("kith_copy_behind_seconds", "Since when something that was kept is not in the copy",
                   [&copy] { return std::chrono::duration_cast<std::chrono::seconds>(copy.state().behind).count(); });
}

void StoreMetrics::count_group(const runtime::GroupStory& group) {
  (group.kept ? groups_ : refused_groups_).add();
  if (group.kept) writes_.add(group.units);
  commit_seconds_.observe(static_cast<double>(group.took.count()) / 1e6);
}

}  // namespace kith
