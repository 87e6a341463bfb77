// How soon the real binary is ready: from its start to the first /readyz that says 200, on an empty folder and on many
// entries; and from its start after kill -9 in the middle of writing to the first message that is kept.
// --entries N (1,000,000).
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "load/figure.h"
#include "load/house.h"
#include "load/swarm.h"
#include "load/visitors.h"
#include "store_bench.h"

namespace kith::bench {
namespace {

// Asks one thing of the house again and again until it is granted.
class Asking : public load::HttpSwarm {
 public:
  Asking(std::uint16_t port, int wanted, std::string method, std::string target, std::string token = {})
      : HttpSwarm(port, 1),
        wanted_(wanted),
        method_(std::move(method)),
        target_(std::move(target)),
        token_(std::move(token)) {}

  void run() {
    connect_all();
    ask();
    if (!run_until([this] { return is_granted_; })) throw std::runtime_error("the house does not answer " + target_);
  }

 protected:
  void answered(std::size_t, int status, std::string_view) override {
    is_granted_ = status == wanted_;
    if (!is_granted_) ask();
  }

 private:
  void ask() {
    const std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    request(0, method_, target_, token_,
            method_ == "GET" ? "" : fmt::format(R"({{"id":"{}","text":"{}"}})", id, load::kAverageMessage));
  }

  int wanted_;
  std::string method_, target_, token_;
  bool is_granted_ = false;
  SystemClock clock_;
  SystemRandom random_;
};

// Many write until the connection is lost.
class Writers : public load::HttpSwarm {
 public:
  Writers(std::uint16_t port, std::vector<std::string> tokens)
      : HttpSwarm(port, tokens.size()), tokens_(std::move(tokens)) {}
  void begin() {
    connect_all();
    for (std::size_t client = 0; client < size(); ++client) post(client);
  }

 protected:
  void answered(std::size_t client, int, std::string_view) override { post(client); }

 private:
  void post(std::size_t client) {
    const std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    request(client, "POST", "/api/visitor/entries", tokens_[client],
            fmt::format(R"({{"id":"{}","text":"{}"}})", id, load::kAverageMessage));
  }

  std::vector<std::string> tokens_;
  SystemClock clock_;
  SystemRandom random_;
};

// Milliseconds of the middle one of five acts, each made ready first without counting.
template <class MakeReady, class Act>
double middle_ms(const MakeReady& make_ready, const Act& act) {
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) {
    make_ready();
    const auto began = std::chrono::steady_clock::now();
    act();
    times.push_back(seconds_since(began) * 1e3);
  }
  return percentile(times, 0.5);
}

void wait_until_ready(const load::House& house) {
  Asking(house.port(), 200, "GET", "/readyz").run();
}

void measure_empty() {
  load::House house(load::kith_binary(), load::bench_folder());
  const double ms = middle_ms([&] { house.kill_and_clear(); },
                              [&] {
                                house.start();
                                wait_until_ready(house);
                              });
  load::print_figure("start.empty", ms, "ms to /readyz", "below 300");
}

void measure_full(std::size_t entries) {
  load::House house(load::kith_binary(), load::bench_folder(),
                    [entries](const std::filesystem::path& data) { BenchHouse(data, 20'000).fill(entries, 1000); });
  const std::vector<std::string> tokens = house.begin_visits(17);
  const double to_ready = middle_ms([&] { house.kill(); },
                                    [&] {
                                      house.start();
                                      wait_until_ready(house);
                                    });
  load::print_figure(fmt::format("start.{}_entries", entries), to_ready, "ms to /readyz", "below 2,000");

  const auto kill_while_writing = [&] {
    Writers writers(house.port(), {tokens.begin() + 1, tokens.end()});
    writers.begin();
    writers.run_for(std::chrono::seconds(1));
    house.kill();
  };
  const double to_kept = middle_ms(kill_while_writing, [&] {
    house.start();
    Asking(house.port(), 201, "POST", "/api/visitor/entries", tokens.front()).run();
  });
  load::print_figure(fmt::format("start.after_kill_9.{}_entries", entries), to_kept, "ms to the first message kept",
                     "below 2,000");
}

}  // namespace
}  // namespace kith::bench

int main(int argc, char** argv) {
  using namespace kith;
  bench::measure_empty();
  bench::measure_full(bench::number_option(argc, argv, "--entries", 1'000'000));
  return 0;
}
