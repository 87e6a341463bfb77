#include "server/backup.h"

#include <fmt/core.h>

#include "server/admin_socket.h"
#include "server/commands/commands.h"
#include "server/data_home.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

// The house that serves copies its database beside itself; we bring the copy where it belongs, so that the server needs
// no right to write anywhere else.
Result<void> fetch_copy(const DataPaths& paths, const fs::path& target) {
  AdminCommand command;
  command.act = "copy-database";
  KITH_TRY(auto answer, ask_serving_house(paths.admin_socket(), command));
  if (answer.status != 0) return fail(Errc::unavailable, answer.text);
  return take_copy(answer.text, target);
}

Result<void> copy_here(const Config& config, const fs::path& target) {
  SystemClock clock;
  Log log(clock, Level::warning, Log::to_stderr());
  KITH_TRY(auto home, DataHome::open(config.data, log, {.readers = 1}));
  return home->store().backup_to(target);
}

}  // namespace

int backup(const Config& config, const BackupCommand& command) {
  if (config.data.empty()) return complain({Errc::invalid, "Say which house to copy: --data DIR.", {}});
  const DataPaths paths{config.data};
  const auto copy_database = [&](const fs::path& target) {
    return DataLock::is_held(paths.root) ? fetch_copy(paths, target) : copy_here(config, target);
  };
  auto copied = make_backup(paths.root, command.to, copy_database, SystemClock().now());
  if (!copied) return complain(copied.error());
  fmt::print(
      "The backup {} is whole and was checked: the database, {} files and the secret key.\n"
      "Whoever holds it can read every conversation, so keep it as safe as the house itself.\n",
      command.to, copied->files);
  if (copied->missing == 0) return 0;
  fmt::print("{} files that people sent were missing already; kith doctor says which.\n", copied->missing);
  return 1;
}

}  // namespace kith
