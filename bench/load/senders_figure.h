// Runs senders who write their next message as soon as the last one is kept, and prints how many were kept a second and
// what one cost the server. The first half second warms up and does not count.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "load/figure.h"
#include "load/house.h"
#include "load/swarm.h"

namespace kith::load {

// `Senders` is a swarm with begin() and kept(), the number of messages kept so far.
template <class Senders>
void print_senders_figure(std::string_view name, const House& house, Senders& senders, double seconds) {
  senders.connect_all();
  senders.begin();
  senders.run_for(std::chrono::milliseconds(500));
  const std::uint64_t before = senders.kept();
  const double cpu = house.server().cpu_seconds();
  const auto begin = Clock::now();
  senders.run_for(std::chrono::milliseconds(static_cast<int>(seconds * 1000)));
  const double wall = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto kept = static_cast<double>(senders.kept() - before);
  const std::string figure = fmt::format("{}.senders_{}", name, senders.size());
  print_figure(figure, kept / wall, "durable messages/s", senders.size() == 256 ? "at least 10,000" : "");
  print_figure(figure + ".server_cpu", (house.server().cpu_seconds() - cpu) / kept * 1e6, "us/message");
}

}  // namespace kith::load
