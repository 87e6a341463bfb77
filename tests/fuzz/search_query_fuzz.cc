// What people type into a search box, put to the index as the store does: no bytes may make it an error, and a search
// that says there is nothing to look for must be empty.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "storage/sqlite/search_query.h"

namespace {

// The index as in the migrations, with one text in it.
sqlite3* open_index() {
  sqlite3* database = nullptr;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) std::abort();
  constexpr const char* kIndex = R"sql(
      create virtual table words using fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
      insert into words (text) values ('cats AND dogs OR near text NOT column');)sql";
  if (sqlite3_exec(database, kIndex, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  return database;
}

void ask(sqlite3* database, const std::string& query) {
  if (query.empty()) return;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "select rowid from words where words match ?", -1, &statement, nullptr) != SQLITE_OK)
    std::abort();
  sqlite3_bind_text(statement, 1, query.data(), static_cast<int>(query.size()), SQLITE_TRANSIENT);
  const int answer = sqlite3_step(statement);
  sqlite3_finalize(statement);
  if (answer != SQLITE_ROW && answer != SQLITE_DONE) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sqlite3* const database = open_index();
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  ask(database, kith::sqlite::entry_query(typed));
  ask(database, kith::sqlite::person_query(typed));
  return 0;
}
