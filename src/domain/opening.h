// When somebody answers: the hours of a week, the days that are not like the others, and what follows from them for
// this moment. Pure: the moment is handed in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/time_zone.h"

namespace kith {

inline constexpr int kMinutesOfADay = 24 * 60;

// From and until in minutes after midnight on the wall; `until` is not part of it any more.
struct Hours {
  int from = 0;
  int until = 0;
  friend bool operator==(const Hours&, const Hours&) = default;
};

struct OpenPeriod {
  int day = 1;  // 1 is Monday, 7 is Sunday
  Hours hours;
  friend bool operator==(const OpenPeriod&, const OpenPeriod&) = default;
};

// A holiday, or a few weeks in summer: the hours of these days instead of those of the week; none: nobody is there.
struct DaysOff {
  WallDay from;
  WallDay until;  // the last of them
  std::string name;
  std::vector<Hours> hours;
  friend bool operator==(const DaysOff&, const DaysOff&) = default;
};

struct Opening {
  std::string time_zone;  // IANA name; empty as long as nobody said where
  std::vector<OpenPeriod> week;
  std::vector<DaysOff> days_off;
  friend bool operator==(const Opening&, const Opening&) = default;
};

inline constexpr std::size_t kMostOpenPeriods = 70;
inline constexpr std::size_t kMostDaysOff = 200;
inline constexpr std::size_t kMostHoursOfADay = 10;

// The same in one order (by day and hour), or `invalid` with the field that cannot be: a place nobody knows, hours that
// end before they begin or overlap, days off in the wrong order or without end.
Result<Opening> read_opening(Opening opening);

// What the hours say about one moment.
struct OpenNow {
  std::optional<bool> is_open;    // nothing said: no hours were given
  std::optional<Time> opens_at;   // while closed; nothing within a year is nothing
  std::optional<Time> closes_at;  // while open; nothing when it never closes
  friend bool operator==(const OpenNow&, const OpenNow&) = default;
};
OpenNow look_at_opening(const Opening& opening, Time now);

}  // namespace kith
