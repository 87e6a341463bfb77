// How a conversation stands towards the line of those who wait for a human word, and everything that can move it: one
// table. The board that gives people to colleagues (care/line_board.h) does what it says, row by row, and the model
// that spin proves (tests/model) is written from it, so there is no second place where these rules could be different.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kith {

enum class LineState : std::uint8_t {
  resting,  // nobody owes her a word
  in_line,  // she waits, and is nobody's in particular
  given,    // she waits, and the house has given her to a colleague who is there
  taken,    // she waits, and a colleague who is there has taken her from the line, perhaps out of turn
  paused    // she waits and asked for a minute of quiet
};

enum class LineEvent : std::uint8_t {
  asks,               // a word of hers wants an answer, the first or one more
  is_given,           // the house gives her to a colleague with room
  is_taken,           // a colleague goes on with her by her own will: from the line, or instead of another
  is_handed_on,       // her colleague says "not me"
  beat_begins,        // her colleague takes a beat
  colleague_leaves,   // her colleague is away
  is_answered,        // a human word, or she took back what she had asked
  pause_begins,       // "give me a minute"
  pause_ends,         // the minute is over
  house_starts,       // the house starts again, after a crash or not: nobody is with anybody any more
  is_told_elsewhere,  // her record is joined with another, or erased
};

// What becomes of her place. Whoever waits has one, wherever she is meanwhile.
enum class LinePlace : std::uint8_t {
  none,     // she needs none any more
  keeps,    // she keeps the one she has
  by_time,  // where the time puts her since which she waits; the end for whoever begins to wait now
  front,    // before everybody who has not been with somebody; among those at the front the longest waits first
  end,      // behind everybody. No row says so: the model shows whom it would wrong
  refused   // this cannot happen here, and nothing changes
};

inline constexpr std::size_t kLineStates = 5;
inline constexpr std::size_t kLineEvents = 11;
inline constexpr std::array<std::string_view, kLineStates> kLineStateWords{"resting", "in_line", "given", "taken",
                                                                           "paused"};
inline constexpr std::array<std::string_view, kLineEvents> kLineEventWords{
    "asks",        "is_given",     "is_taken",   "is_handed_on", "beat_begins",      "colleague_leaves",
    "is_answered", "pause_begins", "pause_ends", "house_starts", "is_told_elsewhere"};

struct LineMove {
  LineState next = LineState::resting;
  LinePlace place = LinePlace::refused;
  friend constexpr bool operator==(const LineMove&, const LineMove&) = default;
};
struct LineRow {
  LineState from;
  LineEvent event;
  LineMove move;
};
inline constexpr std::size_t kLineRowCount = kLineStates * kLineEvents;

namespace line_rows {
using enum LineState;
using enum LineEvent;
using enum LinePlace;

// clang-format off
inline constexpr std::array<LineRow, kLineRowCount> kAll{{
    {resting, asks,              {in_line, by_time}},
    {resting, is_given,          {resting, refused}},
    {resting, is_taken,          {resting, refused}},
    {resting, is_handed_on,      {resting, refused}},
    {resting, beat_begins,       {resting, refused}},
    {resting, colleague_leaves,  {resting, refused}},
    {resting, is_answered,       {resting, none}},
    {resting, pause_begins,      {resting, none}},
    {resting, pause_ends,        {resting, none}},
    {resting, house_starts,      {resting, none}},
    {resting, is_told_elsewhere, {resting, none}},

    {in_line, asks,              {in_line, keeps}},
    {in_line, is_given,          {given,   by_time}},  // a place at the front is used up
    {in_line, is_taken,          {taken,   keeps}},
    {in_line, is_handed_on,      {in_line, refused}},
    {in_line, beat_begins,       {in_line, refused}},
    {in_line, colleague_leaves,  {in_line, refused}},
    {in_line, is_answered,       {resting, none}},
    {in_line, pause_begins,      {paused,  keeps}},
    {in_line, pause_ends,        {in_line, keeps}},
    {in_line, house_starts,      {in_line, by_time}},
    {in_line, is_told_elsewhere, {resting, none}},

    {given,   asks,              {given,   keeps}},
    {given,   is_given,          {given,   refused}},
    {given,   is_taken,          {given,   keeps}},
    {given,   is_handed_on,      {in_line, front}},
    {given,   beat_begins,       {in_line, front}},
    {given,   colleague_leaves,  {in_line, front}},
    {given,   is_answered,       {resting, none}},
    {given,   pause_begins,      {paused,  keeps}},  // her colleague has room for somebody meanwhile
    {given,   pause_ends,        {given,   keeps}},
    {given,   house_starts,      {in_line, by_time}},
    {given,   is_told_elsewhere, {resting, none}},

    {taken,   asks,              {taken,   keeps}},
    {taken,   is_given,          {taken,   refused}},
    {taken,   is_taken,          {taken,   keeps}},
    {taken,   is_handed_on,      {in_line, keeps}},
    {taken,   beat_begins,       {in_line, keeps}},  // to the place she was taken from: nobody is passed by being taken
    {taken,   colleague_leaves,  {in_line, keeps}},
    {taken,   is_answered,       {resting, none}},
    {taken,   pause_begins,      {paused,  keeps}},
    {taken,   pause_ends,        {taken,   keeps}},
    {taken,   house_starts,      {in_line, by_time}},
    {taken,   is_told_elsewhere, {resting, none}},

    {paused,  asks,              {in_line, keeps}},  // a word of hers ends the quiet
    {paused,  is_given,          {paused,  refused}},
    {paused,  is_taken,          {paused,  refused}},
    {paused,  is_handed_on,      {paused,  refused}},
    {paused,  beat_begins,       {paused,  refused}},
    {paused,  colleague_leaves,  {paused,  refused}},
    {paused,  is_answered,       {resting, none}},
    {paused,  pause_begins,      {paused,  keeps}},
    {paused,  pause_ends,        {in_line, keeps}},
    {paused,  house_starts,      {paused,  by_time}},
    {paused,  is_told_elsewhere, {resting, none}},
}};
// clang-format on
}  // namespace line_rows

using LineTable = std::array<std::array<LineMove, kLineEvents>, kLineStates>;

constexpr const LineMove& line_move(const LineTable& table, LineState from, LineEvent event) {
  return table[static_cast<std::size_t>(from)][static_cast<std::size_t>(event)];
}

constexpr LineTable line_table(const std::array<LineRow, kLineRowCount>& rows) {
  LineTable table{};
  for (const LineRow& row : rows)
    table[static_cast<std::size_t>(row.from)][static_cast<std::size_t>(row.event)] = row.move;
  return table;
}
inline constexpr LineTable kLineTable = line_table(line_rows::kAll);

// Every state meets every event in exactly one row: as many rows as pairs, and no pair twice.
constexpr bool decides_everything(const std::array<LineRow, kLineRowCount>& rows) {
  std::array<bool, kLineRowCount> seen{};
  for (const LineRow& row : rows) {
    bool& pair = seen[(static_cast<std::size_t>(row.from) * kLineEvents) + static_cast<std::size_t>(row.event)];
    if (pair) return false;
    pair = true;
  }
  return std::ranges::all_of(seen, [](bool one) { return one; });
}
static_assert(decides_everything(line_rows::kAll));

constexpr bool is_with_colleague(LineState state) {
  return state == LineState::given || state == LineState::taken;
}

constexpr std::string_view word_of(LineState state) {
  return kLineStateWords[static_cast<std::size_t>(state)];
}
constexpr std::string_view word_of(LineEvent event) {
  return kLineEventWords[static_cast<std::size_t>(event)];
}

}  // namespace kith
