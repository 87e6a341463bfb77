#include <fmt/core.h>

#include "server/backup.h"
#include "server/commands/commands.h"

namespace kith {

int restore(const Config& config, const RestoreCommand& command) {
  if (config.data.empty()) return complain({Errc::invalid, "Say where the house shall be: --data DIR.", {}});
  auto copied = restore_backup(command.from, config.data);
  if (!copied) return complain(copied.error());
  fmt::print(
      "The house is back in {}: the database was checked entry by entry, with {} files.\n"
      "Start it with:  kith serve --data {}\n",
      config.data, copied->files, config.data);
  return 0;
}

}  // namespace kith
