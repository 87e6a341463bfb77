#include "server/newest_backup.h"

#include <algorithm>

#include <fmt/core.h>

#include "server/house_copy.h"
#include "storage/files/posix_file.h"
#include "storage/sqlite/copy_folder.h"

namespace kith {

namespace fs = std::filesystem;

fs::path newest_backup(const DataPaths& paths) {
  fs::path copy = remembered_copy_folder(paths);
  if (!copy.empty() && look_at_copy(copy)) return copy;
  fs::path newest;
  std::error_code error;
  const auto backups = files::list_folder(paths.backups());
  if (!backups) return newest;
  for (const fs::path& backup : *backups) {
    // Their names begin with the moment they were made.
    const bool is_whole = fs::exists(backup / "kith.db", error) && backup.extension() != ".partial";
    if (is_whole && backup.filename() > newest.filename()) newest = backup;
  }
  return newest;
}

std::string way_back(const DataPaths& paths) {
  const fs::path backup = newest_backup(paths);
  const std::string from = backup.empty() ? std::string("BACKUP") : backup.string();
  const std::string where = backup.empty() ? "No backup is known here; look where you keep them: "
                                           : "The newest backup this house knows of: ";
  return fmt::format("{}`kith restore {} --data NEW_DIRECTORY`", where, from);
}

}  // namespace kith
