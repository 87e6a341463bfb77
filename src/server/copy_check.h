// What `kith doctor` says of the copy that follows the house, and of the databases kept from before an upgrade.
#pragma once

#include <filesystem>
#include <string>

#include "server/data_home.h"
#include "server/kept_files.h"
#include "server/machine_checks.h"

namespace kith {

// `told` is what the house that serves said of its copy (the act "copy-state"); empty when none serves or none follows.
// Reading::every_byte makes a database of the copy, checks it as deeply as there is, and removes it again.
Finding check_copy(const DataPaths& paths, const std::filesystem::path& folder, const std::string& told,
                   Reading reading);

// Nothing to say when none is kept: then `about` is empty.
Finding check_snapshots(const DataPaths& paths);

}  // namespace kith
