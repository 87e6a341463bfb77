#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace kith {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

Time utc(sys_seconds moment) {
  return Time{microseconds(moment.time_since_epoch()).count()};
}

TEST(TimeZone, KnowsSummerAndWinter) {
  const auto lund = TimeZone::find("Europe/Stockholm");
  ASSERT_TRUE(lund);
  EXPECT_EQ(lund->wall(utc(sys_days(2026y / July / 1) + 10h)), local_days(2026y / July / 1) + 12h);
  EXPECT_EQ(lund->wall(utc(sys_days(2026y / December / 1) + 10h)), local_days(2026y / December / 1) + 11h);
}

TEST(TimeZone, LeapsOverTheHourThatIsLeftOut) {
  const auto lund = TimeZone::find("Europe/Stockholm");
  const auto leap = utc(sys_days(2026y / March / 29) + 1h);
  EXPECT_EQ(lund->first_moment(local_days(2026y / March / 29) + 2h + 30min), leap);
  EXPECT_EQ(lund->last_moment(local_days(2026y / March / 29) + 2h + 30min), leap);
}

TEST(TimeZone, TellsTheHourThatIsLivedTwiceApart) {
  const auto lund = TimeZone::find("Europe/Stockholm");
  const auto half_past = local_days(2026y / October / 25) + 2h + 30min;
  EXPECT_EQ(lund->first_moment(half_past), utc(sys_days(2026y / October / 25) + 0h + 30min));
  EXPECT_EQ(lund->last_moment(half_past), utc(sys_days(2026y / October / 25) + 1h + 30min));
}

TEST(TimeZone, KnowsNoPlaceThatIsNone) {
  for (const char* name : {"", "Lund", "../../etc/passwd", "/etc/localtime", "Europe/Stockholm\n", "Europe/.."})
    EXPECT_FALSE(TimeZone::find(name)) << name;
}

}  // namespace
}  // namespace kith
