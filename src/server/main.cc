// `kith`: reads what was typed and does it.
#include <sys/stat.h>

#include <exception>

#include "server/command_line.h"
#include "server/commands/commands.h"

namespace kith {
namespace {

struct Doing {
  const Config& config;
  int operator()(const ServeCommand& command) const { return serve(config, command); }
  int operator()(const AdminCommand& command) const { return admin(config, command); }
  int operator()(const DoctorCommand& command) const { return doctor(config, command); }
  int operator()(const BackupCommand& command) const { return backup(config, command); }
  int operator()(const RestoreCommand& command) const { return restore(config, command); }
  int operator()(const VersionCommand&) const { return show_version(); }
};

int run(int count, char** words) {
  auto parsed = parse_command_line(count, words);
  if (const int* status = std::get_if<int>(&parsed)) return *status;
  const auto& line = std::get<CommandLine>(parsed);
  auto config = load_config(line.flags, process_environment());
  if (!config) return complain(config.error());
  return std::visit(Doing{*config}, line.command);
}

}  // namespace
}  // namespace kith

int main(int count, char** words) {
  ::umask(0077);  // whatever is made is for this account only
  try {
    return kith::run(count, words);
  } catch (const std::exception& exception) {
    return kith::complain({kith::Errc::unavailable, exception.what(), {}});
  }
}
