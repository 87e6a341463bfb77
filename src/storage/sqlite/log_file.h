// SQLite's write-ahead log as it lies on the disk (https://sqlite.org/fileformat2.html#walformat): a header, then
// frames of one page each, every one with a sum over all before it. Read here to copy what was committed somewhere
// else, and to notice a log that the disk changed: SQLite takes the first frame that does not fit for the end of the
// log, and would forget every commit behind it without a word.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace kith::sqlite {

inline constexpr std::int64_t kLogHeaderBytes = 32;
inline constexpr std::int64_t kFrameHeaderBytes = 24;

using Sums = std::array<std::uint32_t, 2>;

struct LogHeader {
  std::uint32_t page_bytes = 0;
  std::array<std::uint32_t, 2> salts{};  // new whenever the log begins anew; frames of earlier times have others
  Sums sums{};
  bool sums_are_big_endian = false;

  [[nodiscard]] std::int64_t frame_bytes() const { return kFrameHeaderBytes + page_bytes; }
  // Of frame 1, 2 ...
  [[nodiscard]] std::int64_t offset_of(std::int64_t frame) const {
    return kLogHeaderBytes + (frame - 1) * frame_bytes();
  }
};

// Nothing when the bytes are no header or its own sum does not hold.
std::optional<LogHeader> read_log_header(std::string_view bytes);

struct Frame {
  std::uint32_t page = 0;                // its number
  std::uint32_t pages_after_commit = 0;  // of the database; 0: more of the same transaction follows
  std::array<std::uint32_t, 2> salts{};
  Sums sums{};  // over everything up to the end of this frame
  [[nodiscard]] bool is_commit() const { return pages_after_commit != 0; }
};
Frame read_frame_header(std::string_view frame);

// `sums` carried on over a frame: the first bytes of its header, and its page.
Sums sums_after(Sums sums, std::string_view frame_header, std::string_view page, bool are_big_endian);

// Goes from frame to frame of one log.
class LogWalk {
 public:
  explicit LogWalk(const LogHeader& header) : header_(header), sums_(header.sums) {}
  // Whether `frame` (header and page) is the next one as it was written; goes on to it only then.
  bool take(std::string_view frame);

 private:
  LogHeader header_;
  Sums sums_;
};

enum class LogEnd : std::uint8_t {
  whole,    // everything that was begun is there, or was cut off as the end of a process cuts it
  torn,     // the last commit is not whole: a power cut before it was durable, or damage to it
  damaged,  // commits behind the first frame that does not hold were durable
};

struct LogSurvey {
  LogEnd end = LogEnd::whole;
  std::int64_t committed = 0;  // frames up to and including the last commit that holds
  std::int64_t bytes = 0;      // as many as those take, with the header
};

// Of a file that nobody writes. A log that is absent or empty is whole.
Result<LogSurvey> survey_log(const std::filesystem::path& file);

}  // namespace kith::sqlite
