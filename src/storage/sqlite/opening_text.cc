#include "storage/sqlite/opening_text.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace kith::sqlite {
namespace {

// Takes the text up to `end`, and `end` itself, off the beginning.
std::string_view take(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

int take_number(std::string_view& line) {
  const std::string_view word = take(line, ' ');
  int number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

Hours take_hours(std::string_view& line) {
  const int from = take_number(line);
  return {from, take_number(line)};
}

WallDay take_day(std::string_view& line) {
  return WallDay(std::chrono::days(take_number(line)));
}

DaysOff read_days_off(std::string_view line) {
  DaysOff off{.from = take_day(line)};
  off.until = take_day(line);
  for (int left = take_number(line); left > 0 && !line.empty(); --left) off.hours.push_back(take_hours(line));
  off.name = line;
  return off;
}

int day_number(WallDay day) {
  return day.time_since_epoch().count();
}

}  // namespace

std::string write_opening_text(const Opening& opening) {
  if (opening == Opening()) return {};
  std::string text = opening.time_zone + "\n";
  const auto into = std::back_inserter(text);
  for (const OpenPeriod& period : opening.week)
    fmt::format_to(into, "week {} {} {}\n", period.day, period.hours.from, period.hours.until);
  for (const DaysOff& off : opening.days_off) {
    fmt::format_to(into, "off {} {} {} ", day_number(off.from), day_number(off.until), off.hours.size());
    for (const Hours& hours : off.hours) fmt::format_to(into, "{} {} ", hours.from, hours.until);
    text += off.name + "\n";
  }
  return text;
}

Opening read_opening_text(std::string_view text) {
  Opening opening;
  opening.time_zone = take(text, '\n');
  while (!text.empty()) {
    std::string_view line = take(text, '\n');
    const bool is_week = take(line, ' ') == "week";
    if (!is_week) {
      opening.days_off.push_back(read_days_off(line));
      continue;
    }
    const int day = take_number(line);
    opening.week.push_back({day, take_hours(line)});
  }
  return opening;
}

}  // namespace kith::sqlite
