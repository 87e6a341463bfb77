// What the store does, in figures: never about a person.
#pragma once

#include "runtime/metrics.h"
#include "runtime/store_thread.h"
#include "server/house_copy.h"

namespace kith {

class StoreMetrics {
 public:
  StoreMetrics(runtime::Metrics& metrics, const runtime::StoreThread& store);

  // What the house knows of damage, and, when one follows, of its copy.
  static void add_damage(runtime::Metrics& metrics, const SqliteStore& store);
  static void add_copy(runtime::Metrics& metrics, const HouseCopy& copy);

  void count_group(const runtime::GroupStory& group);
  void count_events(std::size_t events) { events_.add(events); }

 private:
  runtime::Counter& groups_;
  runtime::Counter& refused_groups_;
  runtime::Counter& writes_;
  runtime::Counter& events_;
  runtime::Histogram& commit_seconds_;
};

}  // namespace kith
