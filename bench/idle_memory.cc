// What the real binary needs when nothing happens: alone, and with 10,000 visitors who are connected and silent.
// Argument: connections (10,000).
#include <cstdlib>

#include "load/figure.h"
#include "load/house.h"
#include "load/visitors.h"

namespace kith::bench {
namespace {

class Silent : public load::LiveVisitors {
 public:
  using LiveVisitors::LiveVisitors;

 protected:
  void told(std::size_t, std::string_view, std::string_view) override {}
};

void measure(load::House& house, std::size_t count) {
  constexpr double kMega = 1e6;
  load::print_figure("idle_memory.resident", house.server().resident_bytes() / kMega, "MB", "below 32");
  std::vector<std::string> tokens = house.begin_visits(count);
  double before = house.server().anonymous_bytes();
  Silent visitors(house.port(), std::move(tokens));
  visitors.connect_all();
  visitors.run_for(std::chrono::seconds(2));
  load::print_figure("idle_memory.per_connection",
                     (house.server().anonymous_bytes() - before) / static_cast<double>(count), "bytes", "at most 4096");
  load::print_figure("idle_memory.resident_connected", house.server().resident_bytes() / kMega, "MB", "below 80");
}

}  // namespace
}  // namespace kith::bench

int main(int argument_count, char** arguments) {
  using namespace kith;
  load::House house(load::kith_binary(), load::bench_folder());
  bench::measure(house, argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 10'000);
  return 0;
}
