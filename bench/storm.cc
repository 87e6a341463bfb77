// Everybody is thrown out at once and comes back: 5,000 visitors with two devices each are connected, 1,000 messages a
// second are written, and the real binary is killed with -9 and started again a second later. Every device comes back
// as the panel does: at once, then after 1, 2, 4 ... seconds, each plus or minus half of it at random, from the seq it
// knows. What was written meanwhile, first of all one message into every conversation, must reach each device once and
// in order; what was not acknowledged is written again with the same id. Prints how long it took until the last one was
// back and exact. Argument: connections (10,000).
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <optional>
#include <queue>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "load/exact_visitors.h"
#include "load/figure.h"
#include "load/house.h"

namespace kith::bench {
namespace {

using namespace std::chrono_literals;
using load::Clock;

constexpr std::size_t kDevices = 2;
constexpr std::size_t kWriters = 32;
constexpr std::chrono::microseconds kBetween{1'000};

// As web/packages/wire/src/backoff.ts.
std::chrono::milliseconds backoff(int failures, SeededRandom& random) {
  if (failures <= 0) return 0ms;
  const double middle = std::min(30'000.0, 1'000 * std::exp2(std::min(failures - 1, 10)));
  const double chance = static_cast<double>(random.next() >> 11) * 0x1p-53;
  return std::chrono::milliseconds(std::lround(middle * (0.5 + chance)));
}

class Devices : public load::ExactVisitors {
 public:
  Devices(std::uint16_t port, const std::vector<std::string>& tokens)
      : ExactVisitors(port, tokens, kDevices), states_(tokens.size() * kDevices) {}

  // Connects whoever has waited long enough, then serves what is ready.
  void live(std::chrono::nanoseconds at_most) {
    for (; !waiting_.empty() && waiting_.top().first <= Clock::now(); waiting_.pop()) {
      ++attempts_;
      connect(waiting_.top().second);
    }
    turn(at_most);
  }
  [[nodiscard]] std::size_t attempts() const { return attempts_; }
  [[nodiscard]] std::size_t missed() const { return missed_; }
  // When everybody who was lost was back, sorted.
  [[nodiscard]] std::vector<Clock::time_point> times_back() const {
    std::vector<Clock::time_point> all;
    for (const State& state : states_) all.push_back(state.back_at);
    std::ranges::sort(all);
    return all;
  }

 protected:
  void ended(std::size_t client) override {
    waiting_.emplace(Clock::now() + backoff(states_[client].failures++, random_), client);
    states_[client].is_back = false;
  }
  void arrived(std::size_t client, std::string_view) override { missed_ += states_[client].is_back ? 0 : 1; }
  void caught_up(std::size_t client) override {
    states_[client].is_back = true;
    states_[client].back_at = Clock::now();
  }

 private:
  struct State {
    int failures = 0;
    bool is_back = false;
    Clock::time_point back_at;
  };
  using Waiting = std::pair<Clock::time_point, std::size_t>;
  std::vector<State> states_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  SeededRandom random_{std::random_device{}()};
  std::size_t attempts_ = 0;
  std::size_t missed_ = 0;  // came before their device was caught up
};

// Writes for the visitors, a few at once; what is not answered is written again with the same id.
class Writers : public load::HttpSwarm {
 public:
  Writers(std::uint16_t port, std::vector<std::string> tokens)
      : HttpSwarm(port, kWriters), tokens_(std::move(tokens)), said_(tokens_.size()), writing_(kWriters) {}

  void say(std::size_t visitor) {
    const std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    const std::string text = load::write_numbered({visitor, ++said_[visitor]}, load::kAverageMessage);
    waiting_.push_back({visitor, fmt::format(R"({{"id":"{}","text":"{}"}})", id, text)});
  }
  void say_next() { say(next_ = (next_ + 7'919) % tokens_.size()); }
  void live(std::chrono::nanoseconds at_most) {
    while (!lost_.empty() && lost_.front().first <= Clock::now()) {
      connect(lost_.front().second);
      lost_.pop_front();
    }
    for (std::size_t client = 0; client < size() && !waiting_.empty(); ++client) {
      if (!is_there_[client] || writing_[client]) continue;
      writing_[client] = std::move(waiting_.front());
      waiting_.pop_front();
      request(client, "POST", "/api/visitor/entries", tokens_[writing_[client]->visitor], writing_[client]->json);
    }
    turn(at_most);
  }
  [[nodiscard]] bool is_done() const {
    return waiting_.empty() && std::ranges::none_of(writing_, [](const auto& one) { return one.has_value(); });
  }
  [[nodiscard]] std::uint32_t said_by(std::size_t visitor) const { return said_[visitor]; }
  [[nodiscard]] std::size_t repeated() const { return repeated_; }

 protected:
  void connected(std::size_t client) override {
    is_there_[client] = true;
    HttpSwarm::connected(client);
  }
  void answered(std::size_t client, int status, std::string_view body) override {
    if (status != 201 && status != 200) throw std::runtime_error(fmt::format("{} {}", status, body));
    writing_[client].reset();
  }
  void ended(std::size_t client) override {
    is_there_[client] = false;
    lost_.emplace_back(Clock::now() + 50ms, client);
    if (!writing_[client]) return;
    ++repeated_;
    waiting_.push_front(std::move(*std::exchange(writing_[client], std::nullopt)));
  }

 private:
  struct Post {
    std::size_t visitor;
    std::string json;
  };
  std::vector<std::string> tokens_;
  std::vector<std::uint32_t> said_;
  std::deque<Post> waiting_;
  std::vector<std::optional<Post>> writing_;
  std::vector<bool> is_there_ = std::vector<bool>(kWriters);
  std::deque<std::pair<Clock::time_point, std::size_t>> lost_;
  std::size_t next_ = 0;
  std::size_t repeated_ = 0;
  SystemClock clock_;
  SeededRandom random_{std::random_device{}()};
};

class Storm {
 public:
  Storm(load::House& house, std::vector<std::string> tokens)
      : house_(house), tokens_(std::move(tokens)), devices_(house.port(), tokens_), writers_(house.port(), tokens_) {}

  void run() {
    devices_.connect_all();
    writers_.connect_all();
    write_until(Clock::now() + 5s, [] { return false; });
    const auto killed = Clock::now();
    const std::uint16_t port = house_.port();
    house_.kill();
    // Long enough for everybody to have tried in vain.
    write_until(Clock::now() + 1s, [] { return false; });
    house_.start_at(port);
    for (std::size_t visitor = 0; visitor < tokens_.size(); ++visitor) writers_.say(visitor);
    Clock::time_point house_back;
    const bool are_back = write_until(killed + 60s, [&] {
      if (house_back == Clock::time_point() && house_.server().has_spoken()) house_back = Clock::now();
      return devices_.lost() >= devices_.size() && devices_.ready() == devices_.size() &&
             house_back != Clock::time_point();
    });
    const bool is_settled = are_back && settle();
    print(killed, house_back, are_back);
    if (!is_settled) throw std::runtime_error("not everybody was back and exact");
  }

 private:
  template <class IsDone>
  bool write_until(Clock::time_point until, const IsDone& is_done) {
    for (auto due = Clock::now(); !is_done(); due += kBetween) {
      if (due > until) return false;
      do {
        writers_.live(0ns);
        devices_.live(std::max<std::chrono::nanoseconds>(due - Clock::now(), 0ns));
      } while (Clock::now() < due);
      writers_.say_next();
    }
    return true;
  }
  [[nodiscard]] std::size_t missing() const {
    std::size_t sum = 0;
    for (std::size_t client = 0; client < devices_.size(); ++client)
      sum += devices_.missing(client, writers_.said_by(devices_.visitor_of(client)));
    return sum;
  }
  bool settle() {
    for (auto until = Clock::now() + 20s; !writers_.is_done() || missing() > 0;) {
      if (Clock::now() > until) return false;
      for (int i = 0; i < 100; ++i) {
        writers_.live(0ns);
        devices_.live(1ms);
      }
    }
    return devices_.wrong() == 0;
  }
  void print(Clock::time_point killed, Clock::time_point house_back, bool are_back) const {
    auto seconds = [](Clock::duration time) { return std::chrono::duration<double>(time).count(); };
    const auto back = devices_.times_back();
    load::print_figure("storm.house_back", seconds(house_back - killed), "s after kill -9, one of them wanted");
    load::print_figure("storm.half_back", seconds(back[back.size() / 2] - killed), "s");
    load::print_figure("storm.all_back", are_back ? seconds(back.back() - killed) : 1e9, "s", "below 15");
    load::print_figure("storm.connects", static_cast<double>(devices_.attempts()), "tries");
    load::print_figure("storm.written_again", static_cast<double>(writers_.repeated()), "messages");
    load::print_figure("storm.missed", static_cast<double>(devices_.missed()), "messages that came while catching up");
    load::print_figure("storm.lost", static_cast<double>(missing()), "messages", "0");
    load::print_figure("storm.doubled", static_cast<double>(devices_.wrong()), "messages", "0");
  }

  load::House& house_;
  std::vector<std::string> tokens_;
  Devices devices_;
  Writers writers_;
};

}  // namespace
}  // namespace kith::bench

int main(int argument_count, char** arguments) {
  using namespace kith;
  const std::size_t connections = argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 10'000;
  load::House house(load::kith_binary(), load::bench_folder());
  bench::Storm(house, house.begin_visits(connections / bench::kDevices)).run();
  return 0;
}
