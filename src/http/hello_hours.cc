#include "http/hello_hours.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/time_zone.h"
#include "domain/opening_days.h"

namespace kith::http {
namespace {

using std::chrono::days;

constexpr days kAhead{31};

std::string clock_in_words(int minutes) {
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string date_in_words(const HelloWords& words, WallDay day) {
  const std::chrono::year_month_day date(day);
  return fmt::format(fmt::runtime(words.date), fmt::arg("number", static_cast<unsigned>(date.day())),
                     fmt::arg("month", words.months[static_cast<unsigned>(date.month()) - 1]));
}

std::string dates_in_words(const HelloWords& words, const DaysOff& off) {
  const std::string from = date_in_words(words, off.from);
  return off.from == off.until ? from : from + " – " + date_in_words(words, off.until);
}

// "Europe/Stockholm" is Stockholm.
std::string place_of(std::string_view time_zone) {
  std::string place(time_zone.substr(time_zone.rfind('/') + 1));
  std::ranges::replace(place, '_', ' ');
  return place;
}

void tell_day(Html& html, const HelloWords& words, std::string_view day, std::string_view name,
              std::span<const Hours> hours) {
  html.add("<dt>").text(day);
  if (!name.empty()) html.add(" <span dir=\"auto\">").text(name).add("</span>");
  html.add("</dt><dd>");
  if (hours.empty()) html.text(words.closed);
  for (const Hours& open : hours)
    html.add("<span>")
        .text(fmt::format(fmt::runtime(words.span), fmt::arg("from", clock_in_words(open.from)),
                          fmt::arg("until", clock_in_words(open.until))))
        .add("</span> ");
  html.add("</dd></div>\n");
}

// Monday first, each as it comes next.
void tell_next_days(Html& html, const Opening& opening, const HelloWords& words, WallDay today) {
  const int first = static_cast<int>(std::chrono::weekday(today).iso_encoding());
  for (int day = 1; day <= 7; ++day) {
    const WallDay next = today + days((day - first + 7) % 7);
    const DaysOff* off = days_off_on(opening, next);
    html.add(next == today ? Markup("<div class=\"plain-today\">") : Markup("<div>"));
    tell_day(html, words, words.days[static_cast<std::size_t>(day - 1)], off == nullptr ? "" : off->name,
             hours_on(opening, next));
  }
}

// What those days do not show already, soonest first.
std::vector<DaysOff> coming_after(const Opening& opening, WallDay shown, WallDay last) {
  std::vector<DaysOff> coming;
  for (const DaysOff& off : opening.days_off)
    if (off.until > shown && off.from <= last) coming.push_back(off);
  std::ranges::sort(coming, {}, &DaysOff::from);
  return coming;
}

}  // namespace

void tell_week(Html& html, const Opening& opening, const HelloWords& words, Time now, bool unfolded) {
  const auto zone = TimeZone::find(opening.time_zone);
  if (!zone) return;
  const WallDay today = std::chrono::floor<days>(zone->wall(now));
  const bool has_week = !opening.week.empty();
  const std::vector<DaysOff> coming = coming_after(opening, today + days(has_week ? 6 : -1), today + kAhead);
  if (!has_week && coming.empty()) return;
  html.add(unfolded ? Markup("<details class=\"plain-week\" open>") : Markup("<details class=\"plain-week\">"));
  html.add("<summary>").text(words.hours).add("</summary><dl>\n");
  if (has_week) tell_next_days(html, opening, words, today);
  for (const DaysOff& off : coming) {
    html.add("<div>");
    tell_day(html, words, dates_in_words(words, off), off.name, off.hours);
  }
  html.add("</dl><p>");
  const std::string place = place_of(opening.time_zone);
  const std::size_t at = words.clock_of.find("{}");
  html.text(words.clock_of.substr(0, at)).text(place).text(words.clock_of.substr(at + 2)).add("</p></details>");
}

}  // namespace kith::http
