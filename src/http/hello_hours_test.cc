#include "http/hello_hours.h"

#include <chrono>

#include <gtest/gtest.h>

namespace kith::http {
namespace {

using namespace std::chrono_literals;

constexpr Time kMonday{1'795'420'800'000'000};  // 23 November 2026, nine in the morning in Stockholm

WallDay on(int month, int day) {
  return WallDay(std::chrono::year_month_day(2026y, std::chrono::month(static_cast<unsigned>(month)),
                                             std::chrono::day(static_cast<unsigned>(day))));
}

Opening weekdays() {
  Opening opening{.time_zone = "Europe/Stockholm"};
  for (int day = 1; day <= 5; ++day) opening.week.push_back({day, {8 * 60, 18 * 60}});
  return opening;
}

std::string told(const Opening& opening, Time now = kMonday, PageLanguage language = PageLanguage::english) {
  Html html;
  tell_week(html, opening, words_in(language), now, true);
  return html.take();
}

bool has(const std::string& html, std::string_view words) {
  return html.find(words) != std::string::npos;
}

TEST(HelloHours, AreSevenDaysWithTheOneThatIsNowInFront) {
  const std::string html = told(weekdays());
  EXPECT_TRUE(has(html, "<div class=\"plain-today\"><dt>Monday</dt><dd><span>8:00 to 18:00</span>"));
  EXPECT_TRUE(has(html, "<div><dt>Sunday</dt><dd>closed</dd>"));
  EXPECT_TRUE(has(html, "Times as the clock says in Stockholm"));
}

TEST(HelloHours, AreNotThoseOfTheWeekOnAHoliday) {
  Opening opening = weekdays();
  opening.days_off = {{on(11, 23), on(11, 23), "Stocktaking & cake", {}},
                      {on(11, 22), on(11, 24), "Market", {{600, 660}}}};
  const std::string html = told(opening);
  EXPECT_TRUE(has(html, "<dt>Monday <span dir=\"auto\">Stocktaking &amp; cake</span></dt><dd>closed</dd>"));
  EXPECT_TRUE(has(html, "<dt>Tuesday <span dir=\"auto\">Market</span></dt><dd><span>10:00 to 11:00</span>"));
  // The next Sunday is another one.
  EXPECT_TRUE(has(html, "<dt>Sunday</dt><dd>closed</dd>"));
}

TEST(HelloHours, TellWhatIsDifferentInTheMonthAfterTheseDays) {
  Opening opening = weekdays();
  opening.days_off = {{on(12, 24), on(12, 24), "Christmas Eve", {{9 * 60, 12 * 60}}},
                      {on(11, 29), on(12, 1), "Moving house", {}},
                      {on(12, 31), on(12, 31), "New Year's Eve", {}}};
  EXPECT_TRUE(has(told(opening), "<dt>29 November – 1 December <span dir=\"auto\">Moving house</span></dt><dd>closed"));
  EXPECT_TRUE(
      has(told(opening), "<dt>24 December <span dir=\"auto\">Christmas Eve</span></dt><dd><span>9:00 to 12:00"));
  EXPECT_FALSE(has(told(opening), "New Year"));
  EXPECT_TRUE(has(told(opening, kMonday, PageLanguage::german), "<dt>29. November – 1. Dezember <span"));
}

TEST(HelloHours, AreNotThereWhenNobodyGaveAny) {
  EXPECT_EQ(told({}), "");
  EXPECT_EQ(told({.time_zone = "Europe/Stockholm"}), "");
  Opening only_off{.time_zone = "Europe/Stockholm", .days_off = {{on(11, 23), on(11, 24), "Away", {}}}};
  EXPECT_TRUE(has(told(only_off), "<dt>23 November – 24 November"));
  EXPECT_FALSE(has(told(only_off), "Sunday"));
}

}  // namespace
}  // namespace kith::http
