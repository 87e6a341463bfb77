#include "domain/opening_days.h"

#include <algorithm>
#include <chrono>

namespace kith {

const DaysOff* days_off_on(const Opening& opening, WallDay day) {
  const auto found =
      std::ranges::find_if(opening.days_off, [&](const DaysOff& off) { return off.from <= day && day <= off.until; });
  return found == opening.days_off.end() ? nullptr : &*found;
}

std::vector<Hours> hours_of_weekday(const Opening& opening, int day) {
  std::vector<Hours> hours;
  for (const OpenPeriod& period : opening.week)
    if (period.day == day) hours.push_back(period.hours);
  return hours;
}

std::vector<Hours> hours_on(const Opening& opening, WallDay day) {
  const DaysOff* off = days_off_on(opening, day);
  const auto weekday = static_cast<int>(std::chrono::weekday(day).iso_encoding());
  return off != nullptr ? off->hours : hours_of_weekday(opening, weekday);
}

}  // namespace kith
