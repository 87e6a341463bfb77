// Durable messages per second, end to end over live connections of the real binary: 1, 16 and 256 visitors, each of
// whom writes the next message when the last one is kept. Argument: seconds per figure (3).
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "load/house.h"
#include "load/senders_figure.h"
#include "load/visitors.h"

namespace kith::bench {
namespace {

class Senders : public load::LiveVisitors {
 public:
  using LiveVisitors::LiveVisitors;
  void begin() {
    for (std::size_t client = 0; client < size(); ++client) write(client, load::kAverageMessage);
  }
  [[nodiscard]] std::uint64_t kept() const { return kept_; }

 protected:
  void told(std::size_t client, std::string_view type, std::string_view json) override {
    if (type == "event") return;
    if (type != "kept") throw std::runtime_error(std::string(json));
    ++kept_;
    write(client, load::kAverageMessage);
  }

 private:
  std::uint64_t kept_ = 0;
};

void measure(const load::House& house, std::vector<std::string> tokens, double seconds) {
  Senders senders(house.port(), std::move(tokens));
  load::print_senders_figure("live_messages", house, senders, seconds);
}

}  // namespace
}  // namespace kith::bench

int main(int argument_count, char** arguments) {
  using namespace kith;
  load::House house(load::kith_binary(), load::bench_folder());
  for (std::size_t senders : {1U, 16U, 256U})
    bench::measure(house, house.begin_visits(senders), argument_count > 1 ? std::atof(arguments[1]) : 3);
  return 0;
}
