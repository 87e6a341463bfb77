// Structured log lines (logfmt). Ids and counts only: no message text, no addresses, no tokens, nothing about how long
// a colleague took. Control characters are escaped, so that a line is always one event.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace kith {

enum class Level : std::uint8_t { debug, info, warning, error };

struct LogField {
  LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, const char* text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, const std::string& text) : name(field_name), value(text) {}
  template <std::integral Number>
  LogField(std::string_view field_name, Number number) : name(field_name), value(std::to_string(number)) {}

  std::string_view name;
  std::string value;
};

class Log {
 public:
  using Sink = std::function<void(std::string_view line)>;

  // Lines below `lowest` are dropped. The sink gets whole lines with their line feed.
  Log(const Clock& clock, Level lowest, Sink sink);

  void write(Level level, std::string_view event, std::initializer_list<LogField> fields = {});
  void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(Level::debug, event, fields);
  }
  void info(std::string_view event, std::initializer_list<LogField> fields = {}) { write(Level::info, event, fields); }
  void warning(std::string_view event, std::initializer_list<LogField> f = {}) { write(Level::warning, event, f); }
  void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(Level::error, event, fields);
  }

  // A sink that writes each line to standard error in one call.
  static Sink to_stderr();

 private:
  const Clock& clock_;
  Level lowest_;
  Sink sink_;
  std::mutex one_line_at_a_time_;
};

}  // namespace kith
