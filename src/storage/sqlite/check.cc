// Looking for damage: in a copy, a backup, or beside a running server.
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "storage/sqlite/chain.h"
#include "storage/sqlite/engine.h"
#include "storage/sqlite/log_file.h"

namespace kith {
namespace {

using sqlite::Connection;
using sqlite::OpenAs;
using sqlite::Row;

constexpr int kPagesAtOnce = 256;  // a megabyte between two looks at whether to stop

std::unexpected<Error> cut_short() {
  return fail(Errc::unavailable, "Kith is stopping, so this was not finished. Try again when it is back.");
}

// Does `work` on the database unless `stop` is asked for, before it or in the middle of it.
template <class Work>
Result<void> until_stopped(Connection& database, const std::stop_token& stop, Work work) {
  Result<void> done;
  // An interrupt counts until no statement is open any more, so one stays open: none of those that follow is missed.
  auto while_open = [&](Row&) {
    const std::stop_callback cut(stop, [&database] { sqlite3_interrupt(database.handle()); });
    done = work();
    return false;
  };
  KITH_CHECK(database.each("select 1", while_open));
  if (stop.stop_requested()) return cut_short();
  return done;
}

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
// asked of files that no server has open; a server asks it of a copy.
Result<void> check_search(Connection& database) {
  KITH_CHECK(database.step("begin immediate"));
  // With the 1 also against the texts, which lie in tables of their own.
  auto entries = database.script("insert into entry_search (entry_search, rank) values ('integrity-check', 1)");
  auto people = database.script("insert into person_search (person_search) values ('integrity-check')");
  auto notes = database.script("insert into note_search (note_search, rank) values ('integrity-check', 1)");
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

Result<void> copy_pages(Connection& from, Connection& to, const std::stop_token& stop) {
  // One transaction around all steps: otherwise the copy would begin anew whenever somebody writes in between.
  KITH_CHECK(from.step("begin"));
  KITH_CHECK(from.number("select count(*) from sqlite_schema"));
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!backup) return std::unexpected(sqlite::error_of(sqlite3_extended_errcode(to.handle()), "backup"));
  int step = SQLITE_OK;
  while (step == SQLITE_OK && !stop.stop_requested()) step = sqlite3_backup_step(backup, kPagesAtOnce);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) return std::unexpected(sqlite::error_of(code, "backup"));
  if (step == SQLITE_OK) return cut_short();
  if (step != SQLITE_DONE) return std::unexpected(sqlite::error_of(step, "backup"));
  return from.step("rollback");
}

// One file that stands for itself: no log beside it.
Result<void> copy_into(Connection& from, const std::filesystem::path& part, const std::stop_token& stop) {
  KITH_TRY(auto to, Connection::open(part, OpenAs::maker, {}));
  KITH_CHECK(copy_pages(from, *to, stop));
  return to->script("pragma journal_mode = delete");
}

void remove_part(const std::filesystem::path& part) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"})
    std::filesystem::remove(std::filesystem::path(part) += suffix, ignored);
}

Result<void> finish_backup(const std::filesystem::path& part, const std::filesystem::path& target,
                           const std::stop_token& stop) {
  KITH_CHECK(check_database(part, CheckDepth::deep, stop));
  KITH_CHECK(sync_path(part));
  std::error_code failed;
  std::filesystem::rename(part, target, failed);
  if (failed) return fail(Errc::unavailable, "renaming the backup: " + failed.message());
  return sync_path(std::filesystem::absolute(target).parent_path());
}

Result<void> check_search_of(const std::filesystem::path& file, const std::stop_token& stop) {
  KITH_TRY(auto database, Connection::open(file, OpenAs::writer, {}));
  return until_stopped(*database, stop, [&] { return check_search(*database); });
}

}  // namespace

Result<void> check_database(const std::filesystem::path& file, CheckDepth depth, const std::stop_token& stop) {
  KITH_TRY(const auto log, sqlite::survey_log(std::filesystem::path(file) += "-wal"));
  if (log.end == sqlite::LogEnd::damaged) return fail(Errc::unavailable, "the log of the database is damaged");
  KITH_TRY(auto database, Connection::open(file, OpenAs::writer, {}));
  KITH_TRY(auto tables, database->number("select count(*) from sqlite_schema where name in ('migrations', 'entries')"));
  if (tables != 2) return fail(Errc::invalid, "not a database of this program");
  KITH_CHECK(until_stopped(*database, stop, [&] { return check_house(*database, depth); }));
  if (depth == CheckDepth::quick) return {};
  return until_stopped(*database, stop, [&] { return check_search(*database); });
}

Result<std::vector<Digest>> contents_in_use(const std::filesystem::path& file) {
  KITH_TRY(auto database, Connection::open(file, OpenAs::reader, {}));
  return database->all("select distinct content from attachments where state = 1 order by content",
                       [](Row& row) { return row.digest(); });
}

Result<void> SqliteStore::check(CheckDepth depth, const std::stop_token& stop) {
  KITH_TRY(auto database, engine_->connect(OpenAs::reader));
  KITH_CHECK(database->step("begin"));
  auto checked = until_stopped(*database, stop, [&] { return check_house(*database, depth); });
  KITH_CHECK(database->step("rollback"));
  return checked;
}

Result<void> SqliteStore::check_search(const std::filesystem::path& scratch, const std::stop_token& stop) {
  remove_part(scratch);
  KITH_TRY(auto from, engine_->connect(OpenAs::reader));
  auto done = copy_into(*from, scratch, stop);
  if (done) done = check_search_of(scratch, stop);
  remove_part(scratch);
  return done;
}

Result<void> SqliteStore::backup_to(const std::filesystem::path& target, const std::stop_token& stop) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) return fail(Errc::conflict, "the target of the backup exists already");
  const auto part = std::filesystem::path(target) += ".part";
  remove_part(part);
  KITH_TRY(auto from, engine_->connect(OpenAs::reader));
  auto done = copy_into(*from, part, stop);
  if (done) done = finish_backup(part, target, stop);
  if (!done) remove_part(part);
  return done;
}

}  // namespace kith
