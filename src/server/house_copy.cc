#include "server/house_copy.h"

#include <algorithm>
#include <fstream>
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

Result<void> copy_content_file(const fs::path& from, const fs::path& to) {
  const fs::path part = fs::path(to) += ".part";
  Sha256 digest;
  {
    auto in = files::OpenFile::for_reading(from);
    if (!in && in.error().code == Errc::not_found) return {};  // erased meanwhile
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
    return fail(Errc::unavailable, fmt::format("the file {} is damaged", from.string()));
  }
  return files::rename_file(part, to);
}

}  // namespace

HouseCopy::HouseCopy(DataHome& home, fs::path folder) : home_(home), folder_(std::move(folder)) {}

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
  if (why_not_.empty()) return state;
  state.why_not += (state.why_not.empty() ? "" : "; ") + ("files people sent: " + why_not_);
  state.follows = false;
  return state;
}

void HouseCopy::run() {
  bool is_last = false;
  bool is_well = true;
  while (!is_last) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, is_well ? std::chrono::milliseconds(kEvery) : std::chrono::milliseconds(kAfterFailure),
                     [this] { return stopping_; });
      is_last = stopping_;
    }
    auto looked = look();
    is_well = looked.has_value();
    if (!is_well) seen_.clear();
    const std::string why = looked ? std::string() : looked.error().detail;
    const std::lock_guard lock(mutex_);
    if (why != why_not_ && !why.empty()) home_.log().error("copy_of_files_stopped", {{"why", why}});
    why_not_ = why;
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

Result<void> HouseCopy::copy_new_files() {
  std::error_code error;
  for (const fs::directory_entry& shelf : fs::directory_iterator(home_.paths().files() / "content", error))
    if (shelf.is_directory(error)) KITH_CHECK(copy_new_files_of(shelf.path()));
  return {};
}

Result<void> HouseCopy::copy_new_files_of(const fs::path& shelf) {
  KITH_TRY(const Time changed, files::changed_at(shelf));
  const std::string name = shelf.filename().string();
  if (const auto seen = seen_.find(name); seen != seen_.end() && seen->second == changed.us) return {};
  const fs::path to = folder_ / "files" / "content" / name;
  KITH_CHECK(files::make_folder(to));
  std::error_code error;
  bool has_new = false;
  for (const fs::directory_entry& file : fs::directory_iterator(shelf, error)) {
    const fs::path target = to / file.path().filename();
    if (fs::exists(target, error)) continue;
    KITH_CHECK(copy_content_file(file.path(), target));
    has_new = true;
  }
  if (has_new) KITH_CHECK(files::sync_folder(to));
  if (home_.clock().now().us - changed.us > kSettledAfterUs) seen_[name] = changed.us;
  return {};
}

// Erased ones, once no generation that is kept needs them any more. What cannot be looked into keeps everything.
void HouseCopy::remove_files_nobody_needs() {
  std::set<std::string> needed;
  for (const auto& generation : sqlite::whole_generations(folder_)) {
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
