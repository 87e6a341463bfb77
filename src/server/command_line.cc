#include "server/command_line.h"

#include <CLI/CLI.hpp>

namespace kith {
namespace {

void add_place(CLI::App& app, ConfigFlags& flags) {
  app.add_option("--data", flags.data, "Where Kith keeps its things")->type_name("DIR");
  app.add_option("--config", flags.file, "Settings file (TOML); KITH_... variables and flags win over it")
      ->type_name("FILE");
}

template <class Command>
CLI::App* add_command(CLI::App& app, CommandLine& line, Command& command, const char* name, const char* purpose) {
  CLI::App* sub = app.add_subcommand(name, purpose);
  add_place(*sub, line.flags);
  sub->final_callback([&line, &command] { line.command = command; });
  return sub;
}

void add_serve(CLI::App& app, CommandLine& line, ServeCommand& serve) {
  CLI::App* sub = add_command(app, line, serve, "serve", "Open the house: answer customers and colleagues");
  sub->add_option("--listen", line.flags.listen, "Address and port, 127.0.0.1:8080 unless told otherwise")
      ->type_name("HOST:PORT");
  sub->add_option("--web", line.flags.web, "Take the pages from this web/ folder, read anew for every request")
      ->type_name("DIR");
  sub->add_option("--backup-to", line.flags.backup_follow,
                  "Let a copy of the house follow every commit into this folder")
      ->type_name("DIR");
  sub->add_flag("--sample", serve.with_sample, "Bring in a small sample team to try things with; removable");
}

CLI::App* add_act(CLI::App& parent, CommandLine& line, AdminCommand& admin, const char* name, const char* purpose) {
  CLI::App* act = parent.add_subcommand(name, purpose);
  add_place(*act, line.flags);
  act->final_callback([&line, &admin, name] {
    admin.act = name;
    line.command = admin;
  });
  return act;
}

void add_people_acts(CLI::App& parent, CommandLine& line, AdminCommand& admin) {
  constexpr const char* kReads = "Read the password from standard input instead of making one up";
  CLI::App* create = add_act(parent, line, admin, "create-colleague", "Give somebody a place in the team");
  create->add_option("--email", admin.email, "What she signs in with")->required();
  create->add_option("--called", admin.called, "How customers and colleagues call her")->required();
  create->add_flag("--leader", admin.as_leader, "She may invite others and change settings");
  create->add_flag("--password-stdin", admin.reads_password, kReads);
  CLI::App* reset = add_act(parent, line, admin, "reset-password", "Set a new password and end all her sessions");
  reset->add_option("--email", admin.email, "What she signs in with")->required();
  reset->add_flag("--password-stdin", admin.reads_password, kReads);
  reset->add_flag("--forget-second-factor", admin.forgets_second_factor, "She lost her phone: turn the codes off");
  add_act(parent, line, admin, "list", "Show the team, the inboxes and the tokens");
  add_act(parent, line, admin, "remove-sample", "Take the sample team out again; real things stay untouched");
}

void add_door_acts(CLI::App& parent, CommandLine& line, AdminCommand& admin) {
  CLI::App* token = add_act(parent, line, admin, "create-token", "Let a program use the API");
  token->add_option("--name", admin.name, "What the program is called")->required();
  token
      ->add_option("--scope", admin.scopes,
                   "read-people, read-conversations, write-entries, manage-settings; several are fine")
      ->required();
  token->add_option("--days", admin.days, "How long it works")->check(CLI::Range(1, 3650));
  CLI::App* inbox = add_act(parent, line, admin, "create-inbox", "Open a door for customers on a website");
  inbox->add_option("--name", admin.name, "What the team calls it")->required();
  inbox->add_option("--origin", admin.origins, "Site that may show it, such as https://shop.example; several are fine");
}

void add_keeping(CLI::App& app, CommandLine& line, DoctorCommand& doctor, BackupCommand& backup,
                 RestoreCommand& restore) {
  CLI::App* sub =
      add_command(app, line, doctor, "doctor", "Check disk, rights, database, clock, ports; say what to do");
  sub->add_flag("--deep", doctor.deep, "Read the whole database and check the chain over all entries");
  sub->add_option("--listen", line.flags.listen, "Address and port to check")->type_name("HOST:PORT");
  sub = add_command(app, line, backup, "backup", "Copy everything, also while Kith is serving");
  sub->add_option("to", backup.to, "Directory to make; it must not exist yet")->required()->type_name("TO");
  sub = add_command(app, line, restore, "restore", "Bring a backup into an empty data directory");
  sub->add_option("from", restore.from, "A directory that `kith backup` made, or one that a copy follows into")
      ->required()
      ->type_name("FROM");
  sub->add_flag("--without-missing-files", restore.without_missing_files,
                "Go on although files that people sent are missing in the backup");
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int count, const char* const* words) {
  CommandLine line;
  ServeCommand serve;
  AdminCommand admin;
  DoctorCommand doctor;
  BackupCommand backup;
  RestoreCommand restore;
  CLI::App app{"Kith keeps conversations between people, and takes care of both sides.", "kith"};
  app.require_subcommand(1);
  app.footer("Start with:  kith serve --data ./my-kith --sample");
  add_serve(app, line, serve);
  CLI::App* parent =
      app.add_subcommand("admin", "Look after colleagues, inboxes and tokens, also while Kith is serving");
  parent->require_subcommand(1);
  add_people_acts(*parent, line, admin);
  add_door_acts(*parent, line, admin);
  add_keeping(app, line, doctor, backup, restore);
  app.add_subcommand("version", "Say which Kith this is")->callback([&] { line.command = VersionCommand{}; });
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return line;
}

}  // namespace kith
