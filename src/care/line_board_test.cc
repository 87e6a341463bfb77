#include "care/line_board.h"

#include <thread>

namespace kith {
namespace {

const PersonId kMara{{1}};
const PersonId kNoor{{2}};
const ConversationId kAnna{{11}};
const ConversationId kBen{{12}};
const ConversationId kCleo{{13}};

Presence here(PersonId person, int capacity, PresenceLevel level = PresenceLevel::open) {
  return {.person = person, .level = level, .written_capacity = capacity};
}

class LineBoardTest : public ::testing::Test {
 protected:
  void hear(const LineNews& news) { board.notice(std::span(&news, 1)); }
  void waits(ConversationId who, int since, std::vector<PersonId> companions = {}) {
    hear(Waits{who, Time{since}, false, std::move(companions)});
  }
  void answered(ConversationId who) { hear(Waits{who, std::nullopt}); }
  void says(PersonId who, PresenceLevel level, int capacity = 3) { board.notice(here(who, capacity, level)); }

  LineBoard board;
};

TEST_F(LineBoardTest, PutsWhoeverAsksInLineAtOnce) {
  waits(kBen, 2);
  waits(kAnna, 1);
  EXPECT_EQ(board.in_line(), (std::vector{kAnna, kBen}));
  EXPECT_EQ(board.colleague_of(kAnna), std::nullopt);
}

TEST_F(LineBoardTest, GivesEverybodyWhoHasRoomHerPeopleInOnePass) {
  for (int who = 11; who <= 15; ++who) waits(ConversationId{{static_cast<std::uint8_t>(who)}}, who);
  std::vector<std::vector<WithWhom>> told;
  board.on_change([&](const std::vector<WithWhom>& changed) { told.push_back(changed); });
  board.notice(here(kMara, 3));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0], (std::vector<WithWhom>{{kAnna, kMara}, {kBen, kMara}, {kCleo, kMara}}));
  EXPECT_EQ(board.in_line().size(), 2U);
}

TEST_F(LineBoardTest, GivesTheNextWhenOneIsAnswered) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  waits(kBen, 2);
  EXPECT_EQ(board.in_line(), std::vector{kBen});
  answered(kAnna);
  EXPECT_EQ(board.colleague_of(kBen), kMara);
  EXPECT_EQ(board.everybody(), std::vector{kBen});
}

TEST_F(LineBoardTest, GivesHerToACompanionFirst) {
  board.notice(here(kMara, 1));
  board.notice(here(kNoor, 5));
  waits(kAnna, 1, {kMara});
  EXPECT_EQ(board.colleague_of(kAnna), kMara);
  waits(kBen, 2, {kMara});
  EXPECT_EQ(board.colleague_of(kBen), kNoor) << "Mara has no room";
}

TEST_F(LineBoardTest, HearsWhoGoesAlongWithHerMeanwhile) {
  waits(kAnna, 1);
  hear(GoAlong{kAnna, {kNoor}});
  const std::vector<LineNews> nothing{GoAlong{kBen, {kMara}}};
  board.notice(nothing);
  board.notice(here(kMara, 1, PresenceLevel::with_someone));
  board.notice(here(kNoor, 1));
  EXPECT_EQ(board.colleague_of(kAnna), kNoor);
}

TEST_F(LineBoardTest, PutsWhomABeatGivesBackToTheFront) {
  board.notice(here(kMara, 1));
  waits(kBen, 2);
  hear(Waits{kAnna, Time{1}, true});  // she has waited longer, and wants quiet
  hear(Waits{kAnna, Time{1}, false});
  says(kMara, PresenceLevel::beat);
  EXPECT_EQ(board.in_line(), (std::vector{kBen, kAnna}));
}

TEST_F(LineBoardTest, PutsWhomALeavingColleagueGivesBackToTheFrontLongestFirst) {
  waits(kAnna, 1);
  waits(kBen, 2);
  board.notice(here(kMara, 2));
  hear(Waits{kCleo, Time{0}});
  says(kMara, PresenceLevel::away);
  EXPECT_EQ(board.in_line(), (std::vector{kAnna, kBen, kCleo}));
  EXPECT_TRUE(board.who_is_with_whom().empty());
}

TEST_F(LineBoardTest, GivesWhomABeatGivesBackToWhoeverHasRoomAtOnce) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  std::vector<WithWhom> told;
  board.on_change([&](const std::vector<WithWhom>& changed) { told = changed; });
  board.notice(here(kNoor, 1));
  says(kMara, PresenceLevel::beat);
  EXPECT_EQ(told, (std::vector<WithWhom>{{kAnna, kNoor}})) << "told once, with what is true in the end";
}

TEST_F(LineBoardTest, GivesNobodyToABeatOrToWhoeverIsWithSomeone) {
  says(kMara, PresenceLevel::beat);
  says(kNoor, PresenceLevel::with_someone);
  waits(kAnna, 1);
  EXPECT_EQ(board.in_line(), std::vector{kAnna});
  says(kNoor, PresenceLevel::gentle);
  EXPECT_EQ(board.colleague_of(kAnna), kNoor);
  says(kNoor, PresenceLevel::with_someone);
  EXPECT_EQ(board.colleague_of(kAnna), kNoor) << "who is with her stays";
}

TEST_F(LineBoardTest, NeverGivesMoreThanSheWants) {
  board.notice(here(kMara, 2));
  for (int who = 11; who <= 15; ++who) waits(ConversationId{{static_cast<std::uint8_t>(who)}}, who);
  EXPECT_EQ(board.who_is_with_whom().size(), 2U);
  board.notice(here(kMara, 0));
  answered(kAnna);
  EXPECT_EQ(board.who_is_with_whom().size(), 1U) << "who is with her stays, nobody comes";
}

