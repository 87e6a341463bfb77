#include "base/clock.h"

#include "base/random.h"

namespace kith {
namespace {

TEST(Time, IsWrittenAsRfc3339InUtc) {
  EXPECT_EQ(format_time(Time{0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_time(Time{1'795'335'330'123'456}), "2026-11-22T08:15:30.123456Z");
}

TEST(Time, ReadsBackWhatItWrites) {
  SeededRandom random(3);
  for (int i = 0; i < 2000; ++i) {
    Time time{static_cast<std::int64_t>(random.below(253'402'300'799'000'000ULL))};
    EXPECT_EQ(parse_time(format_time(time)), time);
  }
}

TEST(Time, ReadsOffsetsAndShortFractions) {
  auto utc = parse_time("2026-11-22T08:15:30Z");
  ASSERT_TRUE(utc);
  EXPECT_EQ(parse_time("2026-11-22T09:15:30+01:00"), utc);
  EXPECT_EQ(parse_time("2026-11-22T02:45:30-05:30"), utc);
  EXPECT_EQ(parse_time("2026-11-22T08:15:30.5Z"), Time{utc->us + 500'000});
  EXPECT_EQ(parse_time("2026-11-22T08:15:30.123456789Z"), Time{utc->us + 123'456});
}

TEST(Time, RefusesWhatIsNoMoment) {
  for (std::string_view text :
       {"", "2026-11-22", "2026-11-22T08:15:30", "2026-13-22T08:15:30Z", "2026-02-30T08:15:30Z", "2026-11-22T24:15:30Z",
        "2026-11-22T08:61:30Z", "2026-11-22 08:15:30Z", "2026-11-22T08:15:30.Z", "2026-11-22T08:15:30.1234567890Z",
        "2026-11-22T08:15:30+1:00", "2026-11-22T08:15:30+01:00x", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+23:00",
        "2026-11-22T08:15:30+"})
    EXPECT_FALSE(parse_time(text)) << text;
}

TEST(FakeClock, MovesOnlyWhenTold) {
  FakeClock clock;
  Time before = clock.now();
  clock.advance(std::chrono::seconds(5));
  EXPECT_EQ(clock.now() - before, std::chrono::seconds(5));
  clock.jump_wall(std::chrono::hours(-1));
  EXPECT_EQ(clock.steady(), std::chrono::seconds(5));
}

}  // namespace
}  // namespace kith
