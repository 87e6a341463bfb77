#include "server/house_copy.h"

#include <algorithm>
#include <exception>
#include <set>

#include <fmt/core.h>

#include "base/digest.h"
#include "server/backup.h"
#include "storage/files/posix_file.h"
#include "storage/sqlite/copy_folder.h"

namespace kith {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kEvery = 200ms;
constexpr auto kAfterFailure = 5s;
// A folder that changed a moment ago may change again within the same tick of the file system's clock.
constexpr std::int64_t kSettledAfterUs = 2'000'000;

bool is_inside(const fs::path& inner, const fs::path& outer) {
  const auto [end, at] = std::ranges::mismatch(outer, inner);
  return end == outer.end();
}

fs::path plain(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(fs::absolute(path), error);
  if (error) whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

Result<std::string> read_whole(const fs::path& path) {
  KITH_TRY(const auto file, files::OpenFile::for_reading(path));
  KITH_TRY(const auto size, file.size());
  return file.read_at(0, size);
}

// In one step, so that it is whole or not there.
Result<void> write_whole(const fs::path& path, std::string_view bytes) {
  const fs::path part = fs::path(path) += ".part";
  {
    KITH_TRY(const auto file, files::OpenFile::for_writing(part));
    KITH_CHECK(file.shorten_to(0));
    KITH_CHECK(file.write_at(0, bytes));
    KITH_CHECK(file.sync());
  }
  KITH_CHECK(files::rename_file(part, path));
  return files::sync_folder(path.parent_path());
}

constexpr const char* kNote =
    "A copy of Kith that follows it, commit by commit.\n\n"
    "generations/  the database: a base, and what was committed since\n"
    "files/        what people sent\n"
    "secret.key    opens the secrets inside the database\n\n"
    "Whoever holds this directory can read every conversation: keep it as safe as the house itself.\n"
    "Bring it back with:  kith restore THIS_DIRECTORY --data NEW_DIRECTORY\n";

enum class Copied : std::uint8_t { whole, gone, damaged };

Result<Copied> copy_content_file(const fs::path& from, const fs::path& to) {
  const fs::path part = fs::path(to) += ".part";
  Sha256 digest;
  {
    auto in = files::OpenFile::for_reading(from);
    if (!in && in.error().code == Errc::not_found) return Copied::gone;  // erased meanwhile
    if (!in) return std::unexpected(in.error());
    KITH_TRY(const auto out, files::OpenFile::for_writing(part));
    KITH_CHECK(out.shorten_to(0));
    constexpr std::int64_t kPiece = 1 << 20;
    for (std::int64_t at = 0;; at += kPiece) {
      KITH_TRY(const std::string piece, in->read_at(at, kPiece));
      if (piece.empty()) break;
      digest.add(piece);
      KITH_CHECK(out.write_at(at, piece));
    }
    KITH_CHECK(out.sync());
  }
  const std::string name = from.parent_path().filename().string() + from.filename().string();
  if (hex(digest.finish()) != name) {
    KITH_CHECK(files::remove_file(part));
    return Copied::damaged;
  }
  KITH_CHECK(files::rename_file(part, to));
  return Copied::whole;
}

}  // namespace

HouseCopy::HouseCopy(DataHome& home, fs::path folder)
    : home_(home), folder_(std::move(folder)), caught_up_(home.clock().steady()) {}

Result<std::unique_ptr<HouseCopy>> HouseCopy::begin(DataHome& home, const fs::path& folder) {
  const fs::path whole = plain(folder);
  const fs::path data = plain(home.paths().root);
  if (is_inside(whole, data) || is_inside(data, whole))
    return invalid("backup.follow",
                   fmt::format("The copy cannot follow into {}: one disk that breaks would take both. Name a folder "
                               "outside of the data directory, best on another disk.",
                               whole.string()));
  const auto key = read_whole(whole / "secret.key");
  const auto ours = read_whole(home.paths().secret_key());
  if (key && ours && *key != *ours)
    return invalid("backup.follow",
                   fmt::format("{} holds the copy of another house. Name a folder of its own.", whole.string()));
  remember_copy_folder(home.paths(), whole);
  KITH_CHECK(home.store().follow_into({.folder = whole}, home.clock()));
  std::unique_ptr<HouseCopy> copy(new HouseCopy(home, whole));
  copy->thread_ = std::thread([self = copy.get()] { self->run(); });
  return copy;
}

HouseCopy::~HouseCopy() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

CopyState HouseCopy::state() const {
  CopyState state = home_.store().copy_state();
  const std::lock_guard lock(mutex_);
  const bool has_every_file = why_not_.empty() && copied_ == home_.files().kept_so_far();
  if (!has_every_file) state.behind = std::max(state.behind, home_.clock().steady() - caught_up_);
  // Without the key and the files so far nothing can be brought back.
  if (!copied_) state.follows = false;
  if (why_not_.empty()) return state;
  state.why_not += (state.why_not.empty() ? "" : "; ") + ("files people sent: " + why_not_);
  state.follows = false;
  return state;
}

void HouseCopy::run() {
  bool is_first = true;
  bool is_last = false;
  bool is_well = true;
  while (!is_last) {
    if (!std::exchange(is_first, false)) {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, is_well ? std::chrono::milliseconds(kEvery) : std::chrono::milliseconds(kAfterFailure),
                     [this] { return stopping_; });
      is_last = stopping_;
    }
    const std::uint64_t kept = home_.files().kept_so_far();
    const auto now = home_.clock().steady();
    auto looked = look_carefully();
    is_well = looked.has_value();
    if (!is_well) seen_.clear();
    const std::string why = looked ? std::string() : looked.error().detail;
    const std::lock_guard lock(mutex_);
    if (why != why_not_ && !why.empty()) home_.log().error("copy_of_files_stopped", {{"why", why}});
    why_not_ = why;
    if (!is_well) continue;
    copied_ = kept;
    caught_up_ = now;
  }
}

