#include <vector>

#include <fmt/core.h>

#include "base/text.h"
#include "server/admin_socket.h"
#include "server/commands/commands.h"
#include "server/copy_check.h"
#include "server/data_home.h"
#include "server/house_copy.h"
#include "server/kept_files.h"
#include "server/machine_checks.h"
#include "server/newest_backup.h"

namespace kith {
namespace {

constexpr const char* kWords[] = {"ok  ", "warn", "FAIL"};

void show(const Finding& finding) {
  fmt::print("{}  {:<15} {}\n", kWords[static_cast<int>(finding.health)], finding.about, finding.what);
  if (!finding.advice.empty()) fmt::print("      {:<15} -> {}\n", "", finding.advice);
}

// The house that serves looks at its own database; otherwise we look at the file.
Result<AdminAnswer> look_at_store(const DataPaths& paths, bool is_serving, bool deep) {
  AdminCommand command;
  command.act = deep ? "check-deep" : "check";
  if (is_serving) return ask_serving_house(paths.admin_socket(), command);
  auto checked = check_database(paths.database(), deep ? CheckDepth::deep : CheckDepth::quick);
  return checked ? AdminAnswer{} : AdminAnswer{1, checked.error().detail};
}

Finding check_store(const DataPaths& paths, bool is_serving, bool deep) {
  std::error_code error;
  if (!std::filesystem::exists(paths.database(), error))
    return {Health::warn, "database", "not made yet", "start Kith once"};
  const auto seen = look_at_store(paths, is_serving, deep);
  if (!seen) return {Health::fail, "database", "not looked at: " + seen.error().detail, "stop Kith, then ask again"};
  const std::string what(trim(seen->text));
  if (seen->status == kCutShort) return {Health::warn, "database", "not looked at to the end: " + what, "ask again"};
  if (seen->status == 0)
    return {Health::ok, "database", deep ? "every page, index and entry is as it was written" : "well formed", {}};
  return {Health::fail, "database", what,
          "keep the directory as it is and restore the newest good backup. " + way_back(paths)};
}

// The folder it is to follow into now, or else the one it last followed into.
Finding look_at_the_copy(const Config& config, const DataPaths& paths, bool is_serving, Reading reading) {
  AdminCommand command;
  command.act = "copy-state";
  std::string told;
  if (is_serving)
    if (auto answer = ask_serving_house(paths.admin_socket(), command)) told = answer->text;
  const bool is_named = !config.backup_follow.empty();
  const std::filesystem::path folder =
      is_named ? std::filesystem::path(config.backup_follow) : remembered_copy_folder(paths);
  return check_copy(paths, folder, told, reading);
}

std::vector<Finding> look_at_everything(const Config& config, const DoctorCommand& command) {
  const SystemClock clock;
  const DataPaths paths{config.data};
  const bool is_serving = DataLock::is_held(paths.root);
  std::vector<Finding> findings;
  findings.push_back(check_data_directory(paths.root));
  const bool can_write = findings.back().health != Health::fail;
  if (can_write) {
    findings.push_back(check_secret_key(paths.secret_key()));
    findings.push_back(check_disk_space(paths.root));
    findings.push_back(check_disk_speed(paths.root, clock));
    findings.push_back(check_store(paths, is_serving, command.deep));
    const bool can_read = findings.back().health == Health::ok;
    const Reading reading = command.deep ? Reading::every_byte : Reading::names;
    if (can_read) findings.push_back(check_files(paths.database(), paths.files(), reading));
    findings.push_back(look_at_the_copy(config, paths, is_serving, reading));
    if (Finding kept = check_snapshots(paths); !kept.about.empty()) findings.push_back(std::move(kept));
  }
  findings.push_back(check_clock(clock));
  findings.push_back(check_open_files(config.max_connections));
  findings.push_back(check_listen(config, is_serving));
  findings.push_back(check_certificate(config, clock));
  return findings;
}

}  // namespace

int doctor(const Config& config, const DoctorCommand& command) {
  if (config.data.empty()) return complain({Errc::invalid, "Say which house to look at: --data DIR.", {}});
  Health worst = Health::ok;
  for (const Finding& finding : look_at_everything(config, command)) {
    show(finding);
    worst = std::max(worst, finding.health);
  }
  if (worst == Health::fail) fmt::print("Something needs care before Kith can be relied on.\n");
  if (worst == Health::warn) fmt::print("Kith can work; look at the warnings when there is time.\n");
  if (worst == Health::ok) fmt::print("All is well.\n");
  return worst == Health::fail ? 1 : 0;
}

}  // namespace kith
