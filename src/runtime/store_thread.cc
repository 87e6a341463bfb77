#include "runtime/store_thread.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <utility>

#include "base/mutant.h"

namespace kith::runtime {

namespace {

void answer_one(std::unique_ptr<Waiting> waiting) {
  std::vector<std::unique_ptr<Waiting>> one;
  one.push_back(std::move(waiting));
  answer_all(std::move(one));
}

GroupOutcome commit_or_say_why(Store& store, std::span<WriteUnit* const> units, Time now, Random& random) {
  try {
    return store.commit_group(units, now, random);
  } catch (const std::exception& failure) {
    return GroupOutcome{fail(Errc::unavailable, failure.what()), {}};
  }
}

// A fault on purpose: who is connected hears of it a moment before it is durable (storage/sqlite/group.cc leaves it
// open), while those who wrote it are answered only afterwards.
template <class Tell>
void deliver_too_early(Store& store, const Tell& tell, GroupOutcome& outcome, Time now, Random& random) {
  if (!outcome.commit || !tell || outcome.events.empty()) return;
  tell(std::exchange(outcome.events, {}));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  outcome.commit = commit_or_say_why(store, {}, now, random).commit;
}

}  // namespace

StoreThread::StoreThread(Store& store, const Clock& clock, Random& random, Log& log, Options options)
    : store_(store), clock_(clock), random_(random), log_(log), options_(options) {}

StoreThread::~StoreThread() {
  stop();
}

Result<void> StoreThread::start() {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, options_.readers); ++i) {
    KITH_TRY(auto reader, store_.open_reader());
    readers_.push_back(std::move(reader));
  }
  writer_ = std::thread([this] { write_loop(); });
  for (auto& reader : readers_) {
    reader_threads_.emplace_back([this, &reader] { read_loop(*reader); });
  }
  return {};
}

void StoreThread::stop() {
  {
    std::lock_guard lock(write_mutex_);
    stopping_ = true;
  }
  has_writes_.notify_all();
  if (writer_.joinable()) writer_.join();
  {
    std::lock_guard lock(read_mutex_);
    readers_stopping_ = true;
  }
  has_reads_.notify_all();
  for (auto& thread : reader_threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t StoreThread::writes_waiting() const {
  std::lock_guard lock(write_mutex_);
  return writes_.size();
}

void StoreThread::take(std::unique_ptr<PendingWrite> write) {
  bool wake = false;
  // Why it is not taken; then it is still here.
  auto queue = [&]() -> std::optional<Error> {
    std::lock_guard lock(write_mutex_);
    if (stopping_) return Error{Errc::unavailable, "the store is closing", {}};
    if (writes_.size() >= options_.max_waiting) return Error{Errc::too_many, "too many writes are waiting", {}};
    writes_.push_back(std::move(write));
    wake = std::exchange(writer_sleeps_, false);
    return std::nullopt;
  };
  auto refusal = queue();
  if (wake) has_writes_.notify_one();
  if (!refusal) return;
  write->refuse(std::move(*refusal));
  answer_one(std::move(write));
}

void StoreThread::take(std::unique_ptr<PendingRead> read) {
  auto queue = [&]() -> std::optional<Error> {
    std::lock_guard lock(read_mutex_);
    if (readers_stopping_) return Error{Errc::unavailable, "the store is closing", {}};
    if (reads_.size() >= options_.max_waiting) return Error{Errc::too_many, "too many reads are waiting", {}};
    reads_.push_back(std::move(read));
    return std::nullopt;
  };
  auto refusal = queue();
  if (!refusal) return has_reads_.notify_one();
  read->refuse(std::move(*refusal));
  answer_one(std::move(read));
}

std::vector<std::unique_ptr<StoreThread::PendingWrite>> StoreThread::next_group() {
  std::unique_lock lock(write_mutex_);
  while (writes_.empty() && !stopping_) {
    writer_sleeps_ = true;
    has_writes_.wait(lock);
  }
  writer_sleeps_ = false;
  const auto count = std::min(writes_.size(), options_.max_units_in_group);
  const auto end = writes_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<std::unique_ptr<PendingWrite>> group(std::make_move_iterator(writes_.begin()),
                                                   std::make_move_iterator(end));
  writes_.erase(writes_.begin(), end);
  return group;
}

void StoreThread::write_loop() {
  while (true) {
    auto group = next_group();
    if (group.empty()) return;
    commit(std::move(group));
  }
}

void StoreThread::commit(std::vector<std::unique_ptr<PendingWrite>> group) {
  if (is_mutant("order_reversed")) std::ranges::reverse(group);
  std::vector<WriteUnit*> units;
  units.reserve(group.size());
  for (auto& write : group) units.push_back(write.get());

  const auto began = clock_.steady();
  GroupOutcome outcome = commit_or_say_why(store_, units, clock_.now(), random_);
  if (is_mutant("delivered_before_commit")) deliver_too_early(store_, on_events_, outcome, clock_.now(), random_);
  for (auto& write : group) {
    if (!write->threw.empty()) log_.error("use_case_exception", {{"what", write->threw}});
    if (!outcome.commit) write->refuse(outcome.commit.error());
  }
  if (!outcome.commit) {
    const Error& error = outcome.commit.error();
    log_.error("commit_failed", {{"code", errc_name(error.code)}, {"detail", error.detail}, {"units", group.size()}});
  }
  if (on_group_) on_group_(GroupStory{group.size(), clock_.steady() - began, outcome.commit.has_value()});
  // Before the answers, so that whoever has one can rely on everybody else being told.
  const bool are_told = outcome.commit || is_mutant("delivered_without_commit");
  if (are_told && on_events_ && !outcome.events.empty()) on_events_(std::move(outcome.events));
  answer_all({std::make_move_iterator(group.begin()), std::make_move_iterator(group.end())});
}

void StoreThread::read_loop(Reader& reader) {
  while (true) {
    std::unique_lock lock(read_mutex_);
    has_reads_.wait(lock, [this] { return readers_stopping_ || !reads_.empty(); });
    if (reads_.empty()) return;
    auto read = std::move(reads_.front());
    reads_.pop_front();
    lock.unlock();
    read_one(reader, std::move(read));
  }
}

void StoreThread::read_one(Reader& reader, std::unique_ptr<PendingRead> read) {
  auto look_carefully = [&](const Snapshot& snapshot) {
    try {
      read->look(snapshot);
    } catch (const std::exception& failure) {
      log_.error("look_exception", {{"what", failure.what()}});
      read->refuse(Error{Errc::unavailable, "the look threw", {}});
    }
  };
  if (auto done = reader.read(look_carefully); !done) {
    log_.error("read_failed", {{"code", errc_name(done.error().code)}, {"detail", done.error().detail}});
    read->refuse(done.error());
  }
  answer_one(std::move(read));
}

}  // namespace kith::runtime
