// What happens to the database when the program was replaced by a newer one. The database of before is never touched: a
// copy is made beside it, brought to the new schema, checked, and takes its place in one step. Whatever fails, or
// whenever the power goes, the older program can go on with what is there.
//   upgrade/next.db                 the copy while it is worked on; thrown away by the next start
//   upgrade/before-schema-0004.db   the database as it was, kept for a week
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "storage/migrate.h"

namespace kith {

inline constexpr std::chrono::days kSnapshotIsKept{7};

// Nothing to do when the file is absent, new, or as this program writes it. An error has the field "upgrade" and says
// that nothing was changed; a file that is newer than `known`, or another program's, is refused as migrate() does.
Result<void> upgrade_if_due(const std::filesystem::path& file, const std::string& vfs, std::span<const Migration> known,
                            Log& log);

struct KeptSnapshot {
  std::filesystem::path path;
  Time made_at;
};
// Databases from before an upgrade that lie beside `file`.
std::vector<KeptSnapshot> kept_snapshots(const std::filesystem::path& file);
// Removes those that were made before `before`.
void forget_snapshots(const std::filesystem::path& file, Time before);

}  // namespace kith
