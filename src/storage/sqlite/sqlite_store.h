// The house's memory on disk: one SQLite file (with its -wal and -shm beside it). One thread commits groups, any number
// of threads read, each with a reader of its own. The full names of what it promises are in domain/ports/store.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "domain/ports/store.h"

namespace kith {

struct SqliteOptions {
  std::string vfs;                             // SQLite's name of the file system layer; empty: the machine's own
  std::size_t writer_cache_bytes = 16U << 20;  // pages the writer keeps in memory, at most
  std::size_t reader_cache_bytes = 2U << 20;   // the same for each reader
  std::size_t checkpoint_after_pages = 2000;   // log pages after which they are carried into the main file
  bool checkpoint_in_background = true;        // false: between two groups, so that tests count every write
};

enum class CheckDepth : std::uint8_t {
  quick,  // structure of the file, references between tables; seconds on a million entries
  deep,   // and every index, the search index and the chain over all entries
};

// How a copy follows the database into another folder (copy_folder.h says what is in it).
struct CopyOptions {
  std::filesystem::path folder;  // made when it is absent; its parent must be there
  std::chrono::milliseconds every{100};
  std::chrono::seconds try_again_after{10};  // after it could not be kept
  std::chrono::seconds renew_after{24 * 3600};
  std::int64_t renew_after_bytes = std::int64_t{1} << 30;  // of commits since the generation began
};
struct CopyState {
  std::filesystem::path folder;  // empty: nothing was asked to follow
  bool follows = false;          // each commit is in the folder a moment later
  std::string why_not;           // a sentence, when it does not follow
  std::int64_t generation = 0;
  std::chrono::microseconds behind{0};  // since when something committed is not in the copy
};

class SqliteStore final : public Store {
 public:
  // Opens or makes the file and brings it to the newest schema. A file written by a newer Kith, or one that is not a
  // Kith database, is refused and left as it is.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file, Log& log,
                                                   SqliteOptions options = {});
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random) override;
  Result<std::unique_ptr<Reader>> open_reader() override;

  // Copies a consistent state into a new file while writing goes on, then opens the copy and checks it deeply. Any
  // thread. conflict when the target exists; a copy that fails its check is removed, and so is one that is cut short:
  // `unavailable` soon after `stop` is asked for.
  Result<void> backup_to(const std::filesystem::path& target, const std::stop_token& stop = {});
  // Any thread; reads one snapshot beside the writer. `unavailable` with the first fault found in its detail, or soon
  // after `stop` is asked for.
  Result<void> check(CheckDepth depth, const std::stop_token& stop = {});
  // The same for the search index against the texts, which can only be asked of a copy: it is made as `scratch` and
  // gone afterwards.
  Result<void> check_search(const std::filesystem::path& scratch, const std::stop_token& stop = {});

  // From now on a copy follows every commit into a folder; once, before the first group. What goes wrong there later is
  // in copy_state(), and never keeps the house from working. `clock` must outlive the store.
  Result<void> follow_into(CopyOptions options, const Clock& clock);
  [[nodiscard]] CopyState copy_state() const;  // any thread
  // Pages found that are not as they were written. Any thread.
  [[nodiscard]] std::int64_t damaged_pages() const;

 private:
  class Engine;
  explicit SqliteStore(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

// The same check for a file that no server has open (a backup, a restore). Changes nothing in it.
Result<void> check_database(const std::filesystem::path& file, CheckDepth depth, const std::stop_token& stop = {});

// `unavailable` when the log beside the file is not as it was written and commits would be lost with it. One whose last
// commit is not whole, as a power cut leaves it, is told in the log of the program.
Result<void> refuse_damaged_log(const std::filesystem::path& file, Log& log);

// The content of every attachment that is kept, each once; also of a file that a server has open.
Result<std::vector<Digest>> contents_in_use(const std::filesystem::path& file);

}  // namespace kith
