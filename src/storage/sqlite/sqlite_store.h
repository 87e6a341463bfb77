// The house's memory on disk: one SQLite file (with its -wal and -shm beside it). One thread commits groups, any number
// of threads read, each with a reader of its own. The full names of what it promises are in domain/ports/store.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

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
  // thread. conflict when the target exists; a copy that fails its check is removed.
  Result<void> backup_to(const std::filesystem::path& target);
  // Any thread; reads one snapshot beside the writer. `unavailable` with the first fault found in its detail.
  Result<void> check(CheckDepth depth);

 private:
  class Engine;
  explicit SqliteStore(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

// The same check for a file that no server has open (a backup, a restore). Changes nothing in it.
Result<void> check_database(const std::filesystem::path& file, CheckDepth depth);

// The content of every attachment that is kept, each once; also of a file that a server has open.
Result<std::vector<Digest>> contents_in_use(const std::filesystem::path& file);

}  // namespace kith
