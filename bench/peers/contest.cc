#include "peers/contest.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

#include "load/figure.h"

namespace kith::bench {
namespace {

using namespace std::chrono_literals;

std::chrono::nanoseconds nanoseconds_of(double seconds) {
  return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

// What was delivered and what it cost the server, from here on.
class Span {
 public:
  Span(const load::RoomSwarm& swarm, const load::ServerProcess& server)
      : swarm_(swarm), server_(server), delivered_(swarm.rooms().delivered()), cpu_(server.cpu_seconds()) {}
  [[nodiscard]] double deliveries() const { return static_cast<double>(swarm_.rooms().delivered() - delivered_); }
  [[nodiscard]] double per_cpu_second() const { return deliveries() / (server_.cpu_seconds() - cpu_); }
  [[nodiscard]] double per_second() const {
    return deliveries() / std::chrono::duration<double>(load::Clock::now() - begin_).count();
  }

 private:
  const load::RoomSwarm& swarm_;
  const load::ServerProcess& server_;
  load::Clock::time_point begin_ = load::Clock::now();
  std::uint64_t delivered_;
  double cpu_;
};

void check_complete(load::RoomSwarm& swarm, bool acknowledges) {
  const load::Rooms& rooms = swarm.rooms();
  if (!swarm.settle())
    throw std::runtime_error(
        fmt::format("LOST {} of {} deliveries", rooms.expected() - rooms.delivered(), rooms.expected()));
  swarm.run_for(50ms);  // whatever is too much may still come
  if (rooms.wrong() > 0 || rooms.delivered() > rooms.expected())
    throw std::runtime_error(fmt::format("{} deliveries came twice, out of order or to the wrong room", rooms.wrong()));
  if (swarm.lost() > 0) throw std::runtime_error(fmt::format("{} connections were lost", swarm.lost()));
  if (acknowledges && !swarm.run_until([&] { return rooms.acknowledgements() == rooms.said(); }, 5s))
    throw std::runtime_error(
        fmt::format("{} messages, but {} acknowledgements", rooms.said(), rooms.acknowledgements()));
}

double middle(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string with_commas(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

Measured measure_talk(load::RoomSwarm& swarm, const load::ServerProcess& server, const Setting& setting,
                      bool acknowledges) {
  Measured measured;
  const double empty = server.anonymous_bytes();
  swarm.connect_all(200, 240s);
  if (swarm.came_again() > 0)
    fmt::print("peers: {} of {} were hung up on at the door and came again\n", swarm.came_again(), swarm.size());
  swarm.run_for(500ms);
  measured.idle_bytes = (server.anonymous_bytes() - empty) / static_cast<double>(swarm.size());

  swarm.begin_rounds(setting.active_rooms);
  swarm.run_for(700ms);
  {
    Span span(swarm, server);
    swarm.run_for(nanoseconds_of(setting.seconds));
    measured.fast = span.per_cpu_second();
    measured.fast_rate = span.per_second();
  }
  swarm.end_rounds();
  check_complete(swarm, acknowledges);

  swarm.run_for(300ms);
  {
    Span span(swarm, server);
    swarm.talk_paced(setting.rate, nanoseconds_of(setting.seconds));
    swarm.settle();
    measured.paced = span.per_cpu_second();
  }
  check_complete(swarm, acknowledges);
  measured.p50_ms = swarm.rooms().latencies().quantile_ms(0.5);
  measured.p99_ms = swarm.rooms().latencies().quantile_ms(0.99);
  return measured;
}

void Contest::add(std::string name, std::string title, std::function<Measured()> measure) {
  if (is_wanted(name)) contestants_.push_back({std::move(name), std::move(title), std::move(measure), {}, {}});
}

void Contest::add_limit(std::string name, std::string title, std::function<double()> measure) {
  if (is_wanted(name)) limits_.push_back({std::move(name), std::move(title), std::move(measure), {}});
}

void Contest::expect(std::string above, std::string below, double least) {
  expectations_.push_back({std::move(above), std::move(below), least});
}

bool Contest::is_wanted(const std::string& name) const {
  return setting_.only.empty() || setting_.only.contains("," + name + ",");
}

bool Contest::run() {
  for (std::size_t round = 1; round <= setting_.rounds; ++round) {
    for (Limit& limit : limits_) {
      limit.rounds.push_back(limit.measure());
      load::print_figure(fmt::format("peers.round_{}.{}", round, limit.name), limit.rounds.back(), limit.title);
    }
    for (Contestant& contestant : contestants_) measure(contestant, round);
  }
  print_figures();
  print_table();
  print_ratios();
  return std::ranges::all_of(contestants_, [](const Contestant& each) { return each.why_not.empty(); });
}

void Contest::measure(Contestant& contestant, std::size_t round) {
  contestant.rounds.emplace_back();
  try {
    const Measured measured = contestant.measure();
    load::print_figure(fmt::format("peers.round_{}.{}", round, contestant.name), measured.fast, "deliveries/CPU s");
    contestant.rounds.back() = measured;
  } catch (const std::exception& problem) {
    contestant.why_not = problem.what();
    std::printf("peers.round_%zu.%s NOT MEASURED: %s\n", round, contestant.name.c_str(), problem.what());
    std::fflush(stdout);
  }
}

const Contest::Contestant* Contest::find(const std::string& name) const {
  auto found = std::ranges::find_if(contestants_, [&](const Contestant& each) { return each.name == name; });
  return found == contestants_.end() ? nullptr : &*found;
}

std::optional<std::vector<double>> Contest::ratios(const Expectation& wanted, double Measured::* figure) const {
  const Contestant* above = find(wanted.above);
  const Contestant* below = find(wanted.below);
  if (!above || !below) return std::nullopt;
  std::vector<double> all;
  for (std::size_t i = 0; i < std::min(above->rounds.size(), below->rounds.size()); ++i)
    if (above->rounds[i] && below->rounds[i]) all.push_back(*above->rounds[i].*figure / *below->rounds[i].*figure);
  if (all.empty()) return std::nullopt;
  std::ranges::sort(all);
  return all;
}

namespace {

template <class Contestant>
double middle_of(const Contestant& contestant, double Measured::* figure) {
  std::vector<double> values;
  for (const auto& round : contestant.rounds)
    if (round) values.push_back(*round.*figure);
  return middle(std::move(values));
}

template <class Contestant>
bool was_measured(const Contestant& contestant) {
  return std::ranges::any_of(contestant.rounds, [](const auto& round) { return round.has_value(); });
}

}  // namespace

void Contest::print_figures() const {
  for (const Contestant& each : contestants_) {
    if (!was_measured(each)) continue;
    const std::string name = "peers." + each.name;
    load::print_figure(name, middle_of(each, &Measured::fast), "deliveries/CPU s");
    load::print_figure(name + ".deliveries", middle_of(each, &Measured::fast_rate), "a second");
    load::print_figure(name + ".paced", middle_of(each, &Measured::paced), "deliveries/CPU s");
    load::print_figure(name + ".paced_p50", middle_of(each, &Measured::p50_ms), "ms");
    load::print_figure(name + ".paced_p99", middle_of(each, &Measured::p99_ms), "ms");
    load::print_figure(name + ".idle_bytes", middle_of(each, &Measured::idle_bytes), "bytes/connection");
  }
}

void Contest::print_table() const {
  fmt::print(
      "\n{} connections in rooms of three, messages of 98 bytes, the middle of {} rounds of {} s; paced: {} "
      "messages a second.\n\n",
      setting_.connections, setting_.rounds, setting_.seconds, with_commas(setting_.rate));
  fmt::print(
      "| | what it does | deliveries / CPU s | deliveries / s | paced: deliveries / CPU s | paced: p50 / p99 ms | "
      "idle bytes / connection |\n|---|---|---|---|---|---|---|\n");
  for (const Contestant& each : contestants_) {
    if (!was_measured(each)) {
      fmt::print("| `{}` | {} | **not measured: {}** | | | | |\n", each.name, each.title, each.why_not);
      continue;
    }
    fmt::print("| `{}` | {}{} | {} | {} | {} | {:.2f} / {:.2f} | {} |\n", each.name, each.title,
               each.why_not.empty() ? "" : " (**not in every round: " + each.why_not + "**)",
               with_commas(middle_of(each, &Measured::fast)), with_commas(middle_of(each, &Measured::fast_rate)),
               with_commas(middle_of(each, &Measured::paced)), middle_of(each, &Measured::p50_ms),
               middle_of(each, &Measured::p99_ms), with_commas(middle_of(each, &Measured::idle_bytes)));
  }
  if (!limits_.empty()) fmt::print("\n| limit of this machine | |\n|---|---|\n");
  for (const Limit& each : limits_)
    fmt::print("| `{}` | {} {} |\n", each.name, with_commas(middle(each.rounds)), each.title);
}

void Contest::print_ratios() const {
  fmt::print("\n| deliveries / CPU s of one round | goal | middle (all rounds) | paced |\n|---|---|---|---|\n");
  for (const Expectation& each : expectations_) {
    const auto fast = ratios(each, &Measured::fast), paced = ratios(each, &Measured::paced);
    if (!fast || !paced) continue;
    const double reached = middle(*fast);
    const std::string goal = each.least > 0 ? fmt::format("{:.2f}", each.least) : "";
    fmt::print("| `{}` / `{}` | {} | {:.2f}{} ({:.2f} - {:.2f}) | {:.2f} |\n", each.above, each.below, goal, reached,
               each.least > 0 && reached < each.least ? " **missed**" : "", fast->front(), fast->back(),
               middle(*paced));
  }
  std::fflush(stdout);
}

}  // namespace kith::bench
