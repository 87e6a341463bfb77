// Looking for damage: in a copy, a backup, or beside a running server.
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "storage/sqlite/chain.h"
#include "storage/sqlite/engine.h"

namespace kith {
namespace {

using sqlite::Connection;
using sqlite::OpenAs;
using sqlite::Row;

Result<void> check_pages(Connection& database, CheckDepth depth) {
  auto read = [](Row& row) { return row.text(); };
  auto found = depth == CheckDepth::deep ? database.one("answer", "pragma integrity_check(1)", read)
                                         : database.one("answer", "pragma quick_check(1)", read);
  if (!found) return std::unexpected(found.error());
  if (*found != "ok") return fail(Errc::unavailable, "the database file is damaged: " + *found);
  return {};
}

Result<void> check_references(Connection& database) {
  KITH_TRY(auto table, database.maybe("pragma foreign_key_check", [](Row& row) { return row.text(); }));
  if (table) return fail(Errc::unavailable, fmt::format("a row of {} refers to something that is not there", *table));
  return {};
}

Result<void> check_house(Connection& database, CheckDepth depth) {
  KITH_CHECK(check_pages(database, depth));
  KITH_CHECK(check_references(database));
  if (depth == CheckDepth::quick) return {};
  return sqlite::verify_chain(database);
}

// Writes nothing, although it has the form of a write. Takes the writer's place for as long as it runs, so it is only
// asked of files that no server has open.
Result<void> check_search(Connection& database) {
  KITH_CHECK(database.step("begin immediate"));
  auto entries = database.script("insert into entry_search (entry_search) values ('integrity-check')");
  auto people = database.script("insert into person_search (person_search) values ('integrity-check')");
  auto notes = database.script("insert into note_search (note_search) values ('integrity-check')");
  KITH_CHECK(database.step("rollback"));
  if (!entries || !people || !notes) return fail(Errc::unavailable, "the search index does not match the texts");
  return {};
}

Result<void> sync_path(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_safe = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_safe) return fail(Errc::unavailable, "the backup could not be made durable");
  return {};
}

Result<void> copy_pages(Connection& from, Connection& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!backup) return std::unexpected(sqlite::error_of(sqlite3_extended_errcode(to.handle()), "backup"));
  sqlite3_backup_step(backup, -1);
  int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) return std::unexpected(sqlite::error_of(code, "backup"));
  return {};
}

// One file that stands for itself: no log beside it.
Result<void> copy_into(Connection& from, const std::filesystem::path& part) {
  KITH_TRY(auto to, Connection::open(part, OpenAs::maker, {}));
  KITH_CHECK(copy_pages(from, *to));
  return to->script("pragma journal_mode = delete");
}

void remove_part(const std::filesystem::path& part) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"})
    std::filesystem::remove(std::filesystem::path(part) += suffix, ignored);
}

Result<void> finish_backup(const std::filesystem::path& part, const std::filesystem::path& target) {
  KITH_CHECK(check_database(part, CheckDepth::deep));
  KITH_CHECK(sync_path(part));
  std::error_code failed;
  std::filesystem::rename(part, target, failed);
  if (failed) return fail(Errc::unavailable, "renaming the backup: " + failed.message());
  return sync_path(std::filesystem::absolute(target).parent_path());
}

}  // namespace

Result<void> check_database(const std::filesystem::path& file, CheckDepth depth) {
  KITH_TRY(auto database, Connection::open(file, OpenAs::writer, {}));
  KITH_TRY(auto tables, database->number("select count(*) from sqlite_schema where name in ('migrations', 'entries')"));
  if (tables != 2) return fail(Errc::invalid, "not a database of this program");
  KITH_CHECK(check_house(*database, depth));
  return depth == CheckDepth::deep ? check_search(*database) : Result<void>();
}

Result<std::vector<Digest>> contents_in_use(const std::filesystem::path& file) {
  KITH_TRY(auto database, Connection::open(file, OpenAs::reader, {}));
  return database->all("select distinct content from attachments where state = 1 order by content",
                       [](Row& row) { return row.digest(); });
}

Result<void> SqliteStore::check(CheckDepth depth) {
  KITH_TRY(auto database, engine_->connect(OpenAs::reader));
  KITH_CHECK(database->step("begin"));
  auto checked = check_house(*database, depth);
  KITH_CHECK(database->step("rollback"));
  return checked;
}

Result<void> SqliteStore::backup_to(const std::filesystem::path& target) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) return fail(Errc::conflict, "the target of the backup exists already");
  const auto part = std::filesystem::path(target) += ".part";
  remove_part(part);
  KITH_TRY(auto from, engine_->connect(OpenAs::reader));
  auto done = copy_into(*from, part);
  if (done) done = finish_backup(part, target);
  if (!done) remove_part(part);
  return done;
}

}  // namespace kith
