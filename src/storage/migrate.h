// Brings a database to the schema this program speaks. Each step is a numbered file in migrations/, applied once, in
// one transaction, and recorded in the table `migrations`.
#pragma once

#include <span>
#include <string_view>

#include "base/log.h"
#include "base/result.h"
#include "storage/sqlite/connection.h"

namespace kith {

struct Migration {
  int number = 0;
  std::string_view name;  // "first_house"
  const char* sql = "";
};

// Those built into this program, by number, without gaps from 1.
std::span<const Migration> built_in_migrations();

// The number of the newest step that was applied, 0 when there is none.
Result<std::int64_t> schema_of(sqlite::Connection& database);
// `invalid`, with nothing changed, when the file is newer than `known` or is some other program's database.
Result<void> refuse_foreign_database(sqlite::Connection& database, std::span<const Migration> known);
// The same refusal, then every step that is missing.
Result<void> migrate(sqlite::Connection& database, std::span<const Migration> known, Log& log);

}  // namespace kith
