#include "server/data_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/core.h>

namespace kith {
namespace {

// A whole-file lock that belongs to the open file: the kernel lets go of it however the program ends, and asking who
// holds it (F_OFD_GETLK) takes nothing away. The pid inside the file is only for people.
struct flock whole_file(short type) {
  struct flock lock{};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string pid_in(int file) {
  char text[32];
  const auto length = ::pread(file, text, sizeof text, 0);
  std::string pid(text, length > 0 ? static_cast<std::size_t>(length) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "unknown" : pid;
}

std::string sentence_for(const std::filesystem::path& data, int error) {
  return fmt::format(
      "Cannot write in the data directory {}: {}. Give this account the right to write there, or choose "
      "another directory with --data.",
      data.string(), std::strerror(error));
}

}  // namespace

Result<DataLock> DataLock::take(const std::filesystem::path& data) {
  const int file = ::open((data / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail(Errc::unavailable, sentence_for(data, errno));
  DataLock lock(file);
  struct flock wanted = whole_file(F_WRLCK);
  if (::fcntl(file, F_OFD_SETLK, &wanted) != 0) {
    return fail(Errc::conflict,
                fmt::format("Another Kith (process {}) is already using {}. Stop it first, or start this "
                            "one with another --data directory.",
                            pid_in(file), data.string()));
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  // On a full disk it stays unsaid: reading must work even then.
  [[maybe_unused]] const bool is_said =
      ::ftruncate(file, 0) == 0 && ::pwrite(file, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  return lock;
}

bool DataLock::is_held(const std::filesystem::path& data) {
  const int file = ::open((data / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct flock found = whole_file(F_RDLCK);
  const bool held = ::fcntl(file, F_OFD_GETLK, &found) == 0 && found.l_type != F_UNLCK;
  ::close(file);
  return held;
}

DataLock::DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

DataLock& DataLock::operator=(DataLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

Result<void> prepare_data_directory(const std::filesystem::path& data) {
  std::error_code error;
  const bool existed = std::filesystem::exists(data, error);
  if (existed && !std::filesystem::is_directory(data, error))
    return fail(Errc::invalid,
                fmt::format("{} is a file, not a directory. Choose a directory with --data.", data.string()));
  if (!existed && !std::filesystem::create_directories(data, error))
    return fail(Errc::unavailable,
                fmt::format("Cannot make the data directory {}: {}. Make it yourself, or choose another "
                            "with --data.",
                            data.string(), error.message()));
  if (!existed) ::chmod(data.c_str(), 0700);
  if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0) return fail(Errc::unavailable, sentence_for(data, errno));
  return {};
}

}  // namespace kith
