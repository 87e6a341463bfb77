#include <fmt/core.h>

#include "server/backup.h"
#include "server/commands/commands.h"

namespace kith {

int restore(const Config& config, const RestoreCommand& command) {
  if (config.data.empty()) return complain({Errc::invalid, "Say where the house shall be: --data DIR.", {}});
  const auto missing = command.without_missing_files ? MissingFiles::go_on_without : MissingFiles::refuse;
  auto copied = restore_backup(command.from, config.data, missing);
  if (!copied) return complain(copied.error());
  fmt::print(
      "The house is back in {}: the database was checked entry by entry, with {} files.\n"
      "Start it with:  kith serve --data {}\n",
      config.data, copied->files, config.data);
  if (copied->rebuilt) {
    fmt::print("It holds everything up to seq {}; the newest word in it was written {}Z.\n",
               copied->rebuilt->newest_seq, format_time(copied->rebuilt->newest_word).substr(0, 19));
    if (!copied->rebuilt->but.empty()) fmt::print("Not all of the copy could be used: {}\n", copied->rebuilt->but);
  }
  if (copied->missing > 0)
    fmt::print("{} files that people sent are missing, as they were in the backup.\n", copied->missing);
  return 0;
}

}  // namespace kith
