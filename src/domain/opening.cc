#include "domain/opening.h"

#include <algorithm>
#include <chrono>
#include <span>

#include "base/text.h"
#include "domain/opening_days.h"

namespace kith {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// How far ahead anybody plans: also the longest row of days off.
constexpr days kHorizon{366};

Result<void> check_hours(std::string_view field, std::span<const Hours> sorted) {
  int free_from = 0;
  for (const Hours& hours : sorted) {
    if (hours.from < 0 || hours.until > kMinutesOfADay || hours.from >= hours.until)
      return invalid(std::string(field), "hours must begin before they end, on one day");
    if (hours.from < free_from) return invalid(std::string(field), "two periods of one day overlap");
    free_from = hours.until;
  }
  return {};
}

Result<void> check_week(const Opening& opening) {
  if (opening.week.size() > kMostOpenPeriods) return invalid("week", "holds too many periods");
  for (const OpenPeriod& period : opening.week)
    if (period.day < 1 || period.day > 7) return invalid("week", "a day is 1 for Monday to 7 for Sunday");
  for (int day = 1; day <= 7; ++day) KITH_CHECK(check_hours("week", hours_of_weekday(opening, day)));
  return {};
}

Result<void> check_days_off(const DaysOff& off) {
  if (off.until < off.from) return invalid("days_off", "must not end before they begin");
  if (off.until - off.from > kHorizon) return invalid("days_off", "must not be longer than a year");
  if (off.hours.size() > kMostHoursOfADay) return invalid("days_off", "holds too many periods");
  return check_hours("days_off", off.hours);
}

struct Span {
  Time from;
  Time until;
};

// Walks through the open spans of the days to come; those that touch are one.
class Walk {
 public:
  Walk(const Opening& opening, const TimeZone& zone, WallDay first) : opening_(opening), zone_(zone), day_(first) {}

  // The first span that ends after `now`. One that goes on beyond `last` ends where we stopped looking.
  std::optional<Span> first_after(Time now, WallDay last) {
    std::optional<Span> found;
    for (; day_ <= last; day_ += days(1)) {
      for (const Hours& hours : hours_on(opening_, day_)) {
        const Span span = span_of(hours);
        if (span.from >= span.until) continue;  // in the hour that is left out
        if (found && span.from > found->until) return found;
        if (found) found->until = std::max(found->until, span.until);
        if (!found && span.until > now) found = span;
      }
    }
    reached_end_ = true;
    return found;
  }
  [[nodiscard]] bool reached_end() const { return reached_end_; }

 private:
  [[nodiscard]] Span span_of(const Hours& hours) const {
    return {zone_.first_moment(day_ + minutes(hours.from)), zone_.last_moment(day_ + minutes(hours.until))};
  }

  const Opening& opening_;
  const TimeZone& zone_;
  WallDay day_;
  bool reached_end_ = false;
};

}  // namespace

Result<Opening> read_opening(Opening opening) {
  const bool says_something = !opening.week.empty() || !opening.days_off.empty();
  if ((says_something || !opening.time_zone.empty()) && !TimeZone::find(opening.time_zone))
    return invalid("time_zone", "is no place that we know, like Europe/Stockholm");
  std::ranges::sort(opening.week, {},
                    [](const OpenPeriod& period) { return std::pair(period.day, period.hours.from); });
  KITH_CHECK(check_week(opening));
  if (opening.days_off.size() > kMostDaysOff) return invalid("days_off", "holds too many");
  for (DaysOff& off : opening.days_off) {
    std::ranges::sort(off.hours, {}, &Hours::from);
    KITH_CHECK(check_days_off(off));
  }
  return opening;
}

OpenNow look_at_opening(const Opening& opening, Time now) {
  const auto zone = TimeZone::find(opening.time_zone);
  if (opening.week.empty() || !zone) return {};
  const WallDay today = std::chrono::floor<days>(zone->wall(now));
  // A span of yesterday can touch today, and one hour can be lived twice around midnight.
  Walk walk(opening, *zone, today - days(1));
  const auto span = walk.first_after(now, today + kHorizon);
  if (!span) return {.is_open = false};
  if (span->from > now) return {.is_open = false, .opens_at = span->from};
  OpenNow open{.is_open = true};
  const bool goes_on = walk.reached_end() && span->until >= zone->first_moment(today + kHorizon);
  if (!goes_on) open.closes_at = span->until;
  return open;
}

}  // namespace kith
