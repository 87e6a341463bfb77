// Tables of the waiting line that could seem fine and are not, and which claim says so. The model finds each of them
// out, and so do the random walks on the real board (tests/simulation/property_line_test.cc).
#pragma once

#include <array>
#include <string_view>

#include "domain/line_move.h"

namespace kith {

struct LineMutant {
  std::string_view name;
  std::string_view claim;
  LineRow row;  // instead of the one the table has
};

namespace line_mutants {
using enum LineState;
using enum LineEvent;
using enum LinePlace;

// clang-format off
inline constexpr std::array kAll{
    LineMutant{"asks_without_line",             "heard",      {resting, asks,             {resting, none}}},
    LineMutant{"lost_by_a_crash",               "heard",      {in_line, house_starts,     {resting, none}}},
    LineMutant{"lost_by_a_crash_while_given",   "heard",      {given,   house_starts,     {resting, none}}},
    LineMutant{"lost_by_not_me",                "heard",      {given,   is_handed_on,     {resting, none}}},
    LineMutant{"quiet_for_ever",                "heard",      {paused,  pause_ends,       {paused,  keeps}}},
    LineMutant{"leaves_without_handing_back",   "owned",      {given,   colleague_leaves, {given,   keeps}}},
    LineMutant{"a_beat_changes_nothing",        "owned",      {taken,   beat_begins,      {taken,   keeps}}},
    LineMutant{"given_through_a_crash",         "owned",      {given,   house_starts,     {given,   keeps}}},
    LineMutant{"to_the_end_after_a_beat",       "overtaking", {given,   beat_begins,      {in_line, end}}},
    LineMutant{"to_the_end_after_a_pause",      "in_turn",    {paused,  pause_ends,       {in_line, end}}},
    LineMutant{"taken_comes_back_to_the_front", "overtaking", {taken,   beat_begins,      {in_line, front}}},
};
// clang-format on
}  // namespace line_mutants

constexpr LineTable table_of(const LineMutant& mutant) {
  LineTable table = kLineTable;
  table[static_cast<std::size_t>(mutant.row.from)][static_cast<std::size_t>(mutant.row.event)] = mutant.row.move;
  return table;
}

}  // namespace kith
