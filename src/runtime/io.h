// The threads on which connections live. Each has one io_context of its own, so that everything about a connection
// happens on one thread and needs no lock.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "base/log.h"
#include "runtime/deadline.h"

namespace kith::runtime {

class IoThread {
 public:
  explicit IoThread(Log& log);
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] DeadlineSweep& deadlines() { return deadlines_; }
  // A buffer that all connections of this thread share, because none of them owns one while it is idle. What is in it
  // is only there until the next co_await.
  [[nodiscard]] std::span<char> scratch() { return *scratch_; }

  // Deadlines are looked at this often.
  void start(std::chrono::milliseconds sweep_every = std::chrono::seconds(1));
  // Ends the loop and waits for the thread. What still waits on this context is destroyed with it.
  void stop();

 private:
  void run();

  static constexpr std::size_t kScratchBytes = 64 * 1024;

  Log& log_;
  std::unique_ptr<std::array<char, kScratchBytes>> scratch_;
  DeadlineSweep deadlines_;  // before the context: destroying that destroys connections with their deadlines
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keep_running_;
  std::thread thread_;
};

class IoThreads {
 public:
  // `count` 0: half of the cores, at least one; the store and the kernel need the rest.
  explicit IoThreads(Log& log, std::size_t count = 0);
  ~IoThreads();

  void start();
  // The thread that the next connection should live on. Safe from any thread.
  [[nodiscard]] IoThread& next();
  [[nodiscard]] IoThread& at(std::size_t index) { return *threads_[index]; }
  [[nodiscard]] std::size_t count() const { return threads_.size(); }
  // Stop the listeners and the StoreThread first: both answer on these threads.
  void stop();

 private:
  std::vector<std::unique_ptr<IoThread>> threads_;
  std::atomic<std::size_t> turn_{0};
};

}  // namespace kith::runtime
