#include "runtime/metrics.h"

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

TEST(Metrics, WritesTheTextFormatOfPrometheus) {
  Metrics metrics;
  auto& good = metrics.counter("kith_requests_total", "Requests", "status=\"2xx\"");
  auto& open = metrics.gauge("kith_connections", "Open connections");
  auto& bad = metrics.counter("kith_requests_total", "Requests", "status=\"4xx\"");
  metrics.gauge_of("kith_waiting", "Waiting writes", [] { return 5; });
  good.add(3);
  bad.add();
  open.add(2);
  open.add(-1);
  EXPECT_EQ(metrics.text(),
            "# HELP kith_requests_total Requests\n# TYPE kith_requests_total counter\n"
            "kith_requests_total{status=\"2xx\"} 3\nkith_requests_total{status=\"4xx\"} 1\n"
            "# HELP kith_connections Open connections\n# TYPE kith_connections gauge\nkith_connections 1\n"
            "# HELP kith_waiting Waiting writes\n# TYPE kith_waiting gauge\nkith_waiting 5\n");
}

TEST(Metrics, CountsAHistogramUpToEachBound) {
  Metrics metrics;
  auto& sizes = metrics.histogram("kith_group_units", "Units per commit", {1, 10});
  for (const double value : {1.0, 2.0, 10.0, 11.0}) sizes.observe(value);
  EXPECT_EQ(metrics.text(),
            "# HELP kith_group_units Units per commit\n# TYPE kith_group_units histogram\n"
            "kith_group_units_bucket{le=\"1\"} 1\nkith_group_units_bucket{le=\"10\"} 3\n"
            "kith_group_units_bucket{le=\"+Inf\"} 4\nkith_group_units_sum 24\nkith_group_units_count 4\n");
}

}  // namespace
}  // namespace kith::runtime
