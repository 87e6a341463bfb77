#include "domain/topic.h"

namespace kith {
namespace {

using enum TopicState;
constexpr TopicState kAll[] = {open, waiting_for_us, waiting_for_you, waiting_for_date, answered, settled};

TEST(Topic, SettledOnlyReopens) {
  for (TopicState to : kAll) EXPECT_EQ(can_become(settled, to), to == open);
}

TEST(Topic, CanBeSettledFromEveryOtherState) {
  for (TopicState from : kAll) EXPECT_EQ(can_become(from, settled), from != settled);
}

TEST(Topic, NeverMovesToWhereItStands) {
  for (TopicState state : kAll) EXPECT_FALSE(can_become(state, state));
}

TEST(Topic, IsOpenedOnlyAtItsBeginningOrAgain) {
  for (TopicState from : kAll) EXPECT_EQ(can_become(from, open), from == settled);
}

}  // namespace
}  // namespace kith
