// What the store does, in figures: never about a person.
#pragma once

#include "runtime/metrics.h"
#include "runtime/store_thread.h"

namespace kith {

class StoreMetrics {
 public:
  StoreMetrics(runtime::Metrics& metrics, const runtime::StoreThread& store);

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
