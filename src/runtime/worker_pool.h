// Threads for what takes long or blocks: hashing passwords, reading and writing files. I/O threads never do that.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.h"
#include "base/result.h"
#include "runtime/answer.h"

namespace kith::runtime {

class WorkerPool {
 public:
  WorkerPool(Log& log, std::size_t threads, std::size_t max_waiting = 1024);
  ~WorkerPool();

  // `work` is called as Result<T>() on a worker; the coroutine goes on where it was. `unavailable` at once when too
  // many already wait, and when `work` throws.
  template <class Work>
  boost::asio::awaitable<std::invoke_result_t<Work&>> run(Work work);

  // Takes nothing more, and tells what waits for its turn `unavailable`; what is being worked on goes on.
  void refuse_waiting();
  // The same, and ends the threads as soon as they are done with what they work on.
  void stop();

 private:
  class Job : public Waiting {
   public:
    virtual void work() = 0;
    virtual void refuse(Error error) = 0;
  };
  template <class Work, class Handler>
  class JobOf;

  void take(std::unique_ptr<Job> job);
  static void refuse(std::unique_ptr<Job> job, const char* why);
  void loop();
  void work_on(Job& job);

  Log& log_;
  std::size_t max_waiting_;
  std::mutex mutex_;  // guards the two below, between askers and workers
  std::deque<std::unique_ptr<Job>> jobs_;
  bool stopping_ = false;
  std::condition_variable has_work_;
  std::vector<std::thread> threads_;
};

template <class Work, class Handler>
class WorkerPool::JobOf final : public Job {
 public:
  JobOf(Work work, Handler handler) : work_(std::move(work)), handler_(std::move(handler)) {}

  [[nodiscard]] boost::asio::any_io_executor where() const override {
    return boost::asio::get_associated_executor(handler_);
  }
  void work() override { result_.emplace(work_()); }
  void refuse(Error error) override { result_.emplace(std::unexpected(std::move(error))); }
  void answer() override {
    Handler handler = std::move(handler_);
    std::invoke_result_t<Work&> result = std::move(*result_);
    std::move(handler)(std::move(result));
  }

 private:
  Work work_;
  Handler handler_;
  std::optional<std::invoke_result_t<Work&>> result_;
};

template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> WorkerPool::run(Work work) {
  using Outcome = std::invoke_result_t<Work&>;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Outcome)>(
      [this](auto handler, Work wanted) {
        take(std::make_unique<JobOf<Work, decltype(handler)>>(std::move(wanted), std::move(handler)));
      },
      boost::asio::use_awaitable, std::move(work));
}

}  // namespace kith::runtime
