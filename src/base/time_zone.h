// The clock on the wall of some place: what a moment is called there, and which moment somebody means who says "half
// past nine". Knows every place of the IANA time zone database as the machine has it, with all its summer times.
#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace kith {

// A day and a time on the wall, without saying where.
using WallTime = std::chrono::local_seconds;
using WallDay = std::chrono::local_days;

class TimeZone {
 public:
  // By its name, "Europe/Stockholm"; not_found when nobody knows it.
  static Result<TimeZone> find(std::string_view name);
  static TimeZone utc();

  [[nodiscard]] WallTime wall(Time moment) const;
  // The first moment at which the wall shows this, and the last one: an hour that is lived twice has two. For an hour
  // that is left out both are the moment of the leap.
  [[nodiscard]] Time first_moment(WallTime wall) const;
  [[nodiscard]] Time last_moment(WallTime wall) const;

 private:
  explicit TimeZone(const void* zone) : zone_(zone) {}
  const void* zone_;  // lives as long as the program
};

}  // namespace kith
