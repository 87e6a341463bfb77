// A thousand live connections take nothing any more while messages flow to them: 500 visitors with three devices each,
// two of which do not read, and 1,000 messages of 4 KB a second for them. Beside them 500 other visitors with three
// devices each, 500 messages of 98 bytes a second, whose delivery is measured: first while everybody reads, then while
// the thousand do not, until the house has let go of every one of them: because too much waits for her, or because she
// has said nothing for too long, since whoever reads nothing answers no ping. Prints how much memory that took and what
// the others noticed. In the end the thousand read what is left, those who were cut are told 1013, all come back from
// the seq they know, and must have every message once and in order. Arguments: connections that never read (1,000),
// seconds of each part at least (20).
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

#include "load/exact_visitors.h"
#include "load/figure.h"
#include "load/histogram.h"
#include "load/house.h"

namespace kith::bench {
namespace {

using namespace std::chrono_literals;
using load::Clock;

constexpr std::size_t kDevices = 3;  // the first one writes, the others listen, or do not
constexpr std::size_t kOthers = 500;
constexpr std::chrono::microseconds kBetween{2'000};
constexpr std::size_t kHeavyBytes = 4'000;
// What a small machine keeps for a program that does not read. Ours would keep megabytes, in the memory of the same
// system.
constexpr int kListenersRoom = 16 * 1024;

class Visitors : public load::ExactVisitors {
 public:
  Visitors(std::uint16_t port, const std::vector<std::string>& tokens, std::size_t stuck)
      : ExactVisitors(port, tokens, kDevices),
        stuck_(stuck),
        said_(tokens.size()),
        codes_(tokens.size() * kDevices),
        heavy_(kHeavyBytes, 'x') {}

  // Two heavy messages for those who are stuck and one for the others, every two milliseconds, while `goes_on`.
  template <class GoesOn>
  load::Histogram talk(const GoesOn& goes_on) {
    latencies_ = load::Histogram();
    for (auto due = Clock::now(); goes_on(); due += kBetween) {
      for (auto now = Clock::now(); now < due; now = Clock::now()) turn(due - now);
      say(next_stuck(), heavy_);
      say(next_stuck(), heavy_);
      next_other_ = (next_other_ + 7'919) % kOthers;
      say(stuck_ + next_other_,
          fmt::format("{:020} {}", due.time_since_epoch().count(), load::kAverageMessage.substr(0, 65)));
    }
    return latencies_;
  }
  void stop_reading() {
    each_stuck([this](std::size_t client) { read_nothing(client); });
  }
  void go_on_reading() {
    each_stuck([this](std::size_t client) { read_again(client); });
  }
  void come_back() {
    each_stuck([this](std::size_t client) { connect(client); });
  }
  [[nodiscard]] std::size_t heard_goodbye(std::uint16_t code) const {
    return static_cast<std::size_t>(std::ranges::count(codes_, code));
  }
  [[nodiscard]] std::size_t missing() const {
    std::size_t sum = 0;
    for (std::size_t client = 0; client < size(); ++client)
      sum += ExactVisitors::missing(client, said_[visitor_of(client)]);
    return sum;
  }

 protected:
  [[nodiscard]] int receive_room(std::size_t client) const override {
    return visitor_of(client) < stuck_ && client % kDevices != 0 ? kListenersRoom : 0;
  }
  void arrived(std::size_t client, std::string_view json) override {
    if (visitor_of(client) < stuck_ || client % kDevices == 0) return;
    const std::string digits(json.substr(json.find('~') + 12, 20));
    latencies_.add(Clock::now().time_since_epoch() -
                   std::chrono::nanoseconds(std::strtoll(digits.c_str(), nullptr, 10)));
  }
  void told_goodbye(std::size_t client, std::uint16_t code) override { codes_[client] = code; }

 private:
  template <class Act>
  void each_stuck(const Act& act) {
    for (std::size_t client = 0; client < stuck_ * kDevices; ++client)
      if (client % kDevices != 0) act(client);
  }
  std::size_t next_stuck() { return next_stuck_ = (next_stuck_ + 7'919) % stuck_; }
  void say(std::size_t visitor, std::string_view rest) {
    write(visitor * kDevices, load::write_numbered({visitor, ++said_[visitor]}, rest));
  }

  std::size_t stuck_;  // the first so many visitors
  std::vector<std::uint32_t> said_;
  std::vector<std::uint16_t> codes_;
  std::string heavy_;
  load::Histogram latencies_;
  std::size_t next_stuck_ = 0, next_other_ = 0;
};

// /metrics, asked for again and again without waiting for it.
class Gauges : public load::HttpSwarm {
 public:
  explicit Gauges(std::uint16_t port) : HttpSwarm(port, 1) {}
  [[nodiscard]] double connections() const { return connections_; }
  [[nodiscard]] double cut() const { return cut_; }

 protected:
  void connected(std::size_t client) override {
    HttpSwarm::connected(client);
    request(client, "GET", "/metrics", {}, {});
  }
  void answered(std::size_t client, int, std::string_view body) override {
    connections_ = value_in(body, "\nkith_live_connections ");
    cut_ = value_in(body, "\nkith_live_cut_for_slowness ");
    request(client, "GET", "/metrics", {}, {});
  }

 private:
  static double value_in(std::string_view body, std::string_view name) {
    const std::size_t at = body.find(name);
    if (at == std::string_view::npos) throw std::runtime_error("/metrics has no" + std::string(name));
    return std::strtod(std::string(body.substr(at + name.size(), 30)).c_str(), nullptr);
  }

  double connections_ = 0, cut_ = 0;
};

// What the system holds for all TCP sockets of this machine, both ends.
double kernel_bytes() {
  std::ifstream file("/proc/net/sockstat");
  for (std::string line; std::getline(file, line);)
    if (const std::size_t at = line.find(" mem "); line.starts_with("TCP:") && at != std::string::npos)
      return std::strtod(line.c_str() + at + 5, nullptr) * 4096;
  return 0;
}

// Looks at the server while `visitors` talk, four times a second, in both parts alike.
class Watch {
 public:
  Watch(const load::House& house, Visitors& visitors) : house_(house), visitors_(visitors), gauges_(house.port()) {
    gauges_.connect_all();
  }
  // Until `is_over(seconds since it began)`; the p99 of the others in ms.
  template <class IsOver>
  double talk(const IsOver& is_over) {
    most_memory = most_kernel = 0;
    const auto begin = Clock::now();
    auto look_at = begin;
    return visitors_
        .talk([&] {
          const auto now = Clock::now();
          if (now < look_at) return true;
          look_at = now + 250ms;
          gauges_.turn(0ns);
          most_memory = std::max(most_memory, house_.server().resident_bytes());
          most_kernel = std::max(most_kernel, kernel_bytes());
          return !is_over(std::chrono::duration<double>(now - begin).count());
        })
        .quantile_ms(0.99);
  }
  [[nodiscard]] const Gauges& gauges() const { return gauges_; }

  double most_memory = 0, most_kernel = 0;

 private:
  const load::House& house_;
  Visitors& visitors_;
  Gauges gauges_;
};

void measure(load::House& house, std::size_t stuck, double seconds) {
  constexpr double kMega = 1e6;
  const std::size_t stuck_visitors = stuck / (kDevices - 1);
  Visitors visitors(house.port(), house.begin_visits(stuck_visitors + kOthers), stuck_visitors);
  visitors.connect_all();
  Watch watch(house, visitors);
  // For the first half minute of a new house its disk and its index become slower by themselves.
  watch.talk([](double passed) { return passed > 35; });
  const double before = watch.talk([=](double passed) { return passed > seconds; });
  const double memory = watch.most_memory, kernel = watch.most_kernel;

  const double everybody = watch.gauges().connections();
  visitors.stop_reading();
  double all_gone_after = 0;
  const double meanwhile = watch.talk([&](double passed) {
    const bool are_gone = watch.gauges().connections() <= everybody - static_cast<double>(stuck);
    if (all_gone_after == 0 && are_gone) all_gone_after = passed;
    return passed > seconds && (all_gone_after > 0 || passed > 240);
  });
  const double cut = watch.gauges().cut();
  load::print_figure("never_read.gone", everybody - watch.gauges().connections(), "connections", fmt::to_string(stuck));
  load::print_figure("never_read.all_gone_after", all_gone_after, "s");
  load::print_figure("never_read.memory_growth", (watch.most_memory - memory) / kMega, "MB", "below 100");
  load::print_figure("never_read.kernel_growth", (watch.most_kernel - kernel) / kMega, "MB, both ends");
  load::print_figure("never_read.others_p99_before", before, "ms");
  load::print_figure("never_read.others_p99", meanwhile, "ms", fmt::format("at most {:.2f}", before * 1.2));

  // Longer than the house waits for a goodbye, so that whoever reads now finds what was left for her.
  visitors.run_for(4s);
  visitors.go_on_reading();
  const bool all_hear = visitors.run_until([&] { return visitors.lost() >= stuck; }, 30s);
  // Not everybody is: to read a ping is to answer it, and an answer to a house that has hung up throws away what it
  // said.
  load::print_figure("never_read.told_1013", static_cast<double>(visitors.heard_goodbye(1013)),
                     fmt::format("of {:.0f} who were cut", cut));
  if (!all_hear || visitors.lost() > stuck)
    throw std::runtime_error(fmt::format("{} connections ended instead of {}", visitors.lost(), stuck));
  visitors.come_back();
  const bool is_exact = visitors.run_until([&] { return visitors.missing() == 0; }, 60s) && visitors.wrong() == 0;
  load::print_figure("never_read.lost", static_cast<double>(visitors.missing()), "messages", "0");
  load::print_figure("never_read.doubled", static_cast<double>(visitors.wrong()), "messages", "0");
  if (!is_exact) throw std::runtime_error("not everybody has everything, once and in order");
}

}  // namespace
}  // namespace kith::bench

int main(int argument_count, char** arguments) {
  using namespace kith;
  load::House house(load::kith_binary(), load::bench_folder());
  bench::measure(house, argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 1'000,
                 argument_count > 2 ? std::atof(arguments[2]) : 20);
  return 0;
}
