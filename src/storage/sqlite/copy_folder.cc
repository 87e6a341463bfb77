#include "storage/sqlite/copy_folder.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

#include "storage/files/posix_file.h"
#include "storage/sqlite/changes.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/log_file.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {
namespace sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLog = "log-";
constexpr std::string_view kAfter = "-after-";

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

struct CopiedLog {
  std::int64_t number = 0;
  std::int64_t frames_before = 0;  // of the log before it
  fs::path path;
};

std::optional<CopiedLog> read_log_name(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with(kLog)) return std::nullopt;
  std::string_view rest = std::string_view(name).substr(kLog.size());
  const auto after = rest.find(kAfter);
  const auto number = number_of(rest.substr(0, after));
  const auto before = after == std::string_view::npos ? 0 : number_of(rest.substr(after + kAfter.size()));
  if (!number || !before) return std::nullopt;
  return CopiedLog{*number, *before, path};
}

Result<std::vector<CopiedLog>> logs_of(const fs::path& generation) {
  KITH_TRY(const auto paths, files::list_folder(generation));
  std::vector<CopiedLog> logs;
  for (const fs::path& path : paths)
    if (auto log = read_log_name(path)) logs.push_back(std::move(*log));
  std::ranges::sort(logs, {}, &CopiedLog::number);
  return logs;
}

// Frames of the first log without which the base is not consistent.
Result<std::int64_t> frames_needed(const fs::path& generation) {
  std::ifstream in(generation / kWholeName);
  std::int64_t frames = -1;
  if (!(in >> frames) || frames < 0) return fail(Errc::unavailable, "it is not said whether the copy is whole");
  return frames;
}

// The logs of a generation one after the other, up to the last whole commit; what comes behind a gap is of no use.
struct UsableLog {
  fs::path path;
  LogSurvey survey;
};
struct UsableGeneration {
  std::vector<UsableLog> logs;
  std::int64_t frames = 0;
  std::string but;
};

Result<UsableGeneration> survey_generation(const fs::path& generation) {
  KITH_TRY(const std::int64_t needed, frames_needed(generation));
  KITH_TRY(const auto logs, logs_of(generation));
  UsableGeneration usable;
  std::int64_t before = 0;
  std::int64_t expected = 1;
  for (const CopiedLog& log : logs) {
    if (log.number != expected || log.frames_before != before) {
      usable.but = fmt::format("{} does not follow what is there before it", log.path.filename().string());
      break;
    }
    KITH_TRY(LogSurvey survey, survey_log(log.path));
    if (survey.end == LogEnd::damaged) usable.but = log.path.filename().string() + " is damaged";
    before = survey.committed;
    usable.frames += survey.committed;
    usable.logs.push_back({log.path, survey});
    if (!usable.but.empty()) break;
    ++expected;
  }
  const std::int64_t first = usable.logs.empty() ? 0 : usable.logs.front().survey.committed;
  if (first < needed) return fail(Errc::unavailable, "the first log is not whole");
  return usable;
}

Result<void> copy_start(const fs::path& from, std::int64_t bytes, const fs::path& to) {
  KITH_TRY(const files::OpenFile in, files::OpenFile::for_reading(from));
  KITH_TRY(const files::OpenFile out, files::OpenFile::for_writing(to));
  KITH_CHECK(out.shorten_to(0));
  constexpr std::int64_t kPiece = 1 << 20;
  for (std::int64_t at = 0; at < bytes; at += kPiece) {
    KITH_TRY(const std::string piece, in.read_at(at, std::min(kPiece, bytes - at)));
    KITH_CHECK(out.write_at(at, piece));
  }
  return out.sync();
}

// SQLite itself carries the log over, as it does after a crash.
Result<void> carry_into(const fs::path& database, const UsableLog& log) {
  if (log.survey.committed == 0) return {};
  KITH_CHECK(copy_start(log.path, log.survey.bytes, fs::path(database) += "-wal"));
  KITH_TRY(auto open, Connection::open(database, OpenAs::writer, {}));
  KITH_TRY(const auto busy, open->number("pragma wal_checkpoint(truncate)"));
  if (busy != 0) return fail(Errc::unavailable, "the log could not be carried into the copy");
  return {};
}

