// Carries what the log has gathered into the main file, beside the writer, so that no commit has to wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/result.h"
#include "storage/sqlite/connection.h"

namespace kith::sqlite {

class Checkpointer {
 public:
  // `on_failure` is called, from the thread of the checkpointer, when the disk did not keep what it was given.
  Checkpointer(std::unique_ptr<Connection> database, int after_pages, Log& log, std::function<void()> on_failure);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // How many pages the log has now; the writer says so after each commit. Cheap.
  void log_has(int pages);
  // True when the writer should finish the work itself once, between two groups: the log is long and nearly all of it
  // is carried over, so that little is left to do and the log can begin anew.
  [[nodiscard]] bool is_nearly_done(int pages);

 private:
  void run();
  void carry_over();

  std::unique_ptr<Connection> database_;
  const int after_pages_;
  Log& log_;
  std::function<void()> on_failure_;

  std::mutex waiting_;  // guards wanted_ and stopping_
  std::condition_variable wake_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::atomic<int> carried_ = 0;  // pages of the present log that are in the main file
  std::thread thread_;            // last: it uses everything above
};

// What a checkpoint reached: pages in the log, and pages of them that are in the main file.
struct Reached {
  int in_log = 0;
  int carried = 0;
};
// Never waits for readers or the writer.
Result<Reached> carry_log_over(Connection& database);

}  // namespace kith::sqlite
