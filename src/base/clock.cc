#include "base/clock.h"

namespace kith {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::sys_days;

bool read_digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
  if (at + count > text.size()) return false;
  value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  return true;
}

void put_digits(char* to, std::int64_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    to[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

// Reads ".123456789" at `at`, keeps microseconds; leaves `at` behind it.
bool read_fraction(std::string_view text, std::size_t& at, std::int64_t& us) {
  us = 0;
  if (at >= text.size() || text[at] != '.') return true;
  std::int64_t scale = 100'000;
  std::size_t digits = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
    us += (text[at] - '0') * scale;
    scale /= 10;
  }
  return digits >= 1 && digits <= 9;
}

// Reads "Z" or "+01:00" to the end of the text, as minutes east of UTC.
bool read_offset(std::string_view text, std::size_t at, int& minutes) {
  minutes = 0;
  if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) return true;
  if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return false;
  int hours = 0;
  int rest = 0;
  if (!read_digits(text, at + 1, 2, hours) || !read_digits(text, at + 4, 2, rest) || hours > 23 || rest > 59)
    return false;
  minutes = (hours * 60 + rest) * (text[at] == '-' ? -1 : 1);
  return true;
}

}  // namespace

void append_time(std::string& out, Time time) {
  auto point = std::chrono::sys_time<microseconds>(microseconds(time.us));
  auto day = std::chrono::floor<days>(point);
  std::chrono::year_month_day date(day);
  std::int64_t rest = (point - day).count();
  char text[27] = {0, 0, 0, 0, '-', 0, 0, '-', 0, 0, 'T', 0, 0, ':', 0, 0, ':', 0, 0, '.', 0, 0, 0, 0, 0, 0, 'Z'};
  put_digits(text, static_cast<int>(date.year()), 4);
  put_digits(text + 5, static_cast<unsigned>(date.month()), 2);
  put_digits(text + 8, static_cast<unsigned>(date.day()), 2);
  put_digits(text + 11, rest / 3'600'000'000, 2);
  put_digits(text + 14, rest / 60'000'000 % 60, 2);
  put_digits(text + 17, rest / 1'000'000 % 60, 2);
  put_digits(text + 20, rest % 1'000'000, 6);
  out.append(text, sizeof text);
}

std::string format_time(Time time) {
  std::string out;
  append_time(out, time);
  return out;
}

std::optional<Time> parse_time(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0;
  std::int64_t us = 0;
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  bool digits = read_digits(text, 0, 4, year) && read_digits(text, 5, 2, month) && read_digits(text, 8, 2, day) &&
                read_digits(text, 11, 2, hour) && read_digits(text, 14, 2, minute) && read_digits(text, 17, 2, second);
  if (!digits || year < 1970 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  std::size_t at = 19;
  if (!read_fraction(text, at, us) || at >= text.size() || !read_offset(text, at, offset)) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t days_since = sys_days(date).time_since_epoch().count();
  std::int64_t seconds = days_since * 86'400 + hour * 3600 + (minute - offset) * 60 + second;
  if (seconds < 0) return std::nullopt;
  return Time{seconds * 1'000'000 + us};
}

Time SystemClock::now() const {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<microseconds>(since).count()};
}

microseconds SystemClock::steady() const {
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace kith
