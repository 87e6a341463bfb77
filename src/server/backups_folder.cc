#include "server/backups_folder.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "server/backup.h"
#include "storage/files/posix_file.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMomentCharacters = 20;  // "2026-11-22T08-15-30Z"

// Colons are no good in names of files.
std::string name_of(Time now, BackupId id) {
  std::string moment = format_time(now).substr(0, kMomentCharacters - 1) + "Z";
  std::ranges::replace(moment, ':', '-');
  return moment + "_" + id.text();
}

std::optional<KeptBackup> read_name(const std::string& name) {
  if (name.size() < kMomentCharacters + 1 || name[kMomentCharacters] != '_') return std::nullopt;
  std::string moment = name.substr(0, kMomentCharacters);
  moment[13] = moment[16] = ':';
  const auto made_at = parse_time(moment);
  const auto id = BackupId::parse(std::string_view(name).substr(kMomentCharacters + 1));
  if (!made_at || !id) return std::nullopt;
  return KeptBackup{.id = *id, .name = name, .made_at = *made_at};
}

std::int64_t size_of(const fs::path& folder) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    const auto size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (!gone) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

// Lets one in at a time.
class Turn {
 public:
  explicit Turn(std::atomic<bool>& busy) : busy_(busy), is_mine_(!busy.exchange(true)) {}
  ~Turn() {
    if (is_mine_) busy_ = false;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool is_mine() const { return is_mine_; }

 private:
  std::atomic<bool>& busy_;
  bool is_mine_;
};

}  // namespace

Result<std::vector<KeptBackup>> BackupsFolder::list() {
  std::vector<KeptBackup> found;
  const auto paths = files::list_folder(home_.paths().backups());
  if (!paths && paths.error().code == Errc::not_found) return found;
  if (!paths) return std::unexpected(paths.error());
  for (const fs::path& path : *paths) {
    auto backup = read_name(path.filename().string());
    if (!backup) continue;
    backup->size_bytes = size_of(path);
    found.push_back(std::move(*backup));
  }
  std::ranges::sort(found, std::ranges::greater(), &KeptBackup::name);
  return found;
}

Result<KeptBackup> BackupsFolder::make(BackupId id) {
  const Turn turn(is_busy_);
  if (!turn.is_mine()) return fail(Errc::conflict, "another backup is being made");
  KITH_TRY(const auto before, list());
  const auto same = std::ranges::find(before, id, &KeptBackup::id);
  if (same != before.end()) return *same;
  const Time now = home_.clock().now();
  const std::string name = name_of(now, id);
  const fs::path target = home_.paths().backups() / name;
  const std::stop_token stop = home_.stopping();
  const auto copy_database = [this, &stop](const fs::path& to) { return home_.store().backup_to(to, stop); };
  KITH_CHECK(make_backup(home_.paths().root, target, copy_database, now, stop));
  KITH_TRY(const auto after, list());
  const auto made = std::ranges::find(after, id, &KeptBackup::id);
  if (made == after.end()) return fail(Errc::unavailable, "the backup is not where it was just put");
  return *made;
}

}  // namespace kith
