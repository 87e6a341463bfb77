// One connection to the database file, with every statement it has used kept prepared. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "storage/sqlite/row.h"

namespace kith::sqlite {

enum class OpenAs : std::uint8_t { reader, writer, maker };  // maker: a writer that makes the file when it is absent

// How far back a unit of work is undone that has written. A savepoint costs a tenth of what a message costs.
enum class Undo : std::uint8_t { unit_alone, whole_group };

// Which Error a SQLite result code is: broken uniqueness is `conflict`, any other broken rule `invalid`, a full disk
// `storage_full`, the rest `unavailable`.
Error error_of(int code, std::string_view doing);

class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, OpenAs as, const std::string& vfs);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Several statements without values: pragmas, migrations.
  Result<void> script(const char* sql);

  // `sql` is always a literal: it is prepared once and found again by its address.
  template <class... Values>
  Result<void> write(const char* sql, const Values&... values) {
    KITH_CHECK(begin_unit_savepoint());
    return each(sql, [](Row&) { return true; }, values...);
  }
  // A statement of the transaction itself ("commit"): never opens a unit's savepoint.
  Result<void> step(const char* sql) {
    return each(sql, [](Row&) { return true; });
  }
  // The rows changed by the last write().
  [[nodiscard]] std::int64_t changed() const { return sqlite3_changes64(handle_); }
  [[nodiscard]] RowId last_row() const { return sqlite3_last_insert_rowid(handle_); }

  // write() of a row that must exist already.
  template <class... Values>
  Result<void> replace(const char* what, const char* sql, const Values&... values) {
    KITH_CHECK(write(sql, values...));
    if (changed() == 0) return fail(Errc::not_found, what);
    return {};
  }

  // Calls `visit` with each row until it returns false.
  template <class Visit, class... Values>
  Result<void> each(const char* sql, Visit visit, const Values&... values) {
    KITH_TRY(sqlite3_stmt * statement, prepared(sql));
    int at = 0;
    int code = SQLITE_OK;
    ((code = code == SQLITE_OK ? bind_value(statement, ++at, values) : code), ...);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
      code = sqlite3_step(statement);
      if (code != SQLITE_ROW) break;
      Row row(statement);
      if (!visit(row)) break;
    }
    return finish(statement, code, sql);
  }
  template <class Read, class... Values, class Value = std::invoke_result_t<Read, Row&>>
  Result<std::vector<Value>> all(const char* sql, Read read, const Values&... values) {
    std::vector<Value> found;
    auto keep = [&](Row& row) {
      found.push_back(read(row));
      return true;
    };
    KITH_CHECK(each(sql, keep, values...));
    return found;
  }
  template <class Read, class... Values, class Value = std::invoke_result_t<Read, Row&>>
  Result<std::optional<Value>> maybe(const char* sql, Read read, const Values&... values) {
    std::optional<Value> found;
    auto keep = [&](Row& row) {
      found.emplace(read(row));
      return false;
    };
    KITH_CHECK(each(sql, keep, values...));
    return found;
  }
  // not_found, with `what` as its detail, when there is no row.
  template <class Read, class... Values, class Value = std::invoke_result_t<Read, Row&>>
  Result<Value> one(const char* what, const char* sql, Read read, const Values&... values) {
    KITH_TRY(auto found, maybe(sql, read, values...));
    if (!found) return fail(Errc::not_found, what);
    return std::move(*found);
  }
  template <class... Values>
  Result<std::int64_t> number(const char* sql, const Values&... values) {
    return one("number", sql, [](Row& row) { return row.integer(); }, values...);
  }

  // Between begin_unit and keep_unit or undo_unit, the first write opens a savepoint (unless the whole group is to be
  // undone instead), so that a unit that only looks costs nothing. An open transaction is needed.
  void begin_unit(Undo undo) {
    unit_ = Unit::clean;
    undo_ = undo;
  }
  [[nodiscard]] bool has_unit_written() const { return unit_ == Unit::written; }
  Result<void> keep_unit();
  Result<void> undo_unit();  // not after writing with Undo::whole_group
  [[nodiscard]] bool is_in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

  // The first failure of the disk or the file since the last forget_damage(); after one the open transaction is void,
  // whatever the unit made of the error.
  [[nodiscard]] const std::optional<Error>& damage() const { return damage_; }
  // Whether that failure was bytes that are not as they were written: the page, 0 when nobody can say which.
  [[nodiscard]] std::optional<std::uint32_t> changed_page() const { return changed_page_; }
  void forget_damage() {
    damage_.reset();
    changed_page_.reset();
  }

  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  enum class Unit : std::uint8_t { none, clean, written };

  explicit Connection(sqlite3* handle) : handle_(handle) {}
  Result<sqlite3_stmt*> prepared(const char* sql);
  Result<void> finish(sqlite3_stmt* statement, int code, const char* sql);
  Result<void> begin_unit_savepoint();
  Error note_damage(int code, std::string_view doing);

  sqlite3* handle_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  Unit unit_ = Unit::none;
  Undo undo_ = Undo::unit_alone;
  std::optional<Error> damage_;
  std::optional<std::uint32_t> changed_page_;
};

// Where a value comes from when it is a column of its own: reads for Connection::all and ::maybe.
inline RowId read_row_id(Row& row) {
  return row.integer();
}

}  // namespace kith::sqlite
