#include <vector>

#include <fmt/core.h>

#include "base/text.h"
#include "server/admin_socket.h"
#include "server/commands/commands.h"
#include "server/data_home.h"
#include "server/kept_files.h"
#include "server/machine_checks.h"

namespace kith {
namespace {

constexpr const char* kWords[] = {"ok  ", "warn", "FAIL"};

void show(const Finding& finding) {
  fmt::print("{}  {:<15} {}\n", kWords[static_cast<int>(finding.health)], finding.about, finding.what);
  if (!finding.advice.empty()) fmt::print("      {:<15} -> {}\n", "", finding.advice);
}

// The house that serves looks at its own database; otherwise we look at the file.
Result<void> look_at_store(const DataPaths& paths, bool is_serving, bool deep) {
  if (!is_serving) return check_database(paths.database(), deep ? CheckDepth::deep : CheckDepth::quick);
  AdminCommand command;
  command.act = deep ? "check-deep" : "check";
  KITH_TRY(auto answer, ask_serving_house(paths.admin_socket(), command));
  if (answer.status != 0) return fail(Errc::unavailable, std::string(trim(answer.text)));
  return {};
}

Finding check_store(const DataPaths& paths, bool is_serving, bool deep) {
  std::error_code error;
  if (!std::filesystem::exists(paths.database(), error))
    return {Health::warn, "database", "not made yet", "start Kith once"};
  auto checked = look_at_store(paths, is_serving, deep);
  if (checked)
    return {Health::ok, "database", deep ? "every page, index and entry is as it was written" : "well formed", {}};
  return {Health::fail, "database", checked.error().detail,
          "keep a copy of the directory as it is, then restore the newest good backup"};
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
