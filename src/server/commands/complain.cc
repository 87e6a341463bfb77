#include <cstdio>

#include <fmt/core.h>

#include "server/commands/commands.h"

namespace kith {

int complain(const Error& error) {
  fmt::print(stderr, "kith: {}\n", error.detail.empty() ? errc_name(error.code) : error.detail);
  return error.code == Errc::invalid ? 2 : 1;
}

}  // namespace kith
