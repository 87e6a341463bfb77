// Durable, searchable messages a second through the use case and the store, without network: one line for each size of
// group. 98-byte texts, 20,000 conversations. --messages N (each line), --conversations N,
// --group N (only that line), --follow 1 (while a copy follows into another folder).
#include "store_bench.h"

using namespace kith;
using namespace kith::bench;

namespace {

void run(BenchHouse& house, std::size_t messages, std::size_t group, double fdatasyncs) {
  const double made_up = house.seconds_to_make_up(messages);
  const auto start = std::chrono::steady_clock::now();
  house.fill(messages, group);
  const double took = seconds_since(start) - made_up;
  fmt::print(
      "write_path group={} messages_per_second={:.0f} target={} microseconds_each={:.1f} "
      "fdatasyncs_per_second={:.0f}\n",
      group, static_cast<double>(messages) / took, group >= 500 ? "30000" : "none",
      took * 1e6 / static_cast<double>(messages), fdatasyncs);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t messages = number_option(argc, argv, "--messages", 200'000);
  const std::size_t only = number_option(argc, argv, "--group", 0);
  const SystemClock clock;
  for (std::size_t group : {1UL, 16UL, 128UL, 1000UL, 2000UL}) {
    if (only != 0 && group != only) continue;
    // Each line has a house of its own, so that none depends on what the ones before have left.
    const ScratchFolder scratch;
    const double fdatasyncs = fdatasyncs_per_second(scratch.path());
    BenchHouse house(scratch.path(), number_option(argc, argv, "--conversations", 20'000));
    if (number_option(argc, argv, "--follow", 0) != 0)
      if (auto begun = house.store().follow_into({.folder = scratch.path() / "copy"}, clock); !begun)
        give_up(begun.error().detail);
    house.fill(20'000, 1000);  // the first words of many conversations, and a warm cache
    const std::size_t most = group == 1 ? 3000 : group == 16 ? 40'000 : messages;
    run(house, std::min(messages, most), group, fdatasyncs);
  }
}
