// What the opening hours say about one day on the wall.
#pragma once

#include <vector>

#include "domain/opening.h"

namespace kith {

// What is different about this day, or nothing. The first that covers it holds, so that a single evening can be named
// before the weeks around it.
const DaysOff* days_off_on(const Opening& opening, WallDay day);

// When somebody is there, earliest first; empty: nobody is.
std::vector<Hours> hours_of_weekday(const Opening& opening, int day);
std::vector<Hours> hours_on(const Opening& opening, WallDay day);

}  // namespace kith
