#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdio>

#include <fmt/core.h>

#include "base/damaged.h"
#include "server/app.h"
#include "server/commands/commands.h"
#include "server/newest_backup.h"

namespace kith {
namespace {

sigset_t stopping_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// Before any thread is made, so that all of them leave these signals to wait_for_goodbye().
void keep_signals_for_later() {
  const sigset_t signals = stopping_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

// After the first signal the next one ends the program at once, for those who cannot wait.
void wait_for_goodbye() {
  const sigset_t signals = stopping_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

// Few heaps and early giving back: the house is idle most of the day and should not weigh much then.
void stay_small() {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

void allow_many_connections() {
  struct rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// What was damaged may be met by any of the steps of a start.
Error with_way_back(Error error, const Config& config) {
  if (error.field != kDamaged || error.detail.find("kith restore") != std::string::npos) return error;
  error.detail = fmt::format("The database in {} is damaged: {}. `kith doctor --deep --data {}` may know more. {}.",
                             config.data, error.detail, config.data, way_back(DataPaths{config.data}));
  return error;
}

}  // namespace

int serve(const Config& config, const ServeCommand& command) {
  auto endpoint = check_for_serving(config);
  if (!endpoint) return complain(endpoint.error());
  keep_signals_for_later();
  stay_small();
  allow_many_connections();
  SystemClock clock;
  Log log(clock, config.lowest_level(), Log::to_stderr());
  auto app = App::open(config, *endpoint, command.with_sample, log);
  if (!app) {
    const int status = complain(with_way_back(app.error(), config));
    return app.error().field == "upgrade" ? kUpgradeFailed : status;
  }
  fmt::print("Kith is at home: {}/\n", (*app)->address());
  for (const App::DoorLine& door : (*app)->doors()) fmt::print("  {}: {}\n", door.what, door.where);
  std::fflush(stdout);
  log.info("serving", {{"listen", endpoint->text()}, {"tls", config.uses_tls() ? "yes" : "no"}});
  wait_for_goodbye();
  log.info("closing");
  (*app)->close();
  log.info("closed");
  return 0;
}

}  // namespace kith
