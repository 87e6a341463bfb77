#include "wire/opening.h"

#include <charconv>

#include <fmt/format.h>

#include "wire/words.h"

namespace kith::wire {
namespace {

constexpr std::size_t kLongestZone = 64;
constexpr std::size_t kLongestDayName = 200;

std::string clock_text(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string day_text(WallDay day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<int> number_in(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, number);
  if (error != std::errc() || end != begin + digits || *begin == '-') return std::nullopt;
  return number;
}

// "09:30"; midnight at the end of a day is "24:00".
std::optional<int> read_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = number_in(text, 0, 2);
  const auto minutes = number_in(text, 3, 2);
  if (!hours || !minutes || *minutes > 59 || *hours * 60 + *minutes > kMinutesOfADay) return std::nullopt;
  return *hours * 60 + *minutes;
}

std::optional<WallDay> read_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_in(text, 0, 4);
  const auto month = number_in(text, 5, 2);
  const auto day = number_in(text, 8, 2);
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return WallDay(date);
}

void read_clock_field(JsonFields& fields, std::string_view name, int& into) {
  std::string text;
  fields.text(name, text, 5);
  const auto clock = read_clock(text);
  if (!clock) return fields.refuse(name, "must be a time like 09:30");
  into = *clock;
}

void read_day_field(JsonFields& fields, std::string_view name, WallDay& into) {
  std::string text;
  fields.text(name, text, 10);
  const auto day = read_day(text);
  if (!day) return fields.refuse(name, "must be a day like 2026-12-24");
  into = *day;
}

void read_hours(JsonFields& fields, Hours& into) {
  read_clock_field(fields, "from", into.from);
  read_clock_field(fields, "until", into.until);
}

void write_hours(JsonWriter& json, const Hours& hours) {
  json.field("from", clock_text(hours.from));
  json.field("until", clock_text(hours.until));
}

void write_days_off(JsonWriter& json, const DaysOff& off) {
  json.begin_object();
  json.field("from", day_text(off.from));
  json.field("until", day_text(off.until));
  json.field("name", off.name);
  json.key("hours");
  json.begin_array();
  for (const Hours& hours : off.hours) {
    json.begin_object();
    write_hours(json, hours);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void read_days_off(JsonFields& fields, DaysOff& off) {
  read_day_field(fields, "from", off.from);
  read_day_field(fields, "until", off.until);
  fields.text("name", off.name, kLongestDayName);
  fields.objects("hours", kMostHoursOfADay, [&](JsonFields& each) { read_hours(each, off.hours.emplace_back()); });
}

void write_maybe_clock(JsonWriter& json, std::string_view name, const std::optional<int>& minutes) {
  json.field(name, minutes ? std::optional(clock_text(*minutes)) : std::nullopt);
}

void read_maybe_clock(JsonFields& fields, std::string_view name, std::optional<int>& into) {
  if (!fields.has(name)) return fields.refuse(name, "is missing");
  fields.maybe(name, into, [name](JsonFields& same, int& value) {
    read_clock_field(same, name, value);
    if (value == kMinutesOfADay) same.refuse(name, "must be before midnight");
  });
}

void read_small(JsonFields& fields, std::string_view name, int& into, int lowest, int highest) {
  std::int64_t number = into;
  fields.integer(name, number, lowest, highest);
  into = static_cast<int>(number);
}

}  // namespace

void write(JsonWriter& json, const Opening& opening) {
  json.begin_object();
  json.field("time_zone", opening.time_zone);
  json.key("week");
  json.begin_array();
  for (const OpenPeriod& period : opening.week) {
    json.begin_object();
    json.field("day", period.day);
    write_hours(json, period.hours);
    json.end_object();
  }
  json.end_array();
  json.key("days_off");
  json.begin_array();
  for (const DaysOff& off : opening.days_off) write_days_off(json, off);
  json.end_array();
  json.end_object();
}

void read_opening_field(JsonFields& fields, std::string_view name, Opening& into) {
  fields.object(name, [&](JsonFields& opening) {
    opening.text("time_zone", into.time_zone, kLongestZone);
    opening.objects("week", kMostOpenPeriods, [&](JsonFields& each) {
      OpenPeriod& period = into.week.emplace_back();
      read_small(each, "day", period.day, 1, 7);
      read_hours(each, period.hours);
    });
    opening.objects("days_off", kMostDaysOff,
                    [&](JsonFields& each) { read_days_off(each, into.days_off.emplace_back()); });
  });
}

void write(JsonWriter& json, const Preferences& preferences) {
  json.begin_object();
  json.field("single_keys", preferences.single_keys);
  json.field("sounds", preferences.sounds);
  json.field("volume", preferences.volume);
  json.field("notifications", preferences.notifications);
  write_maybe_clock(json, "quiet_from", preferences.quiet_from);
  write_maybe_clock(json, "quiet_until", preferences.quiet_until);
  json.field("theme", word_of(kThemes, preferences.theme));
  json.field("text_size", preferences.text_size);
  json.field("locale", preferences.locale);
  json.end_object();
}

Result<Preferences> decode_preferences(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  Preferences preferences;
  fields.boolean("single_keys", preferences.single_keys);
  fields.boolean("sounds", preferences.sounds);
  read_small(fields, "volume", preferences.volume, 0, 100);
  fields.boolean("notifications", preferences.notifications);
  read_maybe_clock(fields, "quiet_from", preferences.quiet_from);
  read_maybe_clock(fields, "quiet_until", preferences.quiet_until);
  fields.word("theme", preferences.theme, kThemes);
  read_small(fields, "text_size", preferences.text_size, 90, 140);
  fields.text("locale", preferences.locale, 35);
  KITH_CHECK(fields.finish());
  return preferences;
}

}  // namespace kith::wire
