// Looking after the installation: the acts behind `kith admin`, the same whether Kith is serving or not.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"
#include "server/command_line.h"
#include "server/data_home.h"
#include "server/house_copy.h"

namespace kith {

// The status of an act that was cut short because the house is stopping, and of a look for which there was no room.
inline constexpr int kCutShort = 3;

struct AdminAnswer {
  int status = 0;    // exit status of the command
  std::string text;  // what to print: on standard output when status is 0, on standard error otherwise
  friend bool operator==(const AdminAnswer&, const AdminAnswer&) = default;
};

// Blocks until done. Needs home.store_thread() to be started; not on an I/O thread.
// `copy` is the one that follows this house, nullptr when none does.
AdminAnswer do_admin_act(const AdminCommand& command, DataHome& home, const HouseCopy* copy = nullptr);

// Easy to read aloud, 100 random bits: "k3vm-8qzt-...".
std::string make_password(Random& random);

}  // namespace kith
