#include "server/data_home.h"

#include <utility>

#include <fmt/core.h>

#include "server/newest_backup.h"
#include "storage/upgrade.h"

namespace kith {
namespace {

// What the database says, with where it lies and what to do.
Error database_error(const Error& error, const DataPaths& paths) {
  return {error.code,
          fmt::format("Cannot open the database {}: {}. `kith doctor --data {}` may know more. {}.",
                      paths.database().string(), error.detail, paths.root.string(), way_back(paths)),
          error.field};
}

// Of the disk, when files fill it.
constexpr std::int64_t kRoomForWords = std::int64_t{64} * 1024 * 1024;

}  // namespace

Result<std::unique_ptr<DataHome>> DataHome::open(const std::filesystem::path& data, Log& log,
                                                 runtime::StoreThreadOptions options) {
  KITH_CHECK(prepare_data_directory(data));
  KITH_TRY(auto lock, DataLock::take(data));
  // Absolute, because others (a backup) are told where things lie.
  const DataPaths paths{std::filesystem::absolute(data)};
  std::error_code ignored;
  std::filesystem::remove_all(paths.outgoing(), ignored);
  SystemRandom random;
  KITH_TRY(auto secrets, runtime::SealedBox::open(paths.secret_key().string(), random));
  std::unique_ptr<DataHome> home(new DataHome(paths, std::move(lock), secrets, log));
  auto store = SqliteStore::open(paths.database(), log);
  if (!store) return std::unexpected(database_error(store.error(), paths));
  home->store_ = std::move(*store);
  forget_snapshots(paths.database(), home->clock_.now() - kSnapshotIsKept);
  KITH_TRY(home->files_, DiskFiles::open(paths.files(), kRoomForWords));
  home->store_thread_ =
      std::make_unique<runtime::StoreThread>(*home->store_, home->clock_, home->random_, home->log_, options);
  return home;
}

DataHome::DataHome(DataPaths paths, DataLock lock, runtime::SealedBox secrets, Log& log)
    : paths_(std::move(paths)), lock_(std::move(lock)), secrets_(secrets), log_(log) {}

DataHome::~DataHome() {
  if (store_thread_) store_thread_->stop();
}

}  // namespace kith
