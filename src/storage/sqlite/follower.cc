#include "storage/sqlite/follower.h"

#include <algorithm>
#include <exception>

#include "storage/files/posix_file.h"
#include "storage/sqlite/copy_folder.h"

namespace kith::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kGenerationsKept = 2;

// Whole ones beyond those that are kept, and what was left half-made. What cannot be looked at stays until next time.
void remove_old(const fs::path& folder, std::int64_t newest) {
  std::error_code ignored;
  const auto whole = whole_generations(folder);
  for (std::size_t i = 0; whole && i + kGenerationsKept < whole->size(); ++i) fs::remove_all((*whole)[i].path, ignored);
  const auto paths = files::list_folder(generations_of(folder));
  if (!paths) return;
  for (const fs::path& path : *paths) {
    const bool is_half_made = path.extension() == ".partial";
    if (is_half_made && path != partial_generation(folder, newest)) fs::remove_all(path, ignored);
  }
}

}  // namespace

Follower::Follower(fs::path database, Connect connect, CopyOptions options, const Clock& clock, Log& log)
    : log_file_(std::move(database += "-wal")),
      connect_(std::move(connect)),
      options_(std::move(options)),
      clock_(clock),
      log_(log) {
  caught_up_us_ = clock_.steady().count();
}

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Follower::start() {
  thread_ = std::thread([this] { run(); });
}

bool Follower::catch_up(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!follows_) return false;
  const std::uint64_t mine = ++asked_;
  wake_.notify_one();
  return looked_.wait_for(lock, patience, [&] { return answered_ >= mine; }) && follows_;
}

CopyState Follower::state() const {
  CopyState state;
  {
    const std::lock_guard lock(mutex_);
    state.follows = follows_;
    state.why_not = why_not_;
  }
  state.folder = options_.folder;
  state.generation = generation_;
  const bool is_behind = !state.follows || commits_ != copied_commits_;
  if (is_behind) state.behind = clock_.steady() - std::chrono::microseconds(caught_up_us_);
  return state;
}

void Follower::run() {
  bool is_last = false;
  while (!is_last) {
    std::uint64_t asked = 0;
    {
      std::unique_lock lock(mutex_);
      if (!next_) wake_.wait_for(lock, options_.every, [this] { return stopping_ || asked_ != answered_; });
      asked = asked_;
      is_last = stopping_;
    }
    if (is_last) next_.reset();
    if (auto looked = look_carefully(is_last); !looked) give_up(looked.error());
    {
      const std::lock_guard lock(mutex_);
      answered_ = asked;
    }
    looked_.notify_all();
  }
  current_.reset();
}

// Whatever is thrown ends the copy and not the house.
Result<void> Follower::look_carefully(bool is_last) {
  try {
    return is_last ? follow() : look();
  } catch (const std::exception& thrown) {
    return fail(Errc::unavailable, thrown.what());
  }
}

Result<void> Follower::look() {
  KITH_CHECK(follow());
  return renew();
}

Result<void> Follower::follow() {
  if (!current_) return {};
  if (is_lost_.exchange(false))
    return fail(Errc::unavailable, "the folder is so slow that the log could not wait for it");
  if (held_ == hold_wanted_) current_->let_go();
  const std::uint64_t commits = commits_;
  const auto now = clock_.steady().count();
  if (commits != copied_commits_) KITH_CHECK(current_->follow(log_file_));
  copied_commits_ = commits;
  caught_up_us_ = now;
  return {};
}

bool Follower::is_due() const {
  const auto now = clock_.steady();
  if (!current_) return now >= try_again_at_;
  return now - begun_at_ >= options_.renew_after || current_->bytes_followed() >= options_.renew_after_bytes;
}

Result<void> Follower::renew() {
  if (!next_ && !is_due()) return {};
  if (!next_) return begin_generation();
  KITH_TRY(const bool is_done, next_->copy_some());
  return is_done ? take_over() : Result<void>();
}

Result<void> Follower::begin_generation() {
  if (!current_) hold_wanted_ = ++holds_wanted_so_far_;
  KITH_TRY(const auto whole, whole_generations(options_.folder));
  const std::int64_t number = whole.empty() ? 1 : whole.back().number + 1;
  remove_old(options_.folder, number);
  KITH_TRY(auto snapshot, connect_());
  KITH_TRY(next_, Generation::begin(options_.folder, number, std::move(snapshot)));
  return {};
}

Result<void> Follower::take_over() {
  const std::uint64_t commits = commits_;
  const auto now = clock_.steady();
  KITH_CHECK(next_->follow(log_file_));
  KITH_CHECK(next_->make_whole());
  current_ = std::move(next_);
  remove_old(options_.folder, current_->number());
  begun_at_ = now;
  copied_commits_ = commits;
  caught_up_us_ = now.count();
  generation_ = current_->number();
  {
    const std::lock_guard lock(mutex_);
    follows_ = true;
    why_not_.clear();
  }
  log_.info("copy_follows", {{"generation", current_->number()}});
  return {};
}

void Follower::give_up(const Error& why) {
  bool is_news = false;
  {
    const std::lock_guard lock(mutex_);
    is_news = follows_ || why_not_ != why.detail;
  }
  // Whoever asks and hears that it stopped finds the reason in the log.
  if (is_news) log_.error("copy_stopped", {{"why", why.detail}});
  {
    const std::lock_guard lock(mutex_);
    follows_ = false;
    why_not_ = why.detail;
  }
  next_.reset();
  current_.reset();
  hold_wanted_ = 0;
  try_again_at_ = clock_.steady() + options_.try_again_after;
}

}  // namespace kith::sqlite
