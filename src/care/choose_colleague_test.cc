#include "care/choose_colleague.h"

#include <array>
#include <vector>

namespace kith {
namespace {

const PersonId kMara{{1}};
const PersonId kNoor{{2}};
const PersonId kOmar{{4}};
const ConversationId kAnna{{7}};

std::optional<PersonId> chosen(const std::vector<PersonId>& companions, const std::vector<FreeColleague>& free) {
  return choose_colleague(kAnna, companions, free);
}

TEST(ChooseColleague, FindsNobodyWhereNobodyHasRoom) {
  EXPECT_EQ(chosen({kMara}, {}), std::nullopt);
}

TEST(ChooseColleague, TakesTheLatestCompanionBeforeTheOneWithMostRoom) {
  EXPECT_EQ(chosen({kNoor, kMara}, {{kMara, 2}, {kNoor, 1}, {kOmar, 9}}), kNoor);
  EXPECT_EQ(chosen({kNoor, kMara}, {{kMara, 1}, {kOmar, 9}}), kMara);
}

TEST(ChooseColleague, TakesTheOneWithMostRoomWhenNobodyKnowsHer) {
  EXPECT_EQ(chosen({}, {{kMara, 1}, {kNoor, 3}, {kOmar, 2}}), kNoor);
}

TEST(ChooseColleague, SparesWhoeverIsGentleWhenAnotherHasAsMuchRoom) {
  EXPECT_EQ(chosen({}, {{kMara, 2, true}, {kNoor, 2, false}}), kNoor);
  EXPECT_EQ(chosen({}, {{kMara, 3, true}, {kNoor, 2, false}}), kMara);
}

TEST(ChooseColleague, ComesBackToWhoeverSaidNotMeOnlyWhenThereIsNobodyElse) {
  EXPECT_EQ(chosen({kMara}, {{kMara, 5, false, true}, {kNoor, 1}}), kNoor);
  EXPECT_EQ(chosen({}, {{kMara, 1, false, true}}), kMara);
}

TEST(ChooseColleague, DoesNotAlwaysTakeTheSameWhereAllIsEqual) {
  std::array<int, 2> given{};
  for (std::uint8_t who = 0; who < 100; ++who) {
    const std::vector<FreeColleague> free{{kMara, 1}, {kNoor, 1}};
    const auto one = choose_colleague(ConversationId{{who}}, {}, free);
    ++given[one == kMara ? 0 : 1];
  }
  EXPECT_GT(given[0], 20);
  EXPECT_GT(given[1], 20);
}

}  // namespace
}  // namespace kith
