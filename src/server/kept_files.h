// Whether the files people sent are all there, byte for byte: what the database names, looked for on disk.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "server/machine_checks.h"

namespace kith {

struct KeptFiles {
  std::int64_t files = 0;
  std::int64_t missing = 0;
  std::int64_t damaged = 0;     // not the bytes they were kept with
  std::filesystem::path first;  // of those that are missing or damaged
};

enum class Reading : std::uint8_t { names, every_byte };

// `files` is the folder of a data directory or a backup that belongs to `database`.
Result<KeptFiles> look_at_files(const std::filesystem::path& database, const std::filesystem::path& files,
                                Reading reading);

// The same for `kith doctor`.
Finding check_files(const std::filesystem::path& database, const std::filesystem::path& files, Reading reading);

}  // namespace kith
