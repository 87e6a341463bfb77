#include "server/file_sweep.h"

#include <algorithm>
#include <exception>
#include <set>
#include <span>
#include <utility>

#include "conversations/attachments.h"
#include "conversations/sweep_attachments.h"
#include "people/recognise.h"
#include "server/files_hold.h"
#include "storage/upgrade.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kAtOnce = 200;
constexpr auto kUploadsEvery = 1h;
constexpr auto kBytesEvery = 24h;
constexpr auto kTryAgain = 1min;  // what had to wait for a backup or for the copy
// The clock of files goes in ticks and may lie behind ours by one.
constexpr std::chrono::microseconds kTick = 100ms;

std::unexpected<Error> is_stopping() {
  return fail(Errc::unavailable, "the house is stopping");
}

template <class Thing>
std::vector<std::span<const Thing>> in_parts(const std::vector<Thing>& things) {
  std::vector<std::span<const Thing>> parts;
  for (std::span<const Thing> rest = things; !rest.empty(); rest = rest.subspan(parts.back().size()))
    parts.push_back(rest.first(std::min(kAtOnce, rest.size())));
  return parts;
}

Result<void> sweep_unfinished_rows(DataHome& home, Time older_than) {
  for (std::size_t gone = kAtOnce; gone == kAtOnce;) {
    if (home.stopping().stop_requested()) return is_stopping();
    KITH_TRY(gone, home.store_thread().write_now(
                       [&](Tx& tx) { return sweep_unfinished(tx, system_actor(), older_than, kAtOnce); }));
  }
  return {};
}

Result<void> sweep_unsaid_rows(DataHome& home, Time older_than) {
  constexpr std::size_t kMost = 10'000;  // what is beyond goes an hour later
  KITH_TRY(const auto unsaid, home.store_thread().read_now([&](const Snapshot& now) {
    return find_unsaid(now, system_actor(), older_than, kMost);
  }));
  for (const auto part : in_parts(unsaid)) {
    if (home.stopping().stop_requested()) return is_stopping();
    std::vector<AttachmentId> some(part.begin(), part.end());
    KITH_CHECK(home.store_thread().write_now(
        [&some](Tx& tx) -> Result<void> { return sweep_unsaid(tx, system_actor(), some); }));
  }
  return {};
}

// What lies in uploads/ and belongs to no attachment. One that is in hand or fails waits for the next time.
Result<void> forget_given_up(DataHome& home, Time listed) {
  KITH_TRY(const auto seen, home.files().uploads());
  std::vector<AttachmentId> uploads;
  for (const auto& upload : seen) uploads.push_back(upload.id);
  Result<void> all;
  for (const auto part : in_parts(uploads)) {
    if (home.stopping().stop_requested()) return is_stopping();
    KITH_TRY(const auto given_up, home.store_thread().read_now([part](const Snapshot& now) {
      return find_given_up(now, system_actor(), part);
    }));
    for (AttachmentId upload : given_up) {
      auto forgotten = home.files().forget(upload, listed);
      if (!forgotten && forgotten.error().code != Errc::conflict && all) all = std::move(forgotten);
    }
  }
  return all;
}

// What the databases from before an upgrade name: whoever goes back to one finds it.
Result<std::set<Digest>> needed_by_snapshots(DataHome& home) {
  std::set<Digest> needed;
  for (const KeptSnapshot& snapshot : kept_snapshots(home.paths().database())) {
    KITH_TRY(const auto contents, contents_in_use(snapshot.path));
    needed.insert(contents.begin(), contents.end());
  }
  return needed;
}

}  // namespace

// The links that protect content go last, and no younger ones than the rows that were swept: what is still under way is
// in one or the other.
Result<void> sweep_uploads(DataHome& home, Time now) {
  KITH_CHECK(sweep_unfinished_rows(home, now - kUploadPatience));
  KITH_CHECK(sweep_unsaid_rows(home, now - kSayingPatience));
  auto forgotten = forget_given_up(home, now - kTick);
  KITH_CHECK(home.files().forget_finished(now - kUploadPatience - kTick));
  return forgotten;
}

Result<void> sweep_contents(DataHome& home) {
  KITH_TRY(const auto needed, needed_by_snapshots(home));
  KITH_TRY(const auto contents, home.files().contents());
  for (const auto part : in_parts(contents)) {
    if (home.stopping().stop_requested()) return is_stopping();
    KITH_TRY(const auto hold, FilesHold::to_remove(home.paths().files()));
    KITH_TRY(auto unused, home.store_thread().read_now(
                              [part](const Snapshot& now) { return find_unused(now, system_actor(), part); }));
    std::erase_if(unused, [&](const Digest& content) { return needed.contains(content); });
    if (!unused.empty()) KITH_CHECK(home.files().remove_unused(unused));
  }
  return {};
}

FileSweep::~FileSweep() {
  stop();
}

void FileSweep::start(const HouseCopy* copy) {
  copy_ = copy;
  thread_ = std::thread([this] { run(); });
}

void FileSweep::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

// Whoever erases announces the house afterwards.
void FileSweep::notice(const std::vector<Event>& events) {
  const auto announces = [](const Event& event) { return std::holds_alternative<SettingsChanged>(event.body); };
  if (std::ranges::none_of(events, announces)) return;
  {
    const std::lock_guard lock(mutex_);
    is_erased_ = true;
  }
  wake_.notify_one();
}

void FileSweep::run() {
  while (true) {
    try {
      sweep();
    } catch (const std::exception& thrown) {
      complain("files", {Errc::unavailable, thrown.what(), {}});
    }
    std::unique_lock lock(mutex_);
    const auto pause = bytes_at_ ? std::chrono::seconds(kUploadsEvery) : std::chrono::seconds(kTryAgain);
    wake_.wait_for(lock, pause, [this] { return stopping_ || is_erased_; });
    if (stopping_) return;
    if (std::exchange(is_erased_, false)) uploads_at_ = bytes_at_ = std::nullopt;
  }
}

void FileSweep::sweep() {
  const auto steady = home_.clock().steady();
  const auto is_due = [&](const auto& last, std::chrono::seconds every) { return !last || steady - *last >= every; };
  if (is_due(uploads_at_, kUploadsEvery)) {
    uploads_at_ = steady;
    if (auto swept = sweep_uploads(home_, home_.clock().now()); !swept) complain("uploads", swept.error());
  }
  if (is_due(bytes_at_, kBytesEvery)) sweep_bytes();
}

void FileSweep::sweep_bytes() {
  bytes_at_.reset();
  // It may still need them. One that has not come along for a day has what it needs or will not get it.
  const auto behind = copy_ ? copy_->state().behind : 0us;
  if (behind > 0us && behind < kUploadPatience) return;
  const auto swept = sweep_contents(home_);
  if (swept) bytes_at_ = home_.clock().steady();
  if (!swept && swept.error().code != Errc::conflict) complain("bytes", swept.error());
}

void FileSweep::complain(const char* what, const Error& error) {
  if (home_.stopping().stop_requested()) return;
  home_.log().warning("file_sweep_failed",
                      {{"what", what}, {"error", errc_name(error.code)}, {"detail", error.detail}});
}

}  // namespace kith
