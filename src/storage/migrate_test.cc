#include "storage/migrate.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

const std::filesystem::path kMigrations = KITH_MIGRATIONS_FOLDER;

struct Migrate : SqliteStoreTest {
  std::vector<Migration> known{built_in_migrations().begin(), built_in_migrations().end()};
  const int next = static_cast<int>(known.size()) + 1;

  std::unique_ptr<Connection> connect() { return std::move(*Connection::open(file(), OpenAs::maker, {})); }
};

TEST_F(Migrate, HasStepsNumberedFromOneWithoutGaps) {
  ASSERT_FALSE(known.empty());
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_EQ(known[i].number, static_cast<int>(i) + 1);
}

TEST_F(Migrate, AppliesEachStepOnceAndKeepsWhatWasThere) {
  given_a_conversation();
  ASSERT_TRUE(say("before the change"));
  store.reset();
  known.push_back({next, "proof", "create table proof (id integer primary key) strict; insert into proof values (1)"});
  for (int round = 0; round < 2; ++round) {
    auto database = connect();
    ASSERT_TRUE(migrate(*database, known, log));
    EXPECT_EQ(*database->number("select count(*) from proof"), 1);
    EXPECT_EQ(*database->number("select count(*) from entries"), 1);
    EXPECT_EQ(*database->number("select max(number) from migrations"), next);
  }
}

TEST_F(Migrate, FindsNotesThatWereWrittenBeforeNotesWereFound) {
  auto database = connect();
  ASSERT_TRUE(migrate(*database, std::span(known).first(3), log));
  ASSERT_TRUE(database->script(R"sql(
      insert into persons (id, public_id, called, languages, access_needs, is_sample, created_at)
      values (1, randomblob(16), 'Anna', '', '', 0, 1), (2, randomblob(16), 'Noor', '', '', 0, 1);
      insert into notes (id, public_id, about_person_id, author_person_id, text, version, is_taken_back, written_at,
                         changed_seq)
      values (7, randomblob(16), 1, 2, 'prefers the morning', 1, 0, 1, 1))sql"));
  ASSERT_TRUE(migrate(*database, known, log));
  EXPECT_EQ(*database->number("select rowid from note_search where note_search match 'morning'"), 7);
}

TEST_F(Migrate, LeavesEverythingAsItWasWhenAStepFails) {
  given_a_conversation();
  store.reset();
  known.push_back(
      {next, "broken", "create table half (id integer primary key) strict; insert into nowhere values (1)"});
  {
    auto database = connect();
    EXPECT_FALSE(migrate(*database, known, log));
    EXPECT_EQ(*database->number("select count(*) from sqlite_schema where name = 'half'"), 0);
    EXPECT_FALSE(database->is_in_transaction());
  }
  EXPECT_TRUE(open()) << "the old program still works";
}

// KITH_SAVE_DATABASE=src/storage/migrations/saved/NNNN.db kith_storage_test --gtest_filter=SavedDatabase.*
// writes what the next test of a release will open.
struct SavedDatabase : Migrate {};

TEST_F(SavedDatabase, IsWrittenWhenAReleaseAsksForIt) {
  const char* target = std::getenv("KITH_SAVE_DATABASE");
  if (!target) GTEST_SKIP() << "only for a release";
  {
    auto database = connect();
    ASSERT_TRUE(database->script("pragma page_size = 512; vacuum"));  // a small file; the schema is the same
  }
  given_a_conversation();
  auto entry = say("the wrong invoice");
  ASSERT_TRUE(entry && say("thank you"));
  ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.entries().add_version({.act = tx.new_id<ActId>(),
                                         .entry = entry->id,
                                         .version = 2,
                                         .seq = tx.next_seq(),
                                         .text = "the right invoice",
                                         .at = tx.now()}));
    const auto team = tx.new_id<TeamId>();
    KITH_CHECK(tx.house().save_team({.id = team, .name = "Care"}));
    KITH_CHECK(tx.house().save_settings({.organisation = "Sunrise Bikes", .version = 3}));
    return tx.people().add_role({.id = tx.new_id<RoleId>(), .person = person, .team = team, .from = tx.now()});
  }));
  ASSERT_TRUE(store->backup_to(target));
}

