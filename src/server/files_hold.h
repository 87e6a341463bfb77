// While somebody copies the files people sent, none of them goes away: a backup whose database names a file has the
// file. Between all programs that use the same data directory; the kernel lets go when one ends, however it does.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace kith {

class FilesHold {
 public:
  // For whoever copies, from before the database is copied. Waits while some are being removed, which takes moments.
  static Result<FilesHold> to_copy(const std::filesystem::path& files);
  // For whoever removes: conflict when somebody copies.
  static Result<FilesHold> to_remove(const std::filesystem::path& files);

  FilesHold(FilesHold&& other) noexcept;
  FilesHold& operator=(FilesHold&&) = delete;
  ~FilesHold();

 private:
  explicit FilesHold(int folder) : folder_(folder) {}
  static Result<FilesHold> take(const std::filesystem::path& files, int how);
  int folder_ = -1;
};

}  // namespace kith