// Whatever is thrown ends the copy and not the house.
Result<void> HouseCopy::look_carefully() {
  try {
    return look();
  } catch (const std::exception& thrown) {
    return fail(Errc::unavailable, thrown.what());
  }
}

Result<void> HouseCopy::look() {
  KITH_CHECK(copy_what_does_not_change());
  KITH_CHECK(copy_new_files());
  const auto generation = home_.store().copy_state().generation;
  if (std::exchange(tidied_generation_, generation) != generation) remove_files_nobody_needs();
  return {};
}

Result<void> HouseCopy::copy_what_does_not_change() {
  if (has_key_) return {};
  KITH_CHECK(files::make_folder(folder_));
  KITH_TRY(const std::string key, read_whole(home_.paths().secret_key()));
  KITH_CHECK(write_whole(folder_ / "secret.key", key));
  KITH_CHECK(write_whole(folder_ / "README.txt", kNote));
  KITH_CHECK(files::make_folder(folder_ / "files"));
  KITH_CHECK(files::make_folder(folder_ / "files" / "content"));
  has_key_ = true;
  return {};
}

// A damaged file is told when all others are safe.
Result<void> HouseCopy::copy_new_files() {
  KITH_TRY(const auto shelves, files::list_folder(home_.paths().files() / "content"));
  std::error_code error;
  damaged_.clear();
  for (const fs::path& shelf : shelves)
    if (fs::is_directory(shelf, error)) KITH_CHECK(copy_new_files_of(shelf));
  if (damaged_.empty()) return {};
  return fail(Errc::unavailable, fmt::format("the file {} is damaged", damaged_.string()));
}

Result<void> HouseCopy::copy_new_files_of(const fs::path& shelf) {
  KITH_TRY(const Time changed, files::changed_at(shelf));
  const std::string name = shelf.filename().string();
  if (const auto seen = seen_.find(name); seen != seen_.end() && seen->second == changed.us) return {};
  const fs::path to = folder_ / "files" / "content" / name;
  KITH_CHECK(files::make_folder(to));
  // What was renamed before something failed, or before a kill, is there already and perhaps not durable.
  const auto copied = copy_missing(shelf, to);
  const bool is_to_sync = !copied || *copied > 0 || !synced_.contains(name);
  synced_.erase(name);
  if (is_to_sync) KITH_CHECK(files::sync_folder(to));
  synced_.insert(name);
  if (!copied) return std::unexpected(copied.error());
  if (home_.clock().now().us - changed.us > kSettledAfterUs) seen_[name] = changed.us;
  return {};
}

// Says how many files are new.
Result<std::int64_t> HouseCopy::copy_missing(const fs::path& shelf, const fs::path& to) {
  KITH_TRY(const auto paths, files::list_folder(shelf));
  std::error_code error;
  std::int64_t count = 0;
  for (const fs::path& path : paths) {
    const fs::path target = to / path.filename();
    if (fs::exists(target, error)) continue;
    KITH_TRY(const Copied copied, copy_content_file(path, target));
    if (copied == Copied::whole) ++count;
    if (copied == Copied::damaged && damaged_.empty()) damaged_ = path;
  }
  return count;
}

// Erased ones, once no generation that is kept needs them any more. What cannot be looked into keeps everything.
void HouseCopy::remove_files_nobody_needs() {
  const auto generations = sqlite::whole_generations(folder_);
  if (!generations) return;
  std::set<std::string> needed;
  for (const auto& generation : *generations) {
    const auto contents = contents_in_use(generation.path / sqlite::kBaseName);
    if (!contents) return;
    for (const Digest& content : *contents) needed.insert(hex(content));
  }
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder_ / "files" / "content", error), end; !error && at != end;
       at.increment(error)) {
    if (!at->is_regular_file(error)) continue;
    const fs::path shelf = at->path().parent_path().filename();
    const bool is_in_the_house = fs::exists(home_.paths().files() / "content" / shelf / at->path().filename(), error);
    if (!is_in_the_house && !needed.contains(shelf.string() + at->path().filename().string()))
      fs::remove(at->path(), error);
  }
}

void remember_copy_folder(const DataPaths& paths, const fs::path& folder) {
  if (remembered_copy_folder(paths) == folder) return;
  // Only a help: that it cannot be kept shows elsewhere.
  [[maybe_unused]] auto kept = write_whole(paths.copy_note(), folder.string());
}

fs::path remembered_copy_folder(const DataPaths& paths) {
  auto folder = read_whole(paths.copy_note());
  return folder ? fs::path(*folder) : fs::path();
}

}  // namespace kith