TEST_F(SavedDatabase, OfEveryReleaseIsUpgradedAndReadsAsItDid) {
  int opened = 0;
  for (const auto& saved : std::filesystem::directory_iterator(kMigrations / "saved")) {
    SCOPED_TRACE(saved.path());
    store.reset();
    std::filesystem::copy_file(saved.path(), file(), std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(file(), std::filesystem::perms::owner_all);
    ASSERT_TRUE(open());
    EXPECT_EQ(said(), (std::vector<std::string>{"the right invoice", "thank you"}));
    EXPECT_EQ(found("invoice"), 1U);
    EXPECT_EQ(look_at(*store, [](const Snapshot& now) { return now.house().settings()->organisation; }),
              "Sunrise Bikes");
    store.reset();
    auto checked = check_database(file(), CheckDepth::deep);
    EXPECT_TRUE(checked) << checked.error().detail;
    ++opened;
  }
  EXPECT_GE(opened, 1);
}

// D2, I16: what stands in the reviewed list, as "table: columns".
std::map<std::string, std::set<std::string>> reviewed() {
  std::map<std::string, std::set<std::string>> tables;
  std::ifstream file(kMigrations / "times_near_people.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto colon = line.find(':');
    std::string columns = line.substr(colon + 1, line.find('|') - colon - 1) + ',';
    for (std::size_t at = 0, comma = 0; (comma = columns.find(',', at)) != std::string::npos; at = comma + 1) {
      std::string column = columns.substr(at, comma - at);
      std::erase(column, ' ');
      tables[line.substr(0, colon)].insert(column);
    }
  }
  return tables;
}

TEST_F(Migrate, KeepsNoTimeOrNumberNearAColleagueThatWasNotReviewed) {
  auto database = connect();
  ASSERT_TRUE(migrate(*database, known, log));
  // Keys, references, yes-or-no and choices are no measure of anybody.
  auto columns = database->all(R"sql(
      select t.name, c.name from sqlite_schema t join pragma_table_info(t.name) c
      where t.type = 'table'
        and exists (select 1 from pragma_foreign_key_list(t.name) where "table" in ('persons', 'sessions', 'author_sessions'))
        and c.type in ('INTEGER', 'REAL') and c.pk = 0
        and c.name not in (select "from" from pragma_foreign_key_list(t.name))
        and c.name not like 'is\_%' escape '\'
        and c.name not in ('kind', 'state', 'channel', 'author_kind'))sql",
                               [](Row& row) {
                                 std::string table = row.text();
                                 return std::pair(table, row.text());
                               });
  ASSERT_TRUE(columns) << columns.error().detail;
  std::map<std::string, std::set<std::string>> found;
  for (const auto& [table, column] : *columns) found[table].insert(column);
  EXPECT_EQ(found, reviewed()) << "review the column, then name it with its reason in times_near_people.txt";
}

TEST_F(Migrate, UsesAnIndexForEveryListThatPeopleWaitFor) {
  auto database = connect();
  ASSERT_TRUE(migrate(*database, known, log));
  auto plan = [&](const char* sql) {
    std::string steps;
    EXPECT_TRUE(database->each(sql, [&](Row& row) {
      row.integer(), row.integer(), row.integer();
      steps += row.text() + '\n';
      return true;
    }));
    return steps;
  };
  EXPECT_NE(
      plan(
          "explain query plan select seq from entries where conversation_id = 1 and seq < 9 order by seq desc limit 50")
          .find("entries_of_conversation (conversation_id=? AND rowid<?)"),
      std::string::npos);
  for (const char* sql :
       {"explain query plan select seq from entries where conversation_id = 1 and seq < 9 order by seq desc limit 50",
        "explain query plan select id from conversations where last_entry > 0 and last_entry < 9 order by last_entry "
        "desc",
        "explain query plan select seq from changes where conversation_id = 1 and seq > 9 order by seq limit 50",
        "explain query plan select rowid from entry_search where entry_search match 'a' and rowid < 9 order by rowid "
        "desc"}) {
    EXPECT_EQ(plan(sql).find("TEMP B-TREE"), std::string::npos) << plan(sql);
  }
}

}  // namespace
}  // namespace kith::sqlite
