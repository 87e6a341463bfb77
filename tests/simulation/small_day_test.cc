#include "simulation/small_day.h"

#include <gtest/gtest.h>

#include "simulation/seeds.h"

namespace kith::simulation {
namespace {

const StoreKind kMemory{"memory", open_house<FailingMemoryHouse>};
const StoreKind kSqlite{"sqlite", open_house<SqliteHouse>};
const StoreKind kFaultyDisk{"faulty disk", open_house<FailingSqliteHouse>};

TEST(SmallDay, LeavesEveryClientWithExactlyWhatTheStoreHolds) {
  int failed = 0;
  for (const std::uint64_t seed : seeds(120)) {
    SmallDay day(kMemory, seed, {.with_failing_commits = true});
    ASSERT_EQ(day.live(), "") << replay(seed);
    failed += day.failed_commits();
  }
  EXPECT_GT(failed, 0);
}

TEST(SmallDay, LeavesEveryClientWithExactlyWhatTheDiskHolds) {
  int failed = 0;
  for (const std::uint64_t seed : seeds(8)) {
    SmallDay day(kFaultyDisk, seed, {.with_failing_commits = true});
    ASSERT_EQ(day.live(), "") << replay(seed);
    failed += day.failed_commits();
  }
  EXPECT_GT(failed, 0);
}

TEST(SmallDay, IsTheSameDayOnEveryStore) {
  for (const std::uint64_t seed : seeds(5)) {
    SmallDay in_memory(kMemory, seed, {});
    SmallDay on_disk(kSqlite, seed, {});
    ASSERT_EQ(in_memory.live(), "") << replay(seed);
    ASSERT_EQ(on_disk.live(), "") << replay(seed);
    ASSERT_EQ(in_memory.dump(), on_disk.dump()) << replay(seed);
  }
}

TEST(SmallDay, ReplaysFromItsSeed) {
  SmallDay first(kMemory, 7, {.with_failing_commits = true});
  SmallDay again(kMemory, 7, {.with_failing_commits = true});
  SmallDay other(kMemory, 8, {.with_failing_commits = true});
  for (SmallDay* day : {&first, &again, &other}) ASSERT_EQ(day->live(), "");
  EXPECT_EQ(first.dump(), again.dump());
  EXPECT_NE(first.dump(), other.dump());
}

}  // namespace
}  // namespace kith::simulation
