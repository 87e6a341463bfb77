#include "storage/upgrade.h"

#include <fmt/core.h>
#include <sys/statvfs.h>

#include <optional>

#include "storage/files/posix_file.h"
#include "storage/sqlite/chain.h"
#include "storage/sqlite/checked_pages.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {
namespace {

namespace fs = std::filesystem;
using sqlite::Connection;
using sqlite::OpenAs;

constexpr const char* kPrefix = "before-schema-";
constexpr std::uint64_t kMegabyte = 1 << 20;
constexpr std::uint64_t kSpare = 16 * kMegabyte;

struct Upgrade {
  fs::path file;
  std::string vfs;
  std::int64_t from = 0;  // the schema of before
  std::int64_t to = 0;

  [[nodiscard]] fs::path folder() const { return file.parent_path() / "upgrade"; }
  [[nodiscard]] fs::path next() const { return folder() / "next.db"; }
  [[nodiscard]] fs::path before() const { return folder() / fmt::format("{}{:04}.db", kPrefix, from); }
};

void remove_database(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(fs::path(file) += suffix, ignored);
}

// What must not change, whatever the steps do.
using Counts = std::vector<std::int64_t>;
Result<Counts> count_everything(Connection& database) {
  Counts counts;
  for (const char* sql : {"select count(*) from entries", "select coalesce(max(seq), 0) from entries",
                          "select count(*) from entry_versions", "select count(*) from conversations",
                          "select count(*) from persons", "select count(*) from attachments"}) {
    KITH_TRY(const auto count, database.number(sql));
    counts.push_back(count);
  }
  return counts;
}

Result<void> check_room(const Upgrade& upgrade) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(upgrade.file, error);
  struct statvfs disk{};
  if (error || ::statvfs(upgrade.folder().c_str(), &disk) != 0)
    return fail(Errc::unavailable, "how much room there is cannot be seen");
  const std::uint64_t needed = size + size / 2 + kSpare;
  const std::uint64_t free = disk.f_bavail * disk.f_frsize;
  if (free >= needed) return {};
  return fail(Errc::storage_full,
              fmt::format("{} MB of room are needed for it, {} MB are free", needed / kMegabyte + 1, free / kMegabyte));
}

Result<void> check_copy(const fs::path& file, const std::string& vfs) {
  KITH_CHECK(check_database(file, CheckDepth::quick));
  KITH_TRY(auto database, Connection::open(file, OpenAs::writer, vfs));
  return sqlite::verify_chain(*database);
}

// Everything written into the log goes into the main file, and the log away, so that one file is all there is.
Result<void> gather_in_one_file(Connection& database) {
  return database.script("pragma wal_checkpoint(truncate); pragma journal_mode = delete");
}

Result<Counts> make_copy(Connection& old, const Upgrade& upgrade) {
  sqlite::begin_with_digests(old.handle());
  KITH_CHECK(old.write("vacuum into ?", upgrade.next().string()));
  return count_everything(old);
}

Result<void> change_copy(const Upgrade& upgrade, std::span<const Migration> known, const Counts& counts, Log& log) {
  {
    KITH_TRY(auto next, Connection::open(upgrade.next(), OpenAs::writer, upgrade.vfs));
    KITH_CHECK(next->script("pragma foreign_keys = on; pragma secure_delete = on"));
    KITH_CHECK(migrate(*next, known, log));
    if (!sqlite::has_digests(next->handle())) return fail(Errc::unavailable, "the new pages have no digests");
    KITH_TRY(const Counts now, count_everything(*next));
    if (now != counts) return fail(Errc::unavailable, "not everything is there afterwards");
  }
  KITH_CHECK(check_copy(upgrade.next(), upgrade.vfs));
  KITH_TRY(const auto file, files::OpenFile::for_writing(upgrade.next()));
  return file.sync();
}

