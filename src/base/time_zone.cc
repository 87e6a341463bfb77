#include "base/time_zone.h"

#include <date/tz.h>

#include <exception>
#include <string>

namespace kith {
namespace {

using std::chrono::seconds;

const date::time_zone& zone_behind(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

date::sys_seconds moment_of(Time time) {
  return date::floor<seconds>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time.us)));
}

Time time_of(date::sys_seconds moment) {
  return Time{std::chrono::microseconds(moment.time_since_epoch()).count()};
}

date::local_info look_up(const void* zone, WallTime wall) {
  return zone_behind(zone).get_info(date::local_seconds(wall.time_since_epoch()));
}

}  // namespace

Result<TimeZone> TimeZone::find(std::string_view name) {
  // The library reads files by this name, so nothing but a plain name may reach it.
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  const bool is_plain = !name.empty() && name.size() <= 64 && name.find_first_not_of(kAllowed) == name.npos;
  if (!is_plain || name.starts_with('/')) return fail(Errc::not_found, "no time zone has this name");
  try {
    return TimeZone(date::locate_zone(std::string(name)));
  } catch (const std::exception&) {
    return fail(Errc::not_found, "no time zone has this name");
  }
}

TimeZone TimeZone::utc() {
  return TimeZone(date::locate_zone("Etc/UTC"));
}

WallTime TimeZone::wall(Time moment) const {
  return WallTime(zone_behind(zone_).to_local(moment_of(moment)).time_since_epoch());
}

Time TimeZone::first_moment(WallTime wall) const {
  const auto info = look_up(zone_, wall);
  if (info.result == date::local_info::nonexistent) return time_of(info.first.end);
  return time_of(date::sys_seconds(wall.time_since_epoch() - info.first.offset));
}

Time TimeZone::last_moment(WallTime wall) const {
  const auto info = look_up(zone_, wall);
  if (info.result != date::local_info::ambiguous) return first_moment(wall);
  return time_of(date::sys_seconds(wall.time_since_epoch() - info.second.offset));
}

}  // namespace kith
