// The pages for those who look after the house: is it alive, is it ready, its figures, and the start page.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "http/assets.h"
#include "http/router.h"
#include "runtime/metrics.h"
#include "runtime/store_thread.h"
#include "server/readiness.h"

namespace kith {

struct HealthServices {
  runtime::StoreThread& store;
  const runtime::Metrics& metrics;
  const Readiness& readiness;
  const Clock& clock;
  std::vector<std::string> metrics_for;  // addresses that may read /metrics
  std::string sample_way_in;             // to the desk as the sample's colleague, as long as nobody real works here
  const http::Assets* assets = nullptr;  // the letters of the start page; none: those of the system
  // Until when (steady time, in microseconds) the last write that got through answers /readyz for everybody who asks,
  // so that many who ask are no load on the path that keeps what people write.
  mutable std::atomic<std::int64_t> ready_until_us{0};
};

// `services` must outlive the router.
void add_health_routes(http::Router& router, const HealthServices& services);

}  // namespace kith
