// For tests: which files and folders were made durable, under the names they had then. It takes the place of fsync() in
// the whole program, so include it in one file of a test program only.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

namespace kith {

// Of this thread alone.
inline std::vector<std::string>& seen_syncs() {
  thread_local std::vector<std::string> seen;
  return seen;
}

}  // namespace kith

extern "C" int fsync(int descriptor) {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error);
  if (!error) kith::seen_syncs().push_back(path.string());
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
