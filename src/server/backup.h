// A backup is a directory like a data directory: the database, the files people sent, the secret key, and a page that
// says what it is. It is made under another name and renamed when it is whole, so a backup that is there is complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

#include "base/clock.h"
#include "base/result.h"
#include "storage/sqlite/copy_folder.h"

namespace kith {

struct CopiedFiles {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::int64_t missing = 0;            // the database names them, but they were not there to copy
  std::optional<RebuiltCopy> rebuilt;  // when it came from a copy that followed
};

// Puts a checked copy of the database at the path it is given.
using CopyDatabase = std::function<Result<void>(const std::filesystem::path& target)>;

// From the data directory `data` to `target`, which must not exist. Afterwards the copy of the database has been
// checked deeply and every file read back against its name. Errors are sentences for the operator; a failed backup
// leaves nothing, and so does one that is cut short because `stop` was asked for.
Result<CopiedFiles> make_backup(const std::filesystem::path& data, const std::filesystem::path& target,
                                const CopyDatabase& copy_database, Time now, const std::stop_token& stop = {});

// Brings a checked copy of the database to `target`, durably, also to another disk; there it is checked again. The copy
// is gone afterwards.
Result<void> take_copy(const std::filesystem::path& copy, const std::filesystem::path& target);

// What to do about files that the database of a backup names and its files/ has not.
enum class MissingFiles : std::uint8_t { refuse, go_on_without };

// From a backup, or a folder that a copy followed into, into `data`, which must be empty or absent. The backup is
// checked first and stays as it is.
Result<CopiedFiles> restore_backup(const std::filesystem::path& backup, const std::filesystem::path& data,
                                   MissingFiles missing = MissingFiles::refuse);

}  // namespace kith