Result<void> carry_all_into(const fs::path& database, const fs::path& generation, const UsableGeneration& usable) {
  const fs::path base = generation / kBaseName;
  std::error_code error;
  const auto size = fs::file_size(base, error);
  if (error) return fail(Errc::unavailable, "base.db is missing");
  KITH_CHECK(copy_start(base, static_cast<std::int64_t>(size), database));
  for (const UsableLog& log : usable.logs) KITH_CHECK(carry_into(database, log));
  KITH_TRY(auto open, Connection::open(database, OpenAs::writer, {}));
  return open->script("pragma journal_mode = delete");
}

void remove_database(const fs::path& database) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(fs::path(database) += suffix, ignored);
}

Result<void> say_up_to_when(const fs::path& database, RebuiltCopy& rebuilt) {
  KITH_TRY(auto open, Connection::open(database, OpenAs::reader, {}));
  KITH_TRY(rebuilt.newest_seq, newest_seq(*open));
  KITH_TRY(const auto at,
           open->number("select coalesce((select written_at from entries order by seq desc limit 1), 0)"));
  rebuilt.newest_word = Time{at};
  return {};
}

Result<RebuiltCopy> rebuild(const GenerationFolder& generation, const fs::path& target) {
  KITH_TRY(const UsableGeneration usable, survey_generation(generation.path));
  KITH_CHECK(carry_all_into(target, generation.path, usable));
  // A base that was damaged meanwhile; the generation before it may be whole.
  KITH_CHECK(check_database(target, CheckDepth::quick));
  RebuiltCopy rebuilt{.generation = generation.number, .but = usable.but};
  KITH_CHECK(say_up_to_when(target, rebuilt));
  return rebuilt;
}

Time newest_change(const UsableGeneration& usable, const fs::path& generation) {
  auto changed = files::changed_at(usable.logs.empty() ? generation / kBaseName : usable.logs.back().path);
  return changed.value_or(Time{});
}

}  // namespace

fs::path generations_of(const fs::path& folder) {
  return folder / "generations";
}

fs::path whole_generation(const fs::path& folder, std::int64_t number) {
  return generations_of(folder) / fmt::format("{:06}", number);
}

fs::path partial_generation(const fs::path& folder, std::int64_t number) {
  return generations_of(folder) / fmt::format("{:06}.partial", number);
}

std::string log_name(std::int64_t number, std::int64_t frames_before) {
  if (number == 1) return fmt::format("{}{:06}", kLog, number);
  return fmt::format("{}{:06}{}{}", kLog, number, kAfter, frames_before);
}

Result<std::vector<GenerationFolder>> whole_generations(const fs::path& folder) {
  const auto paths = files::list_folder(generations_of(folder));
  if (!paths && paths.error().code == Errc::not_found) return std::vector<GenerationFolder>();
  if (!paths) return std::unexpected(paths.error());
  std::vector<GenerationFolder> found;
  for (const fs::path& path : *paths)
    if (auto number = number_of(path.filename().string())) found.push_back({*number, path});
  std::ranges::sort(found, {}, &GenerationFolder::number);
  return found;
}

}  // namespace sqlite

bool is_copy_folder(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::is_directory(sqlite::generations_of(folder), error);
}

Result<SeenCopy> look_at_copy(const std::filesystem::path& folder) {
  KITH_TRY(const auto generations, sqlite::whole_generations(folder));
  if (generations.empty()) return fail(Errc::not_found, "there is no whole copy yet");
  const auto& newest = generations.back();
  KITH_TRY(const auto usable, sqlite::survey_generation(newest.path));
  return SeenCopy{.generation = newest.number,
                  .whole_generations = static_cast<std::int64_t>(generations.size()),
                  .frames = usable.frames,
                  .changed_at = sqlite::newest_change(usable, newest.path),
                  .but = usable.but};
}

Result<RebuiltCopy> rebuild_from_copy(const std::filesystem::path& folder, const std::filesystem::path& target) {
  KITH_TRY(auto generations, sqlite::whole_generations(folder));
  std::ranges::reverse(generations);
  std::string but;
  for (const auto& generation : generations) {
    auto rebuilt = sqlite::rebuild(generation, target);
    if (rebuilt) {
      rebuilt->but = but + rebuilt->but;
      return rebuilt;
    }
    but += fmt::format("generation {} cannot be used: {}; ", generation.number, rebuilt.error().detail);
    sqlite::remove_database(target);
  }
  return fail(Errc::not_found, but.empty() ? "there is no whole copy of the database in it" : but);
}

}  // namespace kith
