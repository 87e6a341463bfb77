#include "domain/line_move.h"

#include <string>

namespace kith {
namespace {

using enum LineState;
using enum LineEvent;

constexpr std::array kStates{resting, in_line, given, taken, paused};

std::string told(const LineRow& row) {
  return std::string(word_of(row.from)) + " x " + std::string(word_of(row.event));
}
LineMove move_of(LineState from, LineEvent event) {
  return line_move(kLineTable, from, event);
}

TEST(LineMove, IsDecidedForEveryStateAndEvent) {
  EXPECT_TRUE(decides_everything(line_rows::kAll));
  auto twice = line_rows::kAll;
  twice[1] = twice[0];
  EXPECT_FALSE(decides_everything(twice));
}

TEST(LineMove, ChangesNothingWhereItIsRefused) {
  for (const LineRow& row : line_rows::kAll)
    if (row.move.place == LinePlace::refused) EXPECT_EQ(row.move.next, row.from) << told(row);
}

TEST(LineMove, LeavesNobodyWhoWaitsWithoutAPlace) {
  for (const LineRow& row : line_rows::kAll) {
    if (row.move.place == LinePlace::refused) continue;
    EXPECT_EQ(row.move.place == LinePlace::none, row.move.next == resting) << told(row);
  }
}

TEST(LineMove, LetsOnlyAnAnswerOrAnotherRecordEndTheWaiting) {
  for (const LineRow& row : line_rows::kAll) {
    if (row.from == resting || row.move.next != resting) continue;
    EXPECT_TRUE(row.event == is_answered || row.event == is_told_elsewhere) << told(row);
  }
}

TEST(LineMove, PutsWhoeverAsksInLineAtOnce) {
  EXPECT_EQ(move_of(resting, asks), (LineMove{in_line, LinePlace::by_time}));
  for (const LineState from : {in_line, given, taken, paused}) {
    EXPECT_NE(move_of(from, asks).next, resting);
    EXPECT_EQ(move_of(from, asks).place, LinePlace::keeps) << word_of(from);
  }
}

TEST(LineMove, NeverPushesAnybodyBack) {
  for (const LineRow& row : line_rows::kAll) EXPECT_NE(row.move.place, LinePlace::end) << told(row);
}

TEST(LineMove, PutsToTheFrontWhomItsColleagueCannotKeep) {
  for (const LineEvent event : {beat_begins, colleague_leaves, is_handed_on})
    EXPECT_EQ(move_of(given, event), (LineMove{in_line, LinePlace::front})) << word_of(event);
}

TEST(LineMove, LetsNobodyPassByBeingTakenOutOfTurn) {
  for (const LineEvent event : {beat_begins, colleague_leaves, is_handed_on})
    EXPECT_EQ(move_of(taken, event), (LineMove{in_line, LinePlace::keeps})) << word_of(event);
}

TEST(LineMove, GivesOnlyFromTheLine) {
  for (const LineState from : kStates)
    EXPECT_EQ(move_of(from, is_given).place != LinePlace::refused, from == in_line) << word_of(from);
}

// What the store remembers of somebody is that she waits and that she asked for quiet. A board that begins with that
// and nothing else must come to what the table says of the state she was in.
TEST(LineMove, StartsAgainWithWhatTheStoreRemembers) {
  for (const LineState from : kStates) {
    LineState fresh = resting;
    if (from != resting) fresh = move_of(fresh, asks).next;
    if (from == paused) fresh = move_of(fresh, pause_begins).next;
    EXPECT_EQ(move_of(from, house_starts).next, fresh) << word_of(from);
  }
}

TEST(LineMove, HasAWordForEveryStateAndEvent) {
  EXPECT_EQ(word_of(paused), "paused");
  EXPECT_EQ(word_of(is_told_elsewhere), "is_told_elsewhere");
}

}  // namespace
}  // namespace kith
