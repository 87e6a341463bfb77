// What somebody typed after `kith`, understood.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "server/config.h"

namespace kith {

struct ServeCommand {
  bool with_sample = false;
};

// One act of looking after the installation. Travels as words from the command line to the house that is running.
struct AdminCommand {
  std::string act;  // "create-colleague", "reset-password", "list", "create-token", "create-inbox", "remove-sample"
  std::string email;
  std::string called;
  bool as_leader = false;
  bool reads_password = false;  // from standard input, before anything else happens
  std::string password;
  bool forgets_second_factor = false;
  std::string name;                  // of a token or an inbox
  std::vector<std::string> scopes;   // of a token
  std::vector<std::string> origins;  // of an inbox
  int days = 90;                     // how long a token works
  friend bool operator==(const AdminCommand&, const AdminCommand&) = default;
};

struct DoctorCommand {
  bool deep = false;
};
struct BackupCommand {
  std::string to;
};
struct RestoreCommand {
  std::string from;
  bool without_missing_files = false;
};
struct VersionCommand {};

struct CommandLine {
  ConfigFlags flags;
  std::variant<VersionCommand, ServeCommand, AdminCommand, DoctorCommand, BackupCommand, RestoreCommand> command;
};

// The command, or the exit status after help or a complaint has been printed.
std::variant<CommandLine, int> parse_command_line(int count, const char* const* words);

}  // namespace kith
