// Who is compared in bench/peers, how each is measured, and how it is told: one line per figure as it comes, and a
// table in the end.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "load/rooms.h"
#include "load/server_process.h"

namespace kith::bench {

struct Setting {
  double seconds = 3;
  std::size_t rounds = 3;
  std::size_t connections = 9'999;
  std::size_t active_rooms = 300;  // as fast as it goes
  double rate = 1'000;             // messages a second, paced
  std::string node = "bench";      // folder of the peers' node_modules
  std::string only;                // names with commas around them; empty: all
};

struct Measured {
  double fast = 0;       // deliveries per CPU second, as fast as it goes
  double fast_rate = 0;  // deliveries a second meanwhile
  double paced = 0;      // deliveries per CPU second, paced
  double p50_ms = 0;     // from when it should have been said until it arrived, paced
  double p99_ms = 0;
  double idle_bytes = 0;  // per connection, outside the kernel
};

// Connects everybody and measures both ways of talking. Throws when anything is lost, doubled or not acknowledged.
// `acknowledges`: every message must be acknowledged as well.
Measured measure_talk(load::RoomSwarm& swarm, const load::ServerProcess& server, const Setting& setting,
                      bool acknowledges);

class Contest {
 public:
  explicit Contest(Setting setting) : setting_(std::move(setting)) {}

  // `title` says in the table what it does. `measure` throws with the reason when it cannot be measured.
  void add(std::string name, std::string title, std::function<Measured()> measure);
  void add_limit(std::string name, std::string title, std::function<double()> measure);
  // What `above` should reach, in times of `below`.
  void expect(std::string above, std::string below, double least);

  // All rounds, then the table. False when anybody was not measured or something was lost.
  bool run();

 private:
  struct Contestant {
    std::string name, title;
    std::function<Measured()> measure;
    std::vector<std::optional<Measured>> rounds;
    std::string why_not;  // not measured
  };
  struct Limit {
    std::string name, title;
    std::function<double()> measure;
    std::vector<double> rounds;
  };
  struct Expectation {
    std::string above, below;
    double least;
  };

  [[nodiscard]] bool is_wanted(const std::string& name) const;
  void measure(Contestant& contestant, std::size_t round);
  [[nodiscard]] const Contestant* find(const std::string& name) const;
  // The middle of the rounds' own ratios, of this figure.
  [[nodiscard]] std::optional<std::vector<double>> ratios(const Expectation& wanted, double Measured::* figure) const;
  void print_figures() const;
  void print_table() const;
  void print_ratios() const;

  Setting setting_;
  std::vector<Contestant> contestants_;
  std::vector<Limit> limits_;
  std::vector<Expectation> expectations_;
};

}  // namespace kith::bench
