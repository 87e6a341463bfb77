// Durable messages per second, end to end over HTTP of the real binary: 1, 16 and 256 visitors on keep-alive
// connections, each of whom posts the next message when the last one is answered. Argument: seconds per figure (3).
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "load/house.h"
#include "load/senders_figure.h"
#include "load/visitors.h"

namespace kith::bench {
namespace {

class Senders : public load::HttpSwarm {
 public:
  Senders(std::uint16_t port, std::vector<std::string> tokens)
      : HttpSwarm(port, tokens.size()), tokens_(std::move(tokens)) {}
  void begin() {
    for (std::size_t client = 0; client < size(); ++client) post(client);
  }
  [[nodiscard]] std::uint64_t kept() const { return kept_; }

 protected:
  void answered(std::size_t client, int status, std::string_view body) override {
    if (status != 201) throw std::runtime_error(fmt::format("{} {}", status, body));
    ++kept_;
    post(client);
  }

 private:
  void post(std::size_t client) {
    std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    request(client, "POST", "/api/visitor/entries", tokens_[client],
            fmt::format(R"({{"id":"{}","text":"{}"}})", id, load::kAverageMessage));
  }

  std::vector<std::string> tokens_;
  std::uint64_t kept_ = 0;
  SystemClock clock_;
  SeededRandom random_{std::random_device{}()};
};

void measure(const load::House& house, std::vector<std::string> tokens, double seconds) {
  Senders senders(house.port(), std::move(tokens));
  load::print_senders_figure("http_messages", house, senders, seconds);
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
