#include "storage/sqlite/connection.h"

#include <fmt/core.h>

#include "base/damaged.h"
#include "storage/sqlite/checked_pages.h"

namespace kith::sqlite {
namespace {

constexpr int kBusyMilliseconds = 5000;

bool is_full(int code) {
  // The shared index of the log could not grow: as harmless as a full log, since nothing was promised yet.
  return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE;
}

bool is_damage(int code) {
  if (is_full(code)) return true;
  switch (code & 0xff) {
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOMEM:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return true;
    default:
      return false;
  }
}

// The bytes themselves are wrong, and will be at the next try.
bool is_changed_on_disk(int code) {
  return code == SQLITE_IOERR_DATA || (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

Errc errc_of(int code) {
  if (is_full(code)) return Errc::storage_full;
  if ((code & 0xff) != SQLITE_CONSTRAINT) return Errc::unavailable;
  bool is_double =
      code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID;
  return is_double ? Errc::conflict : Errc::invalid;
}

int open_flags(OpenAs as) {
  switch (as) {
    case OpenAs::reader:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    case OpenAs::writer:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    case OpenAs::maker:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  }
  return SQLITE_OPEN_READONLY;
}

// Nobody asks how much memory SQLite uses, and counting it takes a lock at each allocation. Only possible before
// SQLite's first use in the process; later it changes nothing.
void do_without_statistics() {
  [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Error opening_error(sqlite3* handle, int code, const std::filesystem::path& file) {
  if (handle && sqlite3_extended_errcode(handle) == SQLITE_IOERR_DATA)
    return {Errc::unavailable, "page 1 is not as it was written", std::string(kDamaged)};
  return error_of(code, "opening " + file.filename().string());
}

}  // namespace

// The detail names the statement, never its values: they may be somebody's words.
Error error_of(int code, std::string_view doing) {
  std::string detail = sqlite3_errstr(code);
  detail += " (" + std::to_string(code) + ") in: ";
  detail += doing.substr(0, 160);
  return Error{errc_of(code), std::move(detail), {}};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, OpenAs as,
                                                     const std::string& vfs) {
  do_without_statistics();
  sqlite3* handle = nullptr;
  int code = sqlite3_open_v2(file.c_str(), &handle, open_flags(as), checked_layer_over(vfs).c_str());
  std::unique_ptr<Connection> connection(new Connection(handle));
  if (code != SQLITE_OK) return std::unexpected(opening_error(handle, code, file));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (as == OpenAs::maker) begin_with_digests(handle);
  return connection;
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<void> Connection::script(const char* sql) {
  int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  Error error = note_damage(sqlite3_extended_errcode(handle_), sql);
  if ((code & 0xff) == SQLITE_ERROR) error.detail += std::string(": ") + sqlite3_errmsg(handle_);
  return std::unexpected(std::move(error));
}

Result<sqlite3_stmt*> Connection::prepared(const char* sql) {
  auto [found, is_new] = statements_.try_emplace(sql, nullptr);
  if (!is_new) return found->second;
  int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &found->second, nullptr);
  if (code == SQLITE_OK) return found->second;
  Error error = note_damage(sqlite3_extended_errcode(handle_), sql);
  if ((code & 0xff) == SQLITE_ERROR) error.detail += std::string(": ") + sqlite3_errmsg(handle_);
  statements_.erase(found);
  return std::unexpected(std::move(error));
}

Result<void> Connection::finish(sqlite3_stmt* statement, int code, const char* sql) {
  int extended = code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(handle_);
  sqlite3_reset(statement);
  if (extended == SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) extended = code;
  if (extended == SQLITE_OK) return {};
  return std::unexpected(note_damage(extended, sql));
}

Error Connection::note_damage(int code, std::string_view doing) {
  Error error = error_of(code, doing);
  const bool is_changed = is_changed_on_disk(code);
  if (is_changed) error.field = kDamaged;
  const std::uint32_t page = code == SQLITE_IOERR_DATA ? take_damaged_page(handle_).value_or(0) : 0;
  if (page != 0) error.detail = fmt::format("page {} is not as it was written (in: {})", page, doing.substr(0, 160));
  if (page == 0 && code == SQLITE_IOERR_DATA)
    error.detail = fmt::format("a page in the log is not as it was written (in: {})", doing.substr(0, 160));
  if (is_damage(code) && !damage_) {
    damage_ = error;
    if (is_changed) changed_page_ = page;
  }
  return error;
}

Result<void> Connection::begin_unit_savepoint() {
  if (unit_ != Unit::clean) return {};
  if (undo_ == Undo::unit_alone) KITH_CHECK(step("savepoint unit"));
  unit_ = Unit::written;
  return {};
}

Result<void> Connection::keep_unit() {
  bool has_written = std::exchange(unit_, Unit::none) == Unit::written;
  if (!has_written || undo_ == Undo::whole_group) return {};
  return step("release unit");
}

Result<void> Connection::undo_unit() {
  bool has_written = std::exchange(unit_, Unit::none) == Unit::written;
  if (!has_written) return {};
  KITH_CHECK(step("rollback to unit"));
  return step("release unit");
}

}  // namespace kith::sqlite
