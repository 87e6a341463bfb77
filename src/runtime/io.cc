#include "runtime/io.h"

#include <csignal>

#include <algorithm>
#include <exception>

namespace kith::runtime {

IoThread::IoThread(Log& log)
    : log_(log),
      scratch_(std::make_unique<std::array<char, kScratchBytes>>()),
      keep_running_(context_.get_executor()) {}

IoThread::~IoThread() {
  stop();
}

void IoThread::start(std::chrono::milliseconds sweep_every) {
  deadlines_.start(context_, sweep_every);
  thread_ = std::thread([this] { run(); });
}

void IoThread::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
  deadlines_.stop();
}

void IoThread::run() {
  // A client that is gone must not end the server: TLS writes with write(2), which raises SIGPIPE.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (!context_.stopped()) {
    try {
      context_.run();
    } catch (const std::exception& failure) {
      log_.error("io_thread_exception", {{"what", failure.what()}});
    }
  }
}

IoThreads::IoThreads(Log& log, std::size_t count) {
  if (count == 0) count = std::max(1U, std::thread::hardware_concurrency() / 2);
  for (std::size_t i = 0; i < count; ++i) threads_.push_back(std::make_unique<IoThread>(log));
}

IoThreads::~IoThreads() {
  stop();
}

void IoThreads::start() {
  for (auto& thread : threads_) thread->start();
}

IoThread& IoThreads::next() {
  return *threads_[turn_.fetch_add(1, std::memory_order_relaxed) % threads_.size()];
}

void IoThreads::stop() {
  for (auto& thread : threads_) thread->stop();
}

}  // namespace kith::runtime
