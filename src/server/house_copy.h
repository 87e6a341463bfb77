// The copy of the house that follows it into another folder: the database commit by commit (storage/sqlite/follower.h),
// and here the files people sent, the secret key and a page that says what the folder is. `kith restore` understands
// it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.h"
#include "server/data_home.h"

namespace kith {

class HouseCopy {
 public:
  // Before the store thread starts. An error only when the folder can never be right: what goes wrong later is in
  // state() and is tried again.
  static Result<std::unique_ptr<HouseCopy>> begin(DataHome& home, const std::filesystem::path& folder);
  ~HouseCopy();  // after a last look for files
  HouseCopy(const HouseCopy&) = delete;
  HouseCopy& operator=(const HouseCopy&) = delete;

  // Of the database and the files together. Any thread.
  [[nodiscard]] CopyState state() const;

 private:
  HouseCopy(DataHome& home, std::filesystem::path folder);
  void run();
  Result<void> look();
  Result<void> copy_what_does_not_change();
  Result<void> copy_new_files();
  Result<void> copy_new_files_of(const std::filesystem::path& shelf);
  void remove_files_nobody_needs();

  DataHome& home_;
  const std::filesystem::path folder_;

  // Of the thread alone.
  bool has_key_ = false;
  std::map<std::string, std::int64_t> seen_;  // when each shelf had changed when its files were all in the copy
  std::int64_t tidied_generation_ = 0;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  std::string why_not_;
  std::thread thread_;  // last: it uses everything above
};

// Remembered in the data directory, so that whoever looks for the newest backup finds the copy.
void remember_copy_folder(const DataPaths& paths, const std::filesystem::path& folder);
// Empty when no copy was ever asked to follow.
std::filesystem::path remembered_copy_folder(const DataPaths& paths);

}  // namespace kith
