// For tests: a scratch data directory that is gone afterwards.
#pragma once

#include <filesystem>
#include <stdexcept>

#include "base/clock.h"
#include "base/log.h"
#include "base/scratch_folder_for_tests.h"
#include "server/admin_acts.h"
#include "server/data_home.h"

namespace kith {

// A data directory opened the way `kith admin` does.
class OpenHouse {
 public:
  explicit OpenHouse(const std::filesystem::path& data) {
    auto opened = DataHome::open(data, log_, {.readers = 1});
    if (!opened) throw std::runtime_error(opened.error().detail);
    home_ = std::move(*opened);
    if (auto started = home_->store_thread().start(); !started) throw std::runtime_error(started.error().detail);
  }
  DataHome& home() { return *home_; }
  AdminAnswer act(const AdminCommand& command) { return do_admin_act(command, *home_); }

 private:
  SystemClock clock_;
  Log log_{clock_, Level::error, [](std::string_view) {}};
  std::unique_ptr<DataHome> home_;
};

inline AdminCommand new_colleague(const char* called, const char* email) {
  AdminCommand command;
  command.act = "create-colleague";
  command.called = called;
  command.email = email;
  return command;
}

}  // namespace kith
