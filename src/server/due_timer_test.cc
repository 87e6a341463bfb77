#include "server/due_timer.h"

#include <gtest/gtest.h>

namespace kith {
namespace {

using namespace std::chrono_literals;

TEST(DueTimer, IsDueAtOnceAfterAStart) {
  FakeClock clock;
  DueTimer timer;
  EXPECT_TRUE(timer.take_if_due(clock.now()));
  timer.looked(std::nullopt);
  EXPECT_FALSE(timer.take_if_due(clock.now()));
}

TEST(DueTimer, WaitsForTheEarliestTimeThatIsKnown) {
  FakeClock clock;
  DueTimer timer;
  ASSERT_TRUE(timer.take_if_due(clock.now()));
  timer.looked(clock.now() + 10s);
  EXPECT_FALSE(timer.take_if_due(clock.now()));
  clock.advance(10s);
  EXPECT_TRUE(timer.take_if_due(clock.now()));
}

TEST(DueTimer, LooksAtOnceWhenSomethingChangedThatMayBeEarlier) {
  FakeClock clock;
  DueTimer timer;
  ASSERT_TRUE(timer.take_if_due(clock.now()));
  timer.looked(clock.now() + 3600s);
  timer.something_changed();
  EXPECT_TRUE(timer.take_if_due(clock.now()));
  EXPECT_FALSE(timer.take_if_due(clock.now())) << "one look for one change";
}

TEST(DueTimer, TriesAgainAfterAFailure) {
  FakeClock clock;
  DueTimer timer;
  ASSERT_TRUE(timer.take_if_due(clock.now()));
  timer.failed();
  EXPECT_TRUE(timer.take_if_due(clock.now()));
}

}  // namespace
}  // namespace kith
