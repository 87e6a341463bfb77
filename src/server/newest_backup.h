// The way back that an operator in need is told: the newest backup the house knows of.
#pragma once

#include <filesystem>
#include <string>

#include "server/data_home.h"

namespace kith {

// The folder to give to `kith restore`: the copy that follows when it holds something, else the newest of DATA/backups.
// Empty when there is none.
std::filesystem::path newest_backup(const DataPaths& paths);

// A sentence with the commands to type.
std::string way_back(const DataPaths& paths);

}  // namespace kith