TEST_F(LineBoardTest, LetsHerTakeMoreByHerOwnWill) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  waits(kBen, 2);
  EXPECT_TRUE(board.take(kBen, kMara));
  EXPECT_TRUE(board.take(kBen, kMara)) << "the same again";
  EXPECT_EQ(board.state_of(kBen), LineState::taken);
  EXPECT_EQ(board.who_is_with_whom().size(), 2U);
}

TEST_F(LineBoardTest, LetsNobodyPassByBeingTaken) {
  says(kMara, PresenceLevel::with_someone);
  waits(kAnna, 1);
  waits(kBen, 2);
  ASSERT_TRUE(board.take(kBen, kMara));
  says(kMara, PresenceLevel::beat);
  EXPECT_EQ(board.in_line(), (std::vector{kAnna, kBen}));
}

TEST_F(LineBoardTest, RefusesTakingWhereItCannotBe) {
  waits(kAnna, 1);
  EXPECT_EQ(board.take(kAnna, kMara).error().code, Errc::conflict) << "she is not here";
  says(kMara, PresenceLevel::beat);
  EXPECT_EQ(board.take(kAnna, kMara).error().code, Errc::conflict) << "she takes a beat";
  says(kMara, PresenceLevel::open, 0);
  EXPECT_EQ(board.take(kBen, kMara).error().code, Errc::conflict) << "nobody waits there";
  hear(Waits{kAnna, Time{1}, true});
  EXPECT_EQ(board.take(kAnna, kMara).error().code, Errc::conflict) << "she wants quiet";
  EXPECT_EQ(board.state_of(kAnna), LineState::paused);
}

TEST_F(LineBoardTest, HandsOnWhomAColleagueCannotTake) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1, {kMara});
  EXPECT_EQ(board.not_me(kAnna, kMara).error().code, Errc::conflict) << "there is nobody else";
  EXPECT_EQ(board.not_me(kAnna, kNoor).error().code, Errc::conflict) << "she is not with Noor";
  board.notice(here(kNoor, 1));
  EXPECT_TRUE(board.not_me(kAnna, kMara));
  EXPECT_EQ(board.colleague_of(kAnna), kNoor);
  EXPECT_EQ(board.not_me(kAnna, kNoor).error().code, Errc::conflict) << "Mara has said so already";
  says(kNoor, PresenceLevel::beat);
  EXPECT_EQ(board.colleague_of(kAnna), kMara) << "somebody must be there for her";
}

TEST_F(LineBoardTest, KeepsHerPlaceThroughAPause) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  waits(kBen, 2);
  hear(Waits{kAnna, Time{1}, true});
  EXPECT_EQ(board.colleague_of(kBen), kMara) << "there is room meanwhile";
  waits(kCleo, 3);
  hear(Waits{kAnna, Time{1}, false});
  EXPECT_EQ(board.in_line(), (std::vector{kAnna, kCleo}));
}

TEST_F(LineBoardTest, GoesOnWithWhoeverAcceptedHer) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  hear(GoesOn{kAnna, kNoor});
  EXPECT_EQ(board.colleague_of(kAnna), kMara) << "Noor is not here";
  board.notice(here(kNoor, 0));
  hear(GoesOn{kAnna, kNoor});
  EXPECT_EQ(board.colleague_of(kAnna), kNoor);
}

TEST_F(LineBoardTest, ForgetsWhoseStoryIsToldElsewhere) {
  board.notice(here(kMara, 1));
  waits(kAnna, 1);
  waits(kBen, 2);
  hear(ToldElsewhere{kAnna});
  hear(ToldElsewhere{kCleo});
  EXPECT_EQ(board.colleague_of(kBen), kMara);
  EXPECT_EQ(board.everybody(), std::vector{kBen});
}

TEST_F(LineBoardTest, FollowsTheStoreWhenSheWaitsSinceAnotherTime) {
  waits(kAnna, 5);
  waits(kBen, 6);
  waits(kBen, 4);
  EXPECT_EQ(board.in_line(), (std::vector{kBen, kAnna}));
}

TEST_F(LineBoardTest, TellsNobodyOfWhatDidNotChange) {
  board.notice(here(kMara, 1));
  int told = 0;
  board.on_change([&](const std::vector<WithWhom>&) { ++told; });
  waits(kAnna, 1);
  waits(kAnna, 1);
  waits(kBen, 2);
  board.notice(here(kMara, 1));
  EXPECT_EQ(told, 1);
}

TEST_F(LineBoardTest, StaysWholeWhenManySpeakAtOnce) {
  std::unordered_map<ConversationId, std::optional<PersonId>> told;  // the board calls from one thread at a time
  board.on_change([&](const std::vector<WithWhom>& changed) {
    for (const WithWhom& one : changed) told[one.conversation] = one.colleague;
  });
  std::vector<std::thread> people;
  for (std::uint8_t who = 1; who <= 4; ++who)
    people.emplace_back([this, who] {
      const ConversationId own{{static_cast<std::uint8_t>(100 + who)}};
      for (int turn = 0; turn < 200; ++turn) {
        waits(own, turn);
        says(PersonId{{who}}, turn % 3 ? PresenceLevel::open : PresenceLevel::beat, 1);
        (void)board.take(own, PersonId{{who}});
        (void)board.not_me(own, PersonId{{who}});
        if (turn % 2) answered(own);
      }
    });
  for (std::thread& one : people) one.join();
  for (const auto& [conversation, colleague] : told) EXPECT_EQ(board.colleague_of(conversation), colleague);
}

}  // namespace
}  // namespace kith