// The one step in which anything changes: a name. What was there gets another name before it.
Result<void> put_in_place(const Upgrade& upgrade) {
  std::error_code error;
  for (const char* suffix : {"-wal", "-journal"}) {
    const auto left = fs::file_size(fs::path(upgrade.file) += suffix, error);
    if (!error && left > 0) return fail(Errc::unavailable, "somebody else has the database open");
  }
  fs::remove(upgrade.before(), error);
  fs::create_hard_link(upgrade.file, upgrade.before(), error);
  if (error) fs::copy_file(upgrade.file, upgrade.before(), error);
  if (error) return fail(Errc::unavailable, "keeping the database of before: " + error.message());
  fs::last_write_time(upgrade.before(), fs::file_time_type::clock::now(), error);
  {
    KITH_TRY(const auto kept, files::OpenFile::for_writing(upgrade.before()));
    KITH_CHECK(kept.sync());
  }
  KITH_CHECK(files::sync_folder(upgrade.folder()));
  fs::remove(fs::path(upgrade.file) += "-shm", error);
  KITH_CHECK(files::rename_file(upgrade.next(), upgrade.file));
  return files::sync_folder(upgrade.file.parent_path());
}

Result<void> do_upgrade(std::unique_ptr<Connection> old, const Upgrade& upgrade, std::span<const Migration> known,
                        Log& log) {
  KITH_CHECK(files::make_folder(upgrade.folder()));
  remove_database(upgrade.next());
  KITH_CHECK(check_room(upgrade));
  KITH_TRY(const Counts counts, make_copy(*old, upgrade));
  KITH_CHECK(change_copy(upgrade, known, counts, log));
  KITH_CHECK(gather_in_one_file(*old));
  old.reset();
  return put_in_place(upgrade);
}

// Nothing when the file needs no upgrade.
Result<std::optional<Upgrade>> look_at(Connection& database, const fs::path& file, const std::string& vfs,
                                       std::span<const Migration> known) {
  KITH_CHECK(refuse_foreign_database(database, known));
  KITH_TRY(const auto from, schema_of(database));
  const auto to = static_cast<std::int64_t>(known.size());
  if (from == 0 || (from == to && sqlite::has_digests(database.handle()))) return std::nullopt;
  return Upgrade{.file = file, .vfs = vfs, .from = from, .to = to};
}

Error what_failed(const Error& why, const Upgrade& upgrade) {
  std::string words = fmt::format(
      "the upgrade from schema {} to {} did not work: {}. Nothing was changed, the Kith of "
      "before can go on with this database",
      upgrade.from, upgrade.to, why.detail);
  if (why.code != Errc::storage_full && !check_copy(upgrade.file, upgrade.vfs))
    words += " - but it was damaged before the upgrade already";
  return {why.code, std::move(words), "upgrade"};
}

}  // namespace

Result<void> upgrade_if_due(const fs::path& file, const std::string& vfs, std::span<const Migration> known, Log& log) {
  std::error_code error;
  if (!fs::exists(file, error) || fs::file_size(file, error) == 0) return {};
  KITH_TRY(auto old, Connection::open(file, OpenAs::writer, vfs));
  KITH_TRY(const auto upgrade, look_at(*old, file, vfs, known));
  if (!upgrade) return {};
  log.info("upgrade_begins", {{"from", upgrade->from}, {"to", upgrade->to}});
  auto done = do_upgrade(std::move(old), *upgrade, known, log);
  if (!done) {
    remove_database(upgrade->next());
    return std::unexpected(what_failed(done.error(), *upgrade));
  }
  log.info("upgrade_done", {{"kept", upgrade->before().filename().string()}});
  return {};
}

std::vector<KeptSnapshot> kept_snapshots(const fs::path& file) {
  std::vector<KeptSnapshot> kept;
  const auto paths = files::list_folder(file.parent_path() / "upgrade");
  if (!paths) return kept;
  for (const fs::path& path : *paths) {
    if (!path.filename().string().starts_with(kPrefix)) continue;
    if (auto made_at = files::changed_at(path)) kept.push_back({path, *made_at});
  }
  return kept;
}

void forget_snapshots(const fs::path& file, Time before) {
  std::error_code ignored;
  for (const KeptSnapshot& snapshot : kept_snapshots(file))
    if (snapshot.made_at < before) fs::remove(snapshot.path, ignored);
}

}  // namespace kith
