#include "storage/sqlite/log_file.h"

#include <bit>
#include <cstring>

#include "storage/files/posix_file.h"

namespace kith::sqlite {
namespace {

using files::OpenFile;

constexpr std::uint32_t kMagic = 0x377f0682;  // the lowest bit says in which order the sums read their bytes
constexpr std::uint32_t kVersion = 3'007'000;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return std::endian::native == std::endian::big ? number : std::byteswap(number);
}

void add(Sums& sums, std::string_view bytes, bool big) {
  const bool turn = big != (std::endian::native == std::endian::big);
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::uint32_t pair[2];
    std::memcpy(pair, bytes.data() + at, sizeof pair);
    if (turn) pair[0] = std::byteswap(pair[0]), pair[1] = std::byteswap(pair[1]);
    sums[0] += pair[0] + sums[1];
    sums[1] += pair[1] + sums[0];
  }
}

bool is_page_size(std::uint32_t bytes) {
  return bytes >= 512 && bytes <= 65536 && std::has_single_bit(bytes);
}

// Whether a transaction begins behind the one that frame `bad` belongs to. It can only have begun after that one was
// durable, so what does not hold is no leftover of a power cut.
Result<LogEnd> look_behind(const OpenFile& log, const LogHeader& header, std::int64_t bad, std::int64_t frames) {
  bool has_ours = false;
  bool has_commit = false;
  for (std::int64_t at = bad; at <= frames; ++at) {
    KITH_TRY(const std::string bytes, log.read_at(header.offset_of(at), kFrameHeaderBytes));
    const Frame frame = read_frame_header(bytes);
    if (frame.salts != header.salts) continue;
    if (has_commit) return LogEnd::damaged;
    has_ours = true;
    has_commit = frame.is_commit();
  }
  return has_ours ? LogEnd::torn : LogEnd::whole;
}

std::string with_salts(std::string frame, const LogHeader& header) {
  for (std::size_t i = 0; i < 8 && frame.size() > 16; ++i)
    frame[8 + i] = static_cast<char>(header.salts[i / 4] >> (24 - 8 * (i % 4)) & 0xff);
  return frame;
}

Result<LogSurvey> survey(const OpenFile& log, const LogHeader& header, std::int64_t frames) {
  LogSurvey seen{.bytes = kLogHeaderBytes};
  LogWalk walk(header);
  for (std::int64_t at = 1; at <= frames; ++at) {
    KITH_TRY(std::string frame, log.read_at(header.offset_of(at), header.frame_bytes()));
    if (!walk.take(frame)) {
      KITH_TRY(seen.end, look_behind(log, header, at, frames));
      // Left from an earlier log it would have other sums, too.
      if (walk.take(with_salts(std::move(frame), header))) seen.end = LogEnd::damaged;
      return seen;
    }
    if (!read_frame_header(frame).is_commit()) continue;
    seen.committed = at;
    seen.bytes = header.offset_of(at + 1);
  }
  return seen;
}

}  // namespace

std::optional<LogHeader> read_log_header(std::string_view bytes) {
  if (bytes.size() < static_cast<std::size_t>(kLogHeaderBytes)) return std::nullopt;
  const std::uint32_t magic = big_endian(bytes, 0);
  LogHeader header{.page_bytes = big_endian(bytes, 8),
                   .salts = {big_endian(bytes, 16), big_endian(bytes, 20)},
                   .sums_are_big_endian = (magic & 1) != 0};
  if ((magic & ~1U) != kMagic || big_endian(bytes, 4) != kVersion || !is_page_size(header.page_bytes))
    return std::nullopt;
  add(header.sums, bytes.substr(0, 24), header.sums_are_big_endian);
  if (header.sums != Sums{big_endian(bytes, 24), big_endian(bytes, 28)}) return std::nullopt;
  return header;
}

Frame read_frame_header(std::string_view frame) {
  if (frame.size() < static_cast<std::size_t>(kFrameHeaderBytes)) return {};
  return {.page = big_endian(frame, 0),
          .pages_after_commit = big_endian(frame, 4),
          .salts = {big_endian(frame, 8), big_endian(frame, 12)},
          .sums = {big_endian(frame, 16), big_endian(frame, 20)}};
}

Sums sums_after(Sums sums, std::string_view frame_header, std::string_view page, bool are_big_endian) {
  add(sums, frame_header.substr(0, 8), are_big_endian);
  add(sums, page, are_big_endian);
  return sums;
}

bool LogWalk::take(std::string_view frame) {
  if (static_cast<std::int64_t>(frame.size()) != header_.frame_bytes()) return false;
  const Frame next = read_frame_header(frame);
  if (next.salts != header_.salts) return false;
  if (next.sums != sums_after(sums_, frame, frame.substr(kFrameHeaderBytes), header_.sums_are_big_endian)) return false;
  sums_ = next.sums;
  return true;
}

Result<LogSurvey> survey_log(const std::filesystem::path& file) {
  auto log = OpenFile::for_reading(file);
  if (!log && log.error().code == Errc::not_found) return LogSurvey{};
  if (!log) return std::unexpected(log.error());
  KITH_TRY(const std::int64_t size, log->size());
  // The header is made durable before the first frame is written, so whatever is shorter was never begun.
  if (size <= kLogHeaderBytes) return LogSurvey{};
  KITH_TRY(const std::string bytes, log->read_at(0, kLogHeaderBytes));
  const auto header = read_log_header(bytes);
  if (!header) return LogSurvey{.end = LogEnd::damaged};
  return survey(*log, *header, (size - kLogHeaderBytes) / header->frame_bytes());
}

}  // namespace kith::sqlite
