#include "http/refused_connections.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace kith::http {
namespace {

using namespace std::chrono_literals;

TEST(RefusedConnections, AreCountedAndSaidOnceInAMinute) {
  FakeClock clock;
  std::string logged;
  Log log(clock, Level::warning, [&](std::string_view line) { logged += line; });
  runtime::Metrics metrics;
  RefusedConnections refused(metrics);
  for (int i = 0; i < 10; ++i) refused.count(runtime::NoSlot::too_many_of_address, clock, log);
  EXPECT_NE(metrics.text().find("kith_connections_refused_total{limit=\"address\"} 10\n"), std::string::npos);
  EXPECT_NE(metrics.text().find("kith_connections_refused_total{limit=\"all\"} 0\n"), std::string::npos);
  EXPECT_NE(logged.find("event=connections_refused limit=limits.connections_per_address count=1\n"), std::string::npos)
      << logged;
  logged.clear();
  clock.advance(61s);
  for (int i = 0; i < 10; ++i) refused.count(runtime::NoSlot::too_many_of_address, clock, log);
  EXPECT_NE(logged.find("count=10\n"), std::string::npos) << logged;
  EXPECT_EQ(std::count(logged.begin(), logged.end(), '\n'), 1);
  refused.count(runtime::NoSlot::too_many_in_all, clock, log);
  EXPECT_NE(logged.find("limit=limits.connections count=1\n"), std::string::npos) << logged;
}

}  // namespace
}  // namespace kith::http
