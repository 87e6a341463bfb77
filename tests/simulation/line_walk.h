// A random walk along the waiting line: the real board beside an interpretation of the same table that knows nothing of
// its sets and keys, and the claims of the model (tests/model) asked after every step.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "care/line_board.h"

namespace kith::simulation {

class LineWalk {
 public:
  // Walks the board with `table`; the interpretation always follows kLineTable.
  LineWalk(std::uint64_t seed, const LineTable& table);

  // One thing happens. Something to read when a claim does not hold after it.
  std::optional<std::string> step();
  // The board and the interpretation say the same.
  [[nodiscard]] std::optional<std::string> compare() const;
  // From now on one colleague stays and answers, the other three come and go, and nobody new asks: whoever is in line
  // is given to somebody before that colleague has answered as many as wait now.
  std::optional<std::string> settle();

  std::map<std::string, int> happened;  // how often, so that a walk that tries nothing is noticed

 private:
  // What the store would say, and what really happened to her.
  struct Someone {
    ConversationId id;
    std::optional<int> since;
    bool is_paused = false;
    std::vector<PersonId> companions;
    bool was_with_somebody = false;  // in this wait
    std::set<std::pair<std::size_t, int>>
        may_pass;  // had been with somebody when she came into the line: who, since when
    // as the table says, read by hand
    LineState state = LineState::resting;
    bool is_front = false;
    int placed = 0;
    std::optional<std::size_t> with;
    std::vector<std::size_t> said_not_me;
  };
  struct Colleague {
    PersonId id;
    PresenceLevel level = PresenceLevel::away;
    int capacity = 0;
  };
  using Who = std::size_t;

  int draw(int below);
  void hear(Who who);
  void happens(Who who, LineEvent event, std::optional<Who> colleague = std::nullopt);
  void pass();
  void say_presence(Who colleague, PresenceLevel level, int capacity);
  void ask(Who who);
  void answer(Who who);
  void pause(Who who);
  void end_pause(Who who);
  void take(Who who);
  void not_me(Who who);
  void go_along(Who who);
  void accept(Who who);
  void tell_elsewhere(Who who);
  void crash();

  [[nodiscard]] int load(Who colleague) const;
  [[nodiscard]] std::vector<FreeColleague> free_for(const Someone& someone) const;
  [[nodiscard]] std::vector<Who> line() const;
  [[nodiscard]] Who any_colleague() { return static_cast<Who>(draw(static_cast<int>(team_.size()))); }

  // The claims, asked of the board and of what really happened, never of the interpretation.
  std::optional<std::string> look();
  [[nodiscard]] std::optional<std::string> look_at_everybody() const;
  [[nodiscard]] std::optional<std::string> look_at_room() const;
  std::optional<std::string> look_who_was_given(Who who, PersonId colleague);
  [[nodiscard]] int load_on_board(PersonId colleague) const;
  void meet(Someone& comer);
  void remember();

  std::mt19937_64 random_;
  const LineTable& table_;
  std::optional<LineBoard> board_;
  std::vector<Someone> people_;
  std::vector<Colleague> team_;
  int clock_ = 0;
  std::optional<Who> by_own_will_;  // whom a colleague took in this step
  bool agrees_ = true;              // what the board refused was to be refused, and nothing else
  // as the board was before this step
  std::vector<std::optional<PersonId>> was_with_;
  std::vector<LineState> was_;
};

}  // namespace kith::simulation
