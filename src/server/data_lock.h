// One house, one owner: while a program holds this lock, no other may open the same data directory for writing.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace kith {

class DataLock {
 public:
  // Takes DATA/lock without waiting. conflict, with the folder and the other program's pid in its detail, when it is
  // held.
  static Result<DataLock> take(const std::filesystem::path& data);
  // Whether somebody holds it right now.
  static bool is_held(const std::filesystem::path& data);

  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&& other) noexcept;
  DataLock(const DataLock&) = delete;
  DataLock& operator=(const DataLock&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int file) : file_(file) {}
  int file_ = -1;
};

// Makes the directory (mode 0700) when it is missing, and checks that files can be written in it. The detail says what
// to do.
Result<void> prepare_data_directory(const std::filesystem::path& data);

}  // namespace kith
