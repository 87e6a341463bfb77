#include "base/log.h"

#include <fmt/core.h>
#include <unistd.h>

namespace kith {
namespace {

const char* level_name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

void append_value(std::string& line, std::string_view value) {
  bool plain = !value.empty() && value.find_first_of(" \"=\\") == std::string_view::npos;
  for (unsigned char c : value) plain = plain && c > 0x20 && c != 0x7f;
  if (plain) {
    line += value;
    return;
  }
  line += '"';
  for (unsigned char c : value) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7f) {
      line += fmt::format("\\x{:02x}", c);
    } else {
      line += static_cast<char>(c);
    }
  }
  line += '"';
}

}  // namespace

Log::Log(const Clock& clock, Level lowest, Sink sink) : clock_(clock), lowest_(lowest), sink_(std::move(sink)) {}

void Log::write(Level level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < lowest_) return;
  std::string line = "at=";
  append_time(line, clock_.now());
  line += " level=";
  line += level_name(level);
  line += " event=";
  append_value(line, event);
  for (const LogField& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    append_value(line, field.value);
  }
  line += '\n';
  std::lock_guard lock(one_line_at_a_time_);
  sink_(line);
}

Log::Sink Log::to_stderr() {
  return
      [](std::string_view line) { [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size()); };
}

}  // namespace kith
