#include "domain/opening.h"

#include <random>

#include <gtest/gtest.h>

namespace kith {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr const char* kLund = "Europe/Stockholm";

Hours between(int from, int until) {
  return {from * 60, until * 60};
}

Opening workshop() {
  Opening opening{.time_zone = kLund};
  for (int day = 1; day <= 5; ++day) {
    opening.week.push_back({day, between(9, 12)});
    opening.week.push_back({day, between(13, 17)});
  }
  return opening;
}

Time wall(year_month_day date, minutes after_midnight, const char* zone = kLund) {
  return TimeZone::find(zone)->first_moment(local_days(date) + after_midnight);
}

TEST(OpeningHours, SayNothingWhenNobodyGaveAny) {
  EXPECT_EQ(look_at_opening({}, Time{1}), OpenNow());
  EXPECT_EQ(look_at_opening({.time_zone = kLund}, Time{1}), OpenNow());
}

TEST(OpeningHours, KnowSeveralPeriodsADay) {
  const auto monday = 2026y / November / 23;
  const OpenNow morning = look_at_opening(workshop(), wall(monday, 10h));
  EXPECT_EQ(morning, (OpenNow{true, {}, wall(monday, 12h)}));
  const OpenNow lunch = look_at_opening(workshop(), wall(monday, 12h));
  EXPECT_EQ(lunch, (OpenNow{false, wall(monday, 13h), {}})) << "until is not part of it any more";
  const OpenNow evening = look_at_opening(workshop(), wall(monday, 20h));
  EXPECT_EQ(evening.opens_at, wall(2026y / November / 24, 9h));
}

TEST(OpeningHours, LookAcrossTheWeekend) {
  const OpenNow friday = look_at_opening(workshop(), wall(2026y / November / 20, 17h));
  EXPECT_EQ(friday, (OpenNow{false, wall(2026y / November / 23, 9h), {}}));
}

TEST(OpeningHours, LeaveOutDaysOffAndKnowTheirOwnHours) {
  Opening opening = workshop();
  opening.days_off = {{local_days(2026y / December / 24), local_days(2026y / December / 31), "Christmas", {}}};
  const OpenNow eve = look_at_opening(opening, wall(2026y / December / 24, 10h));
  EXPECT_EQ(eve, (OpenNow{false, wall(2027y / January / 1, 9h), {}}));
  opening.days_off[0].hours = {between(10, 11)};
  EXPECT_EQ(look_at_opening(opening, wall(2026y / December / 24, 10h)).closes_at, wall(2026y / December / 24, 11h));
}

TEST(OpeningHours, LetTheFirstDaysOffHoldWhereTwoMeet) {
  Opening opening = workshop();
  opening.days_off = {{local_days(2026y / July / 8), local_days(2026y / July / 8), "Market", {between(8, 20)}},
                      {local_days(2026y / July / 1), local_days(2026y / July / 31), "Summer", {}}};
  EXPECT_EQ(look_at_opening(opening, wall(2026y / July / 8, 19h)).is_open, true);
  EXPECT_EQ(look_at_opening(opening, wall(2026y / July / 9, 10h)).opens_at, wall(2026y / August / 3, 9h));
}

TEST(OpeningHours, GoOnOverMidnight) {
  const Opening bar{.time_zone = kLund, .week = {{5, between(18, 24)}, {6, between(0, 3)}}};
  const auto friday = 2026y / November / 20;
  EXPECT_EQ(look_at_opening(bar, wall(friday, 23h)), (OpenNow{true, {}, wall(2026y / November / 21, 3h)}));
}

TEST(OpeningHours, NeverCloseWhenSomebodyIsAlwaysThere) {
  Opening always{.time_zone = kLund};
  for (int day = 1; day <= 7; ++day) always.week.push_back({day, between(0, 24)});
  EXPECT_EQ(look_at_opening(always, wall(2026y / October / 25, 2h)), (OpenNow{true, {}, {}}));
}

TEST(OpeningHours, SayNothingOfOpeningWhenEveryDayOfTheYearIsOff) {
  Opening closed = workshop();
  closed.days_off = {{local_days(2026y / January / 1), local_days(2026y / December / 31), "", {}},
                     {local_days(2027y / January / 1), local_days(2027y / December / 31), "", {}}};
  EXPECT_EQ(look_at_opening(closed, wall(2026y / June / 1, 10h)), (OpenNow{false, {}, {}}));
}

TEST(OpeningHours, SurviveTheHourThatIsLeftOut) {
  // On this Sunday the clock leaps from two to three.
  const auto sunday = 2026y / March / 29;
  const Opening early{.time_zone = kLund, .week = {{7, {2 * 60 + 10, 2 * 60 + 50}}, {7, {2 * 60 + 55, 4 * 60}}}};
  EXPECT_EQ(look_at_opening(early, wall(sunday, 1h)), (OpenNow{false, wall(sunday, 3h), {}}));
  EXPECT_EQ(look_at_opening(early, wall(sunday, 3h)), (OpenNow{true, {}, wall(sunday, 4h)}));
}

TEST(ReadOpening, PutsPeriodsInOrder) {
  const auto read = read_opening({kLund, {{2, between(13, 17)}, {1, between(9, 12)}, {2, between(9, 13)}}, {}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->week, (std::vector<OpenPeriod>{{1, between(9, 12)}, {2, between(9, 13)}, {2, between(13, 17)}}));
}

TEST(ReadOpening, RefusesWhatCannotBe) {
  const auto why = [](Opening opening) {
    auto read = read_opening(std::move(opening));
    return read ? std::string() : read.error().field;
  };
  EXPECT_EQ(why({"Lund", {}, {}}), "time_zone");
  EXPECT_EQ(why({"", {{1, between(9, 12)}}, {}}), "time_zone");
  EXPECT_EQ(why({kLund, {{8, between(9, 12)}}, {}}), "week");
  EXPECT_EQ(why({kLund, {{1, between(12, 9)}}, {}}), "week");
  EXPECT_EQ(why({kLund, {{1, between(9, 25)}}, {}}), "week");
  EXPECT_EQ(why({kLund, {{1, between(9, 12)}, {1, between(11, 13)}}, {}}), "week");
  const local_days day(2026y / December / 24);
  EXPECT_EQ(why({kLund, {}, {{day, day - days(1), "", {}}}}), "days_off");
  EXPECT_EQ(why({kLund, {}, {{day, day + days(400), "", {}}}}), "days_off");
  EXPECT_EQ(why({kLund, {}, {{day, day, "", {between(9, 9)}}}}), "days_off");
  EXPECT_EQ(why({}), "");
}

// ---- by chance -----------------------------------------------------------------------------------------------------

Opening by_chance(std::mt19937& dice, const char* zone, local_days around) {
  const auto roll = [&](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most + 1)); };
  const auto day_of_hours = [&] {
    std::vector<Hours> hours;
    for (int at = roll(600); at < kMinutesOfADay && hours.size() < 4;) {
      const int until = std::min(kMinutesOfADay, at + 1 + roll(500));
      hours.push_back({at, until});
      at = until + roll(3) * roll(200);
    }
    return hours;
  };
  Opening opening{.time_zone = zone};
  for (int day = 1; day <= 7; ++day)
    if (roll(2) > 0)
      for (const Hours& hours : day_of_hours()) opening.week.push_back({day, hours});
  for (int i = roll(2); i > 0; --i) {
    const local_days from = around + days(roll(10) - 5);
    opening.days_off.push_back({from, from + days(roll(4)), "", roll(1) > 0 ? day_of_hours() : std::vector<Hours>()});
  }
  return opening;
}

