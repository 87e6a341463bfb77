// Keeps a copy of the database that follows every commit within a moment, in another folder (decision 0015). A thread
// of its own looks into the log ten times a second; the writer never waits for it, but for a moment each time the log
// is to begin anew. While the copy cannot be kept the house goes on, and a new generation begins as soon as it can be
// again.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/generation.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith::sqlite {

class Follower {
 public:
  using Connect = std::function<Result<std::unique_ptr<Connection>>()>;
  Follower(std::filesystem::path database, Connect connect, CopyOptions options, const Clock& clock, Log& log);
  ~Follower();  // after a last look, so that what was committed before is in the copy
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  void start();

  // ---- for the writer, between two groups

  // Which hold on the log is wanted, 0 when none is: frames must stay where they are until they are copied. The writer
  // holds a snapshot for it and says so.
  [[nodiscard]] int hold_wanted() const { return hold_wanted_; }
  void holds(int wanted) { held_ = wanted; }
  void committed() { ++commits_; }
  // The log could not be kept any longer: what was not copied yet is overwritten from now on.
  void lose() {
    hold_wanted_ = 0;
    is_lost_ = true;
  }
  // True when everything committed is in the copy. Waits for it, but not longer than `patience`.
  bool catch_up(std::chrono::milliseconds patience);

  // ---- for anybody

  [[nodiscard]] CopyState state() const;

 private:
  void run();
  Result<void> look_carefully(bool is_last);
  Result<void> look();
  Result<void> follow();
  Result<void> renew();
  Result<void> begin_generation();
  Result<void> take_over();
  void give_up(const Error& why);
  [[nodiscard]] bool is_due() const;

  const std::filesystem::path log_file_;
  const Connect connect_;
  const CopyOptions options_;
  const Clock& clock_;
  Log& log_;

  // Of the thread alone.
  std::unique_ptr<Generation> current_;
  std::unique_ptr<Generation> next_;
  std::chrono::microseconds begun_at_{0};
  std::chrono::microseconds try_again_at_{0};
  int holds_wanted_so_far_ = 0;

  std::atomic<int> hold_wanted_ = 0;
  std::atomic<int> held_ = 0;
  std::atomic<bool> is_lost_ = false;
  std::atomic<std::uint64_t> commits_ = 0;
  std::atomic<std::uint64_t> copied_commits_ = 0;
  std::atomic<std::int64_t> caught_up_us_ = 0;  // steady time at which everything was copied
  std::atomic<std::int64_t> generation_ = 0;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::condition_variable looked_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  bool stopping_ = false;
  bool follows_ = false;
  std::string why_not_ = "the first copy is being made";
  std::thread thread_;  // last: it uses everything above
};

}  // namespace kith::sqlite
