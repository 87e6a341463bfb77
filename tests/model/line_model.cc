// Writes line_moves.pml: the moves of the waiting line as Promela, from the table of domain/line_move.h, which the
// board follows as well. line.pml holds the world around them; tests/model/run.sh lets spin prove its claims, and lets
// it find what is wrong with every mutant.
#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "domain/line_move.h"
#include "model/line_mutants.h"

namespace kith {
namespace {

// The engine of the model, otherwise than the board is.
struct EngineMutant {
  std::string_view name;
  std::string_view claim;  // that must notice
  std::string_view define;
};
constexpr std::array kEngineMutants{
    EngineMutant{"gives_to_a_beat", "owned", "GIVES_TO_A_BEAT"},
    EngineMutant{"capacity_ignored", "capacity", "CAPACITY_IGNORED"},
    EngineMutant{"one_per_pass", "drained", "ONE_PER_PASS"},
    EngineMutant{"no_pass_after_an_answer", "drained", "NO_PASS_AFTER_AN_ANSWER"},
    EngineMutant{"last_come_first_served", "served", "LAST_COME_FIRST_SERVED"},
};

struct Model {
  LineTable table = kLineTable;
  std::string engine;  // #defines by which the engine differs
};

std::string place_of(LinePlace place) {
  switch (place) {
    case LinePlace::none:
      return "needs_no_place(c)";
    case LinePlace::keeps:
      return "skip";
    case LinePlace::by_time:
      return "place_by_time(c)";
    case LinePlace::front:
      return "place_in_front(c)";
    case LinePlace::end:
      return "place_at_end(c)";
    case LinePlace::refused:
      break;
  }
  return "refused = true";
}

// One inline for every event, with one row for every state.
std::string moves_of(const LineTable& table) {
  std::string out;
  for (std::size_t event = 0; event < kLineEvents; ++event) {
    out += fmt::format("inline on_{}(c) {{\n  if\n", kLineEventWords[event]);
    for (std::size_t from = 0; from < kLineStates; ++from) {
      const LineMove& move = table[from][event];
      const bool keeps_colleague = is_with_colleague(move.next);
      out += fmt::format("  :: state[c] == {} -> {}; state[c] = {}{}\n", kLineStateWords[from], place_of(move.place),
                         word_of(move.next), keeps_colleague ? "" : "; with[c] = NOBODY");
    }
    out += "  fi\n}\n";
  }
  return out;
}

std::string states() {
  std::string out;
  for (std::size_t state = 0; state < kLineStates; ++state)
    out += fmt::format("#define {} {}\n", kLineStateWords[state], state);
  return out;
}

std::string written(const Model& model) {
  return fmt::format("/* Written by kith_line_model from src/domain/line_move.h. */\n{}{}\n{}", model.engine, states(),
                     moves_of(model.table));
}

int say_what_is_known() {
  for (const LineMutant& mutant : line_mutants::kAll) fmt::print("{} {}\n", mutant.name, mutant.claim);
  for (const EngineMutant& mutant : kEngineMutants) fmt::print("{} {}\n", mutant.name, mutant.claim);
  return 0;
}

std::optional<Model> mutant_called(std::string_view name) {
  const auto table = std::ranges::find(line_mutants::kAll, name, &LineMutant::name);
  if (table != line_mutants::kAll.end()) return Model{table_of(*table), {}};
  const auto engine = std::ranges::find(kEngineMutants, name, &EngineMutant::name);
  if (engine != kEngineMutants.end()) return Model{kLineTable, fmt::format("#define {}\n", engine->define)};
  return std::nullopt;
}

int usage() {
  fmt::print(stderr, "usage: kith_line_model [--mutant NAME | --mutants]\n");
  return 2;
}

}  // namespace
}  // namespace kith

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  if (words.size() == 1 && words[0] == "--mutants") return kith::say_what_is_known();
  if (words.size() == 2 && words[0] == "--mutant") {
    const auto model = kith::mutant_called(words[1]);
    if (!model) return kith::usage();
    fmt::print("{}", kith::written(*model));
    return 0;
  }
  if (!words.empty()) return kith::usage();
  fmt::print("{}", kith::written({}));
  return 0;
}
