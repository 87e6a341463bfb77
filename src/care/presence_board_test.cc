#include "care/presence_board.h"

#include <thread>

namespace kith {
namespace {

const PersonId kMara{{1}};
const PersonId kNoor{{2}};

TEST(PresenceBoard, KnowsNobodyAtFirst) {
  const PresenceBoard board;
  EXPECT_TRUE(board.who_is_there().empty());
  EXPECT_EQ(board.find(kMara).level, PresenceLevel::away);
  EXPECT_FALSE(board.is_somebody_there());
}

TEST(PresenceBoard, TakesHerWordForIt) {
  PresenceBoard board;
  board.set({.person = kMara, .level = PresenceLevel::gentle, .written_capacity = 1, .takes_calls = false});
  EXPECT_EQ(board.find(kMara).written_capacity, 1);
  EXPECT_TRUE(board.is_somebody_there());
}

TEST(PresenceBoard, TellsEachChangeOnce) {
  PresenceBoard board;
  std::vector<PresenceLevel> told;
  board.on_change([&](const Presence& presence) { told.push_back(presence.level); });
  board.set({.person = kMara, .level = PresenceLevel::open});
  board.set({.person = kMara, .level = PresenceLevel::open});
  board.set({.person = kMara, .level = PresenceLevel::beat});
  board.clear(kMara);
  board.clear(kMara);
  EXPECT_EQ(told, (std::vector{PresenceLevel::open, PresenceLevel::beat, PresenceLevel::away}));
}

TEST(PresenceBoard, LetsItsListenerLook) {
  PresenceBoard board;
  std::size_t there = 0;
  board.on_change([&](const Presence&) { there = board.who_is_there().size(); });
  board.set({.person = kMara, .level = PresenceLevel::open});
  EXPECT_EQ(there, 1U);
}

TEST(PresenceBoard, CountsABeatAsABeat) {
  PresenceBoard board;
  board.set({.person = kMara, .level = PresenceLevel::beat});
  EXPECT_FALSE(board.is_somebody_there());
}

TEST(PresenceBoard, ShowsCustomersNeitherCapacityNorAnythingElse) {
  PresenceBoard board;
  const Time back{1000};
  board.set({.person = kNoor, .level = PresenceLevel::with_someone});
  board.set({.person = kMara, .level = PresenceLevel::beat, .back_at = back});
  EXPECT_EQ(board.public_view(), (std::vector<PublicPresence>{{kMara, PresenceLevel::beat, back},
                                                              {kNoor, PresenceLevel::with_someone, std::nullopt}}));
}

TEST(PresenceBoard, StaysWholeWhenManySpeakAtOnce) {
  PresenceBoard board;
  int told = 0;  // guarded by the board: its listener is called by one thread at a time
  board.on_change([&](const Presence&) { ++told; });
  std::vector<std::thread> people;
  for (std::uint8_t who = 1; who <= 4; ++who)
    people.emplace_back([&board, who] {
      for (int turn = 0; turn < 100; ++turn)
        board.set({.person = PersonId{{who}}, .level = turn % 2 ? PresenceLevel::open : PresenceLevel::gentle});
    });
  for (std::thread& one : people) one.join();
  EXPECT_EQ(told, 400);
  EXPECT_EQ(board.who_is_there().size(), 4U);
}

}  // namespace
}  // namespace kith
