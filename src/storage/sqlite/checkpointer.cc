#include "storage/sqlite/checkpointer.h"

namespace kith::sqlite {
namespace {

// A log of this many times the usual length is worth a moment of the writer's time.
constexpr int kLongLog = 4;

}  // namespace

Result<Reached> carry_log_over(Connection& database) {
  Reached reached;
  int code = sqlite3_wal_checkpoint_v2(database.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, &reached.in_log,
                                       &reached.carried);
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) return reached;
  return std::unexpected(error_of(sqlite3_extended_errcode(database.handle()), "checkpoint"));
}

Checkpointer::Checkpointer(std::unique_ptr<Connection> database, int after_pages, Log& log,
                           std::function<void()> on_failure)
    : database_(std::move(database)),
      after_pages_(after_pages),
      log_(log),
      on_failure_(std::move(on_failure)),
      thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    std::lock_guard lock(waiting_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::log_has(int pages) {
  if (pages < carried_) carried_ = 0;  // the log has begun anew
  if (pages - carried_ < after_pages_) return;
  {
    std::lock_guard lock(waiting_);
    if (wanted_) return;
    wanted_ = true;
  }
  wake_.notify_one();
}

bool Checkpointer::is_nearly_done(int pages) {
  if (pages < after_pages_ * kLongLog || pages - carried_ >= after_pages_) return false;
  std::lock_guard lock(waiting_);
  return !wanted_;
}

void Checkpointer::run() {
  std::unique_lock lock(waiting_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    lock.unlock();
    carry_over();
    lock.lock();
    wanted_ = false;
  }
}

void Checkpointer::carry_over() {
  auto reached = carry_log_over(*database_);
  if (reached) {
    carried_ = reached->carried;
    return;
  }
  log_.error("checkpoint_failed", {{"why", reached.error().detail}});
  if (reached.error().code != Errc::storage_full) on_failure_();
}

}  // namespace kith::sqlite
