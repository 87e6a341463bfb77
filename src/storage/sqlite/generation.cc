#include "storage/sqlite/generation.h"

#include <fmt/core.h>

#include "storage/sqlite/copy_folder.h"

namespace kith::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 256;
constexpr std::int64_t kFramesAtOnce = 64;
constexpr std::size_t kBytesAtOnce = 1 << 20;

Result<void> make_folders(const fs::path& folder) {
  KITH_CHECK(files::make_folder(folder));
  return files::make_folder(generations_of(folder));
}

}  // namespace

// The copy of the pages, which is made in many small steps.
struct Generation::Base {
  std::unique_ptr<Connection> to;
  sqlite3_backup* backup = nullptr;
  int steps = 0;

  ~Base() {
    if (backup) sqlite3_backup_finish(backup);
  }
};

Generation::Generation(fs::path folder, std::int64_t number, std::unique_ptr<Connection> snapshot)
    : folder_(std::move(folder)),
      number_(number),
      path_(partial_generation(folder_, number)),
      snapshot_(std::move(snapshot)) {}

Generation::~Generation() {
  base_.reset();
  if (is_whole_) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Result<std::unique_ptr<Generation>> Generation::begin(const fs::path& folder, std::int64_t number,
                                                      std::unique_ptr<Connection> snapshot) {
  KITH_CHECK(make_folders(folder));
  std::unique_ptr<Generation> made(new Generation(folder, number, std::move(snapshot)));
  std::error_code error;
  fs::remove_all(made->path_, error);
  KITH_CHECK(files::make_folder(made->path_));
  KITH_CHECK(made->begin_base());
  return made;
}

Result<void> Generation::begin_base() {
  // Reading anything is what takes the snapshot.
  KITH_CHECK(snapshot_->step("begin"));
  KITH_CHECK(snapshot_->number("select count(*) from sqlite_schema"));
  base_ = std::make_unique<Base>();
  KITH_TRY(base_->to, Connection::open(path_ / kBaseName, OpenAs::maker, {}));
  // Nobody needs it before it is whole, and then it is made durable as one.
  KITH_CHECK(base_->to->script("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4096"));
  base_->backup = sqlite3_backup_init(base_->to->handle(), "main", snapshot_->handle(), "main");
  if (base_->backup) return {};
  return std::unexpected(error_of(sqlite3_extended_errcode(base_->to->handle()), "copying the base"));
}

Result<bool> Generation::copy_some() {
  if (!base_) return true;
  const int code = sqlite3_backup_step(base_->backup, kPagesAtOnce);
  if (code != SQLITE_OK && code != SQLITE_DONE) return std::unexpected(error_of(code, "copying the base"));
  // What waits to be written is kept small, so that making a commit durable never waits for all of it.
  if (++base_->steps % 8 == 0) {
    KITH_TRY(const auto file, files::OpenFile::for_writing(path_ / kBaseName));
    KITH_CHECK(file.sync());
  }
  if (code == SQLITE_OK) return false;
  KITH_CHECK(finish_base());
  return true;
}

Result<void> Generation::finish_base() {
  const int code = sqlite3_backup_finish(std::exchange(base_->backup, nullptr));
  if (code != SQLITE_OK) return std::unexpected(error_of(code, "copying the base"));
  base_.reset();
  {
    // One file that stands for itself, whoever looks into it.
    KITH_TRY(auto database, Connection::open(path_ / kBaseName, OpenAs::writer, {}));
    KITH_CHECK(database->script("pragma journal_mode = delete"));
  }
  KITH_TRY(const auto file, files::OpenFile::for_writing(path_ / kBaseName));
  KITH_CHECK(file.sync());
  return files::sync_folder(path_);
}

Result<void> Generation::follow(const fs::path& log) {
  auto in = files::OpenFile::for_reading(log);
  if (!in && in.error().code == Errc::not_found) return {};
  if (!in) return std::unexpected(in.error());
  KITH_TRY(const std::string bytes, in->read_at(0, kLogHeaderBytes));
  if (bytes.size() < static_cast<std::size_t>(kLogHeaderBytes)) return {};
  const auto header = read_log_header(bytes);
  if (!header) return fail(Errc::unavailable, "the log of the database has no header that holds");
  if (!copied_ || copied_->header.salts != header->salts) KITH_CHECK(begin_log(bytes, *header));
  return copy_frames(*in);
}

Result<void> Generation::begin_log(std::string_view header_bytes, const LogHeader& header) {
  const std::int64_t before = copied_ ? copied_->frames : 0;
  const fs::path path = path_ / log_name(++logs_, before);
  KITH_TRY(files::OpenFile out, files::OpenFile::for_writing(path));
  KITH_CHECK(out.shorten_to(0));
  KITH_CHECK(out.write_at(0, header_bytes));
  copied_.reset();
  copied_.emplace(header, LogWalk(header), 0, std::move(out));
  KITH_CHECK(copied_->out.sync());
  return files::sync_folder(path_);
}

// Frames behind the last commit are somebody's unfinished work: they are looked at again the next time.
Result<void> Generation::copy_frames(const files::OpenFile& log) {
  const LogHeader header = copied_->header;
  const auto frame_bytes = static_cast<std::size_t>(header.frame_bytes());
  LogWalk walk = copied_->walk;
  LogWalk committed = walk;
  std::int64_t at = copied_->frames;
  std::int64_t commit = at;
  std::string gathered;
  std::size_t ready = 0;  // bytes of what was gathered that are committed
  bool goes_on = true;
  while (goes_on) {
    KITH_TRY(const std::string some, log.read_at(header.offset_of(at + 1), header.frame_bytes() * kFramesAtOnce));
    goes_on = some.size() == frame_bytes * kFramesAtOnce;
    for (std::size_t from = 0; from + frame_bytes <= some.size(); from += frame_bytes) {
      const std::string_view frame = std::string_view(some).substr(from, frame_bytes);
      if (!walk.take(frame)) {
        goes_on = false;
        break;
      }
      gathered += frame;
      ++at;
      if (!read_frame_header(frame).is_commit()) continue;
      ready = gathered.size();
      committed = walk;
      commit = at;
    }
    if (ready < kBytesAtOnce) continue;
    KITH_CHECK(append(std::string_view(gathered).substr(0, ready), committed, commit));
    gathered.erase(0, ready);
    ready = 0;
  }
  if (ready > 0) KITH_CHECK(append(std::string_view(gathered).substr(0, ready), committed, commit));
  return {};
}

Result<void> Generation::append(std::string_view frames, const LogWalk& walk, std::int64_t count) {
  KITH_CHECK(copied_->out.write_at(copied_->header.offset_of(copied_->frames + 1), frames));
  KITH_CHECK(copied_->out.sync());
  copied_->walk = walk;
  copied_->frames = count;
  bytes_followed_ += static_cast<std::int64_t>(frames.size());
  return {};
}

Result<void> Generation::make_whole() {
  {
    KITH_TRY(const auto whole, files::OpenFile::for_writing(path_ / kWholeName));
    KITH_CHECK(whole.write_at(0, fmt::format("{}\n", copied_ ? copied_->frames : 0)));
    KITH_CHECK(whole.sync());
  }
  KITH_CHECK(files::sync_folder(path_));
  const fs::path name = whole_generation(folder_, number_);
  KITH_CHECK(files::rename_file(path_, name));
  path_ = name;
  is_whole_ = true;
  bytes_followed_ = 0;
  return files::sync_folder(generations_of(folder_));
}

}  // namespace kith::sqlite
