#include <cstdio>
#include <iostream>

#include <fmt/core.h>

#include "server/admin_acts.h"
#include "server/admin_socket.h"
#include "server/commands/commands.h"

namespace kith {
namespace {

Result<AdminAnswer> do_it_here(const AdminCommand& command, const Config& config) {
  SystemClock clock;
  Log log(clock, Level::warning, Log::to_stderr());
  KITH_TRY(auto home, DataHome::open(config.data, log, {.readers = 1}));
  KITH_CHECK(home->store_thread().start());
  return do_admin_act(command, *home);
}

// One program owns the store: the one that serves does the act itself, otherwise we do.
Result<AdminAnswer> do_where_it_belongs(const AdminCommand& command, const Config& config) {
  if (config.data.empty()) return invalid("data", "Say which house this is for: --data DIR.");
  const DataPaths paths{config.data};
  if (DataLock::is_held(paths.root)) return ask_serving_house(paths.admin_socket(), command);
  return do_it_here(command, config);
}

}  // namespace

int admin(const Config& config, AdminCommand command) {
  if (command.reads_password && !std::getline(std::cin, command.password))
    return complain({Errc::invalid, "No password came in on standard input.", {}});
  auto answer = do_where_it_belongs(command, config);
  if (!answer) return complain(answer.error());
  fmt::print(answer->status == 0 ? stdout : stderr, "{}", answer->text);
  return answer->status;
}

}  // namespace kith
