// The log is tended between groups, never inside one: what it has gathered is carried into the main file, and while a
// copy follows, only after it is there.
#include "storage/sqlite/engine.h"

namespace kith {
namespace {

// How long the writer waits for the copy, once for each time the log is carried over.
constexpr std::chrono::milliseconds kPatience{50};

// A log of this many times the usual length waits no longer for a copy: the house's own disk must not fill up for it.
constexpr int kHopelesslyLong = 64;

}  // namespace

void SqliteStore::Engine::tend_log() {
  const int pages = log_pages_;
  if (follower_) {
    follower_->committed();
    change_hold(follower_->hold_wanted());
    if (held_for_ != 0) return tend_followed_log(pages);
  }
  if (checkpointer_) checkpointer_->log_has(pages);
  const bool finish =
      checkpointer_ ? checkpointer_->is_nearly_done(pages) : pages >= static_cast<int>(options_.checkpoint_after_pages);
  if (finish) finish_log();
}

void SqliteStore::Engine::finish_log() {
  auto reached = sqlite::carry_log_over(*writer_);
  if (reached) return;
  log_.error("checkpoint_failed", {{"why", reached.error().detail}});
  if (reached.error().code != Errc::storage_full) is_refusing_ = true;
}

Result<void> SqliteStore::Engine::follow_into(CopyOptions options, const Clock& clock) {
  KITH_TRY(hold_, connect(sqlite::OpenAs::reader));
  follower_ = std::make_unique<sqlite::Follower>(
      file_, [this] { return connect(sqlite::OpenAs::reader); }, std::move(options), clock, log_);
  follower_->start();
  return {};
}

// Nobody else writes, so nothing can be committed while the hold is let go and taken again.
void SqliteStore::Engine::change_hold(int wanted) {
  if (wanted == held_for_) return;
  if (held_for_ == 0) move_hold(0);
  if (wanted == 0) {
    follower_->holds(0);
    [[maybe_unused]] auto ended = hold_->step("rollback");
  }
  held_for_ = wanted;
  follower_->holds(wanted);
}

void SqliteStore::Engine::move_hold(int pages) {
  if (hold_->is_in_transaction()) [[maybe_unused]]
    auto ended = hold_->step("rollback");
  [[maybe_unused]] auto begun = hold_->step("begin");
  [[maybe_unused]] auto taken = hold_->number("select count(*) from sqlite_schema");
  held_at_ = pages;
}

void SqliteStore::Engine::tend_followed_log(int pages) {
  const int after_pages = static_cast<int>(options_.checkpoint_after_pages);
  if (pages < held_at_) {  // the log has begun anew
    held_at_ = 0;
    next_try_at_ = 0;
    if (checkpointer_) checkpointer_->log_has(pages);
  }
  if (pages > after_pages * kHopelesslyLong) {
    follower_->lose();
    return change_hold(0);
  }
  const bool finish = checkpointer_ ? checkpointer_->is_nearly_done(pages) : pages >= after_pages;
  if (pages < next_try_at_ || (!finish && pages - held_at_ < after_pages)) return;
  next_try_at_ = pages + after_pages / 4;
  if (!follower_->catch_up(kPatience)) return;
  if (finish) {
    [[maybe_unused]] auto ended = hold_->step("rollback");
    finish_log();
  }
  move_hold(pages);
  if (checkpointer_) checkpointer_->log_has(pages);
}

}  // namespace kith
