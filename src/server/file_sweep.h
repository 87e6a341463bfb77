// Takes away what nobody needs of the files people sent: uploads nobody finished, files nobody said, and bytes that no
// attachment has, whether a crash left them or what they belonged to was erased. It never takes bytes that an upload
// has just become, that a backup is copying, that the copy that follows has not got yet, or that the database from
// before an upgrade still names.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "server/data_home.h"
#include "server/house_copy.h"

namespace kith {

class FileSweep {
 public:
  explicit FileSweep(DataHome& home) : home_(home) {}
  ~FileSweep();
  FileSweep(const FileSweep&) = delete;
  FileSweep& operator=(const FileSweep&) = delete;

  // After the store thread's start. `copy` may be nullptr and outlives stop().
  void start(const HouseCopy* copy);
  // Before the store thread's end.
  void stop();
  // Something may have been erased: then its bytes go soon and not only with the next day. Any thread.
  void notice(const std::vector<Event>& events);

 private:
  void run();
  void sweep();
  void sweep_bytes();
  void complain(const char* what, const Error& error);

  DataHome& home_;
  const HouseCopy* copy_ = nullptr;

  // Of the thread alone, in steady time.
  std::optional<std::chrono::microseconds> uploads_at_;
  std::optional<std::chrono::microseconds> bytes_at_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  bool is_erased_ = false;
  std::thread thread_;  // last: it uses everything above
};

// The two halves, for the thread and for tests; they block. `now` is when they begin.
// What is unfinished, unsaid or of nobody, row first and then its traces; one that cannot be forgotten keeps no other.
Result<void> sweep_uploads(DataHome& home, Time now);
// Bytes that no attachment has. conflict when a backup is under way: not all of them then.
Result<void> sweep_contents(DataHome& home);

}  // namespace kith