// What the clock on the wall says, looked up minute by minute.
bool is_open_by_the_wall(const Opening& opening, Time now) {
  const WallTime shown = TimeZone::find(opening.time_zone)->wall(now);
  const WallDay day = floor<days>(shown);
  const int minute = static_cast<int>(floor<minutes>(shown - day).count());
  const auto covers = [&](const Hours& hours) { return hours.from <= minute && minute < hours.until; };
  for (const DaysOff& off : opening.days_off)
    if (off.from <= day && day <= off.until) return std::ranges::any_of(off.hours, covers);
  return std::ranges::any_of(opening.week, [&](const OpenPeriod& period) {
    return period.day == static_cast<int>(weekday(day).iso_encoding()) && covers(period.hours);
  });
}

// An hour that is lived twice counts as open throughout when a period begins or ends in it.
bool is_lived_twice(const char* zone, Time now) {
  const auto place = TimeZone::find(zone);
  const WallTime shown = place->wall(now);
  return place->first_moment(shown) != place->last_moment(shown);
}

TEST(OpeningHours, AgreeWithTheClockOnTheWall) {
  constexpr const char* kPlaces[] = {kLund, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo"};
  constexpr year_month_day kAround[] = {2026y / March / 29, 2026y / October / 25, 2026y / November / 1,
                                        2026y / April / 5,  2026y / July / 1,     2026y / October / 4};
  std::mt19937 dice(20261122);
  for (int round = 0; round < 120; ++round) {
    const char* zone = kPlaces[dice() % std::size(kPlaces)];
    const local_days around(kAround[dice() % std::size(kAround)]);
    const Opening opening = by_chance(dice, zone, around);
    ASSERT_TRUE(read_opening(opening));
    if (opening.week.empty()) continue;
    const Time begin = TimeZone::find(zone)->first_moment(around - days(1));
    for (int step = 0; step < 150; ++step) {
      const Time now = begin + minutes(step * 29);
      const OpenNow said = look_at_opening(opening, now);
      if (!is_lived_twice(zone, now)) EXPECT_EQ(said.is_open, is_open_by_the_wall(opening, now)) << zone << round;
      if (is_open_by_the_wall(opening, now)) EXPECT_EQ(said.is_open, true);
      const auto turns = *said.is_open ? said.closes_at : said.opens_at;
      if (!turns) continue;
      EXPECT_GT(*turns, now);
      EXPECT_NE(look_at_opening(opening, *turns).is_open, said.is_open) << "it turns when it said so";
      EXPECT_EQ(look_at_opening(opening, *turns - microseconds(1)).is_open, said.is_open) << "and not before";
    }
  }
}

}  // namespace
}  // namespace kith
