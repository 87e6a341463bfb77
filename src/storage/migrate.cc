#include "storage/migrate.h"

#include <fmt/core.h>

#include <string>

namespace kith {
namespace {

constexpr Migration kMigrations[] = {
#include "storage_migrations.inc"  // made by the build from migrations/*.sql
};

// "Kith" in the file's header, so that tools and we ourselves can tell whose file it is.
constexpr std::int64_t kApplicationId = 0x4b697468;

Result<void> apply_inside(sqlite::Connection& database, const Migration& step) {
  KITH_CHECK(database.script(step.sql));
  KITH_CHECK(database.write("insert into migrations (number, name) values (?, ?)", step.number, step.name));
  return database.script("commit");
}

Result<void> apply(sqlite::Connection& database, const Migration& step) {
  KITH_CHECK(database.script("begin immediate"));
  auto done = apply_inside(database, step);
  if (!done && database.is_in_transaction()) {
    if (auto undone = database.script("rollback"); !undone) return undone;
  }
  if (!done) done.error().detail = fmt::format("step {:04} ({}): {}", step.number, step.name, done.error().detail);
  return done;
}

Result<void> begin_house(sqlite::Connection& database) {
  KITH_CHECK(database.script(fmt::format("pragma application_id = {}", kApplicationId).c_str()));
  return database.script(
      "create table if not exists migrations (number integer primary key, name text not null) strict");
}

}  // namespace

std::span<const Migration> built_in_migrations() {
  return kMigrations;
}

Result<std::int64_t> schema_of(sqlite::Connection& database) {
  KITH_TRY(auto has_table, database.number("select count(*) from sqlite_schema where name = 'migrations'"));
  if (has_table == 0) return 0;
  return database.number("select coalesce(max(number), 0) from migrations");
}

Result<void> refuse_foreign_database(sqlite::Connection& database, std::span<const Migration> known) {
  KITH_TRY(auto application, database.number("pragma application_id"));
  KITH_TRY(auto tables, database.number("select count(*) from sqlite_schema"));
  if (application != kApplicationId && (application != 0 || tables != 0))
    return fail(Errc::invalid, "the file is a database of another program");
  KITH_TRY(auto newest, schema_of(database));
  if (newest <= static_cast<std::int64_t>(known.size())) return {};
  return fail(Errc::invalid, fmt::format("the database has schema {}, this program knows up to {}: use a newer program",
                                         newest, known.size()));
}

Result<void> migrate(sqlite::Connection& database, std::span<const Migration> known, Log& log) {
  KITH_CHECK(refuse_foreign_database(database, known));
  KITH_TRY(auto newest, schema_of(database));
  if (newest == 0) KITH_CHECK(begin_house(database));
  for (const Migration& step : known.subspan(static_cast<std::size_t>(newest))) {
    KITH_CHECK(apply(database, step));
    log.info("schema_changed", {{"number", step.number}, {"name", step.name}});
  }
  return {};
}

}  // namespace kith
