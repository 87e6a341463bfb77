// The commands of `kith`, one file each. Each returns the exit status of the program: 0 when it worked, 1 when it did
// not, 2 when it was asked in a way that makes no sense, 3 when an upgrade of the database failed and it is as before.
#pragma once

#include "base/result.h"
#include "server/command_line.h"
#include "server/config.h"

namespace kith {

inline constexpr int kUpgradeFailed = 3;

int serve(const Config& config, const ServeCommand& command);
int admin(const Config& config, AdminCommand command);
int doctor(const Config& config, const DoctorCommand& command);
int backup(const Config& config, const BackupCommand& command);
int restore(const Config& config, const RestoreCommand& command);
int show_version();

// Says on standard error what went wrong; the exit status that fits.
int complain(const Error& error);

}  // namespace kith
