#include "runtime/worker_pool.h"

#include <exception>
#include <utility>

namespace kith::runtime {

namespace {

void answer_one(std::unique_ptr<Waiting> waiting) {
  std::vector<std::unique_ptr<Waiting>> one;
  one.push_back(std::move(waiting));
  answer_all(std::move(one));
}

}  // namespace

WorkerPool::WorkerPool(Log& log, std::size_t threads, std::size_t max_waiting) : log_(log), max_waiting_(max_waiting) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::refuse_waiting() {
  std::deque<std::unique_ptr<Job>> refused;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    refused.swap(jobs_);
  }
  has_work_.notify_all();
  for (auto& job : refused) refuse(std::move(job), "the house is stopping");
}

void WorkerPool::stop() {
  refuse_waiting();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::take(std::unique_ptr<Job> job) {
  bool is_stopping = false;
  {
    std::lock_guard lock(mutex_);
    is_stopping = stopping_;
    if (!stopping_ && jobs_.size() < max_waiting_) jobs_.push_back(std::move(job));
  }
  if (!job) return has_work_.notify_one();
  refuse(std::move(job), is_stopping ? "the house is stopping" : "too much work is waiting");
}

void WorkerPool::refuse(std::unique_ptr<Job> job, const char* why) {
  job->refuse(Error{Errc::unavailable, why, {}});
  answer_one(std::move(job));
}

void WorkerPool::loop() {
  while (true) {
    std::unique_lock lock(mutex_);
    has_work_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    work_on(*job);
    answer_one(std::move(job));
  }
}

void WorkerPool::work_on(Job& job) {
  try {
    job.work();
  } catch (const std::exception& failure) {
    log_.error("worker_exception", {{"what", failure.what()}});
    job.refuse(Error{Errc::unavailable, "the work threw", {}});
  }
}

}  // namespace kith::runtime
