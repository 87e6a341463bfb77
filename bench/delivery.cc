// How long a durable message takes from being sent to being delivered: 1,000 a second, spread over 1,000 visitors with
// two devices each, all connected to the real binary. Counted from the moment it should have been sent, so that a stall
// is seen in every message it delayed. Beside it, how long the disk takes for 4 KiB and an fdatasync during the same
// seconds. Argument: seconds (10).
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "load/figure.h"
#include "load/histogram.h"
#include "load/house.h"
#include "load/visitors.h"

namespace kith::bench {
namespace {

constexpr std::size_t kVisitors = 1'000;
constexpr std::chrono::microseconds kBetween{1'000};

// Both devices of a visitor are neighbours; the even one writes, the odd one listens.
class Devices : public load::LiveVisitors {
 public:
  using LiveVisitors::LiveVisitors;

  load::Histogram run(double seconds) {
    auto begin = load::Clock::now();
    auto until = begin + std::chrono::milliseconds(static_cast<int>(seconds * 1000));
    for (auto due = begin; due < until; due += kBetween) {
      for (auto now = load::Clock::now(); now < due; now = load::Clock::now()) turn(due - now);
      write(next_ % kVisitors * 2, fmt::format("~{:020} {}", due.time_since_epoch().count(), load::kAverageMessage));
      next_ += 7'919;  // a prime, so that everybody has her turn
      ++written_;
    }
    run_until([&] { return latencies_.size() == written_; }, std::chrono::seconds(5));
    if (latencies_.size() < written_)
      throw std::runtime_error(fmt::format("{} of {} were not delivered", written_ - latencies_.size(), written_));
    return latencies_;
  }

 protected:
  void told(std::size_t client, std::string_view type, std::string_view json) override {
    if (type == "refused" || type == "problem") throw std::runtime_error(std::string(json));
    std::size_t at = json.find('~');
    if (type != "event" || client % 2 == 0 || at == std::string_view::npos) return;
    std::chrono::nanoseconds due(std::strtoll(std::string(json.substr(at + 1, 20)).c_str(), nullptr, 10));
    latencies_.add(load::Clock::now().time_since_epoch() - due);
  }

 private:
  load::Histogram latencies_;
  std::size_t next_ = 0;
  std::uint64_t written_ = 0;
};

// Fifty times a second: often enough to see the disk, too seldom to be the load.
class DiskProbe {
 public:
  explicit DiskProbe(const std::filesystem::path& folder)
      : fd_(::open((folder / "probe").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)), thread_([this] { probe(); }) {}
  load::Histogram finish() {
    is_over_ = true;
    thread_.join();
    ::close(fd_);
    return took_;
  }

 private:
  void probe() {
    std::array<char, 4096> block{};
    while (!is_over_) {
      auto begin = load::Clock::now();
      if (::write(fd_, block.data(), block.size()) < 0 || ::fdatasync(fd_) != 0) return;
      took_.add(load::Clock::now() - begin);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  int fd_;
  std::atomic<bool> is_over_ = false;
  load::Histogram took_;
  std::thread thread_;
};

void measure(load::House& house, double seconds) {
  std::vector<std::string> tokens;
  for (const std::string& token : house.begin_visits(kVisitors)) tokens.insert(tokens.end(), 2, token);
  Devices devices(house.port(), std::move(tokens));
  devices.connect_all();
  devices.run_for(std::chrono::milliseconds(500));
  DiskProbe disk(house.folder());
  load::Histogram delivered = devices.run(seconds);
  load::Histogram synced = disk.finish();
  load::print_figure("delivery.fdatasync_p50", synced.quantile_ms(0.5), "ms");
  load::print_figure("delivery.fdatasync_p99", synced.quantile_ms(0.99), "ms");
  load::print_figure("delivery.p50", delivered.quantile_ms(0.5), "ms",
                     fmt::format("at most {:.2f}", std::max(1.5, 3 * synced.quantile_ms(0.5))));
  load::print_figure("delivery.p99", delivered.quantile_ms(0.99), "ms",
                     fmt::format("at most {:.2f}", std::max(10.0, 3 * synced.quantile_ms(0.99))));
}

}  // namespace
}  // namespace kith::bench

int main(int argument_count, char** arguments) {
  using namespace kith;
  load::House house(load::kith_binary(), load::bench_folder());
  bench::measure(house, argument_count > 1 ? std::atof(arguments[1]) : 10);
  return 0;
}
