#include "storage/files/posix_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace kith::files {

namespace {

std::unexpected<Error> failed(const char* what) {
  return std::unexpected<Error>(error_of(errno, what));
}

Result<int> open_file(const std::filesystem::path& path, int flags) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return failed("open");
  return descriptor;
}

}  // namespace

Error error_of(int number, const char* what) {
  std::string detail = std::string(what) + ": " + std::generic_category().message(number);
  switch (number) {
    case ENOENT:
      return {Errc::not_found, std::move(detail), {}};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:  // a limit on the size of files is a full disk for whoever meets it
      return {Errc::storage_full, std::move(detail), {}};
    default:
      return {Errc::unavailable, std::move(detail), {}};
  }
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<OpenFile> OpenFile::for_reading(const std::filesystem::path& path) {
  KITH_TRY(const int descriptor, open_file(path, O_RDONLY));
  return OpenFile(descriptor);
}

Result<OpenFile> OpenFile::for_writing(const std::filesystem::path& path) {
  KITH_TRY(const int descriptor, open_file(path, O_RDWR | O_CREAT));
  return OpenFile(descriptor);
}

Result<std::int64_t> OpenFile::size() const {
  struct stat about{};
  if (::fstat(descriptor_, &about) != 0) return failed("stat");
  return static_cast<std::int64_t>(about.st_size);
}

Result<std::string> OpenFile::read_at(std::int64_t offset, std::int64_t length) const {
  // What is asked for may be far more than there is: memory follows the file, not the asker.
  KITH_TRY(const std::int64_t total, size());
  if (offset >= total) return std::string();
  std::string bytes(static_cast<std::size_t>(std::min(length, total - offset)), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + filled, bytes.size() - filled,
                                static_cast<off_t>(offset) + static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Result<void> OpenFile::write_at(std::int64_t offset, std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t wrote = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return failed("write");
    if (wrote == 0) return fail(Errc::storage_full, "write: took nothing");
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    offset += wrote;
  }
  return {};
}

Result<void> OpenFile::shorten_to(std::int64_t size) const {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return failed("truncate");
  return {};
}

Result<void> OpenFile::sync() const {
  // Never tried twice: after one failure the kernel may call lost bytes written.
  if (::fsync(descriptor_) != 0) return failed("sync");
  return {};
}

// Step by step: the loop over a directory_iterator throws when reading on fails.
Result<std::vector<std::filesystem::path>> list_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    found.push_back(at->path());
  if (error) return std::unexpected<Error>(error_of(error.value(), "list folder"));
  return found;
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  KITH_TRY(OpenFile opened, OpenFile::for_reading(folder));
  return opened.sync();
}

Result<void> make_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed("make folder");
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    return fail(Errc::unavailable, "something else has the folder's name");
  // Even when it was there: a crash may have come between making it and this.
  return sync_folder(folder.parent_path().empty() ? "." : folder.parent_path());
}

Result<Time> changed_at(const std::filesystem::path& path) {
  struct stat about{};
  if (::lstat(path.c_str(), &about) != 0) return failed("stat");
  return Time{std::int64_t{about.st_mtim.tv_sec} * 1'000'000 + about.st_mtim.tv_nsec / 1000};
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return failed("rename");
  return {};
}

Result<void> remove_file(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove");
  return {};
}

}  // namespace kith::files
