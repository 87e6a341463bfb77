// The copy of the house that follows it into another folder: the database commit by commit (storage/sqlite/follower.h),
// and here the files people sent, the secret key and a page that says what the folder is. `kith restore` understands
// it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
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
  Result<void> look_carefully();
  Result<void> look();
  Result<void> copy_what_does_not_change();
  Result<void> copy_new_files();
  Result<void> copy_new_files_of(const std::filesystem::path& shelf);
  Result<std::int64_t> copy_missing(const std::filesystem::path& shelf, const std::filesystem::path& to);
  void remove_files_nobody_needs();

  DataHome& home_;
  const std::filesystem::path folder_;

  // Of the thread alone.
  bool has_key_ = false;
  std::map<std::string, std::int64_t> seen_;  // when each shelf had changed when its files were all in the copy
  std::set<std::string> synced_;              // shelves whose names in the copy are durable
  std::filesystem::path damaged_;             // the first one of this look
  std::int64_t tidied_generation_ = 0;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  std::string why_not_;
  std::optional<std::uint64_t> copied_;  // of DiskFiles::kept_so_far(); nothing before the first look
  std::chrono::microseconds caught_up_;  // steady time of the last look after which every file was there
  std::thread thread_;                   // last: it uses everything above
};

// Remembered in the data directory, so that whoever looks for the newest backup finds the copy.
void remember_copy_folder(const DataPaths& paths, const std::filesystem::path& folder);
// Empty when no copy was ever asked to follow.
std::filesystem::path remembered_copy_folder(const DataPaths& paths);

}  // namespace kith
