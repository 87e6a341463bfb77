#include "server/files_hold.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "storage/files/posix_file.h"

namespace kith {

Result<FilesHold> FilesHold::take(const std::filesystem::path& files, int how) {
  const int folder = ::open(files.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return std::unexpected<Error>(files::error_of(errno, "open the folder of files"));
  FilesHold hold(folder);
  int done = -1;
  do {
    done = ::flock(folder, how);
  } while (done != 0 && errno == EINTR);
  if (done != 0 && errno == EWOULDBLOCK) return fail(Errc::conflict, "the files people sent are being copied");
  if (done != 0) return std::unexpected<Error>(files::error_of(errno, "hold the folder of files"));
  return hold;
}

Result<FilesHold> FilesHold::to_copy(const std::filesystem::path& files) {
  return take(files, LOCK_SH);
}

Result<FilesHold> FilesHold::to_remove(const std::filesystem::path& files) {
  return take(files, LOCK_EX | LOCK_NB);
}

FilesHold::FilesHold(FilesHold&& other) noexcept : folder_(std::exchange(other.folder_, -1)) {}

FilesHold::~FilesHold() {
  if (folder_ >= 0) ::close(folder_);
}

}  // namespace kith
