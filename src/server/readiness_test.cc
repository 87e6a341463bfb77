#include "server/readiness.h"

namespace kith {
namespace {

constexpr runtime::GroupStory kKept{.units = 1, .took = {}, .kept = true};
constexpr runtime::GroupStory kRefused{.units = 1, .took = {}, .kept = false};

TEST(Readiness, IsThereFromTheStart) {
  FakeClock clock;
  EXPECT_TRUE(Readiness(clock, "/tmp").look());
}

TEST(Readiness, IsGoneAfterARefusedWriteAndComesBack) {
  FakeClock clock;
  Readiness readiness(clock, "/tmp");
  readiness.notice(kRefused);
  EXPECT_FALSE(readiness.look());
  clock.advance(std::chrono::seconds(6));
  EXPECT_TRUE(readiness.look());
}

TEST(Readiness, IsNotBroughtBackByAnEmptyGroup) {
  FakeClock clock;
  Readiness readiness(clock, "/tmp");
  readiness.notice(kRefused);
  readiness.notice(kKept);
  EXPECT_FALSE(readiness.look());
}

TEST(Readiness, IsGoneWhileTheHouseCloses) {
  FakeClock clock;
  Readiness readiness(clock, "/tmp");
  readiness.close();
  EXPECT_FALSE(readiness.look());
}

}  // namespace
}  // namespace kith
