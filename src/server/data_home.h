// A data directory, opened by the one program that may: its lock, its database, its files, its key, and the thread that
// writes. `kith serve` opens it for as long as it runs; `kith admin` for one act when nobody serves.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "runtime/sealed_box.h"
#include "runtime/store_thread.h"
#include "server/data_lock.h"
#include "storage/files/disk_files.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {

// Where things lie in a data directory.
struct DataPaths {
  std::filesystem::path root;
  [[nodiscard]] std::filesystem::path database() const { return root / "kith.db"; }
  [[nodiscard]] std::filesystem::path files() const { return root / "files"; }
  [[nodiscard]] std::filesystem::path secret_key() const { return root / "secret.key"; }
  [[nodiscard]] std::filesystem::path admin_socket() const { return root / "admin.sock"; }
  [[nodiscard]] std::filesystem::path lock() const { return root / "lock"; }
  // Whole backups, made from the desk; they stay until somebody takes them away.
  [[nodiscard]] std::filesystem::path backups() const { return root / "backups"; }
  // Where the copy that follows was last kept.
  [[nodiscard]] std::filesystem::path copy_note() const { return root / "copy-follows-into"; }
  // Copies of the database that a backup takes out; nothing in here survives a start.
  [[nodiscard]] std::filesystem::path outgoing() const { return root / "outgoing"; }
};

class DataHome {
 public:
  // Everything but the writing thread's start: listeners are set first, then store_thread().start().
  static Result<std::unique_ptr<DataHome>> open(const std::filesystem::path& data, Log& log,
                                                runtime::StoreThreadOptions options = {});
  DataHome(const DataHome&) = delete;
  DataHome& operator=(const DataHome&) = delete;
  ~DataHome();

  [[nodiscard]] const DataPaths& paths() const { return paths_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] Log& log() { return log_; }
  [[nodiscard]] SqliteStore& store() { return *store_; }
  [[nodiscard]] runtime::StoreThread& store_thread() { return *store_thread_; }
  [[nodiscard]] DiskFiles& files() { return *files_; }
  [[nodiscard]] const runtime::SealedBox& secrets() const { return secrets_; }

  // For what takes long, copying and checking: it gives up soon after ask_to_stop(), which is for good. Any thread.
  void ask_to_stop() { stopping_.request_stop(); }
  [[nodiscard]] std::stop_token stopping() const { return stopping_.get_token(); }

 private:
  DataHome(DataPaths paths, DataLock lock, runtime::SealedBox secrets, Log& log);

  DataPaths paths_;
  DataLock lock_;
  runtime::SealedBox secrets_;
  Log& log_;
  SystemClock clock_;
  SystemRandom random_;
  std::stop_source stopping_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<DiskFiles> files_;
  std::unique_ptr<runtime::StoreThread> store_thread_;
};

}  // namespace kith
