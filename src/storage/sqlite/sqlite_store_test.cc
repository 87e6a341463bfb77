// What only the store on disk promises; store_contract_*_test.cc has what every store does.
#include "storage/sqlite/sqlite_store.h"

#include <fstream>
#include <functional>
#include <new>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include "storage/migrate.h"
#include "storage/sqlite/search_buffer.h"
#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

// The first line of the log is the place where memory runs out here.
TEST_F(SqliteStoreTest, OfAGroupThatThrowsKeepsNothingAndTakesTheNextOne) {
  given_a_conversation();
  store.reset();
  bool has_no_memory = false;
  Log narrow(clock, Level::info, [&](std::string_view) {
    if (std::exchange(has_no_memory, false)) throw std::bad_alloc();
  });
  auto opened = SqliteStore::open(file(), narrow, options);
  ASSERT_TRUE(opened);
  store = std::move(*opened);
  has_no_memory = true;
  const auto lost = write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.people().add({.id = tx.new_id<PersonId>(), .called = "Nobody", .created_at = tx.now()}));
    throw std::runtime_error("a fault");
  });
  ASSERT_FALSE(lost);
  EXPECT_FALSE(has_no_memory);
  EXPECT_TRUE(say("the next one"));
  EXPECT_EQ(said(), std::vector<std::string>{"the next one"});
  store.reset();
}

TEST_F(SqliteStoreTest, RefusesAFileThatIsNoDatabaseAndLeavesItAlone) {
  std::ofstream(file()) << "Dear diary, today I am a text file and long enough to be looked at for a header.";
  auto opened = open();
  ASSERT_FALSE(opened);
  std::ifstream back(file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(back), {}).substr(0, 10), "Dear diary");
}

TEST_F(SqliteStoreTest, RefusesTheDatabaseOfAnotherProgram) {
  auto other = Connection::open(file(), OpenAs::maker, {});
  ASSERT_TRUE((*other)->script("create table recipes (name text)"));
  other->reset();
  auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::invalid);
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfANewerProgramClearly) {
  given_a_conversation();
  store.reset();
  tamper("insert into migrations (number, name) values (1000, 'from_the_future')");
  auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::invalid);
  EXPECT_NE(opened.error().detail.find("newer program"), std::string::npos);
}

TEST_F(SqliteStoreTest, RefusesToChangeOrRemoveWhatWasSaid) {
  given_a_conversation();
  ASSERT_TRUE(say("as it was"));
  auto beside = Connection::open(file(), OpenAs::writer, {});
  ASSERT_TRUE((*beside)->script("pragma recursive_triggers = on"));  // as every connection of the store
  for (const char* sql : {"update entries set text = 'other'", "delete from entries",
                          "insert or replace into entries select * from entries"})
    EXPECT_FALSE((*beside)->script(sql)) << sql;
}

TEST_F(SqliteStoreTest, RefusesAnEntryWithoutItsProofInTheTableItself) {
  given_a_conversation();
  auto beside = Connection::open(file(), OpenAs::writer, {});
  const std::string insert =
      "insert into entries (seq, public_id, conversation_id, kind, channel, author_kind, person_id, author_session_id, "
      "machine_label_id, text, attachment_count, written_at) values (99, randomblob(16), 1, 0, 0, ";
  for (const char* author : {"0, null, null, null", "1, 1, null, null", "2, null, null, null", "3, 1, null, null"}) {
    auto added = (*beside)->script((insert + author + ", 'x', 0, 0)").c_str());
    ASSERT_FALSE(added) << author;
    EXPECT_EQ(added.error().code, Errc::invalid);
  }
}

// How often the first unit of a group ran whose second does `then`.
struct Twice : SqliteStoreTest {
  class Unit : public WriteUnit {
   public:
    explicit Unit(std::function<bool(Tx&)> body) : body_(std::move(body)) {}
    bool run(Tx& tx) override { return body_(tx); }

   private:
    std::function<bool(Tx&)> body_;
  };
  static bool rename_the_house(Tx& tx) { return tx.house().save_settings({.organisation = "Elsewhere"}).has_value(); }

  int runs_of_the_first(const std::function<bool(Tx&)>& then) {
    int runs = 0;
    Unit first([&](Tx& tx) { return ++runs > 0 && tx.people().resolve(person).has_value(); });
    Unit second(then);
    WriteUnit* units[] = {&first, &second};
    EXPECT_TRUE(store->commit_group(units, clock.now(), random).commit);
    return runs;
  }
};

TEST_F(Twice, AGroupRunsOnlyWhenAUnitFailsThatHasWritten) {
  given_a_conversation();
  EXPECT_EQ(runs_of_the_first(rename_the_house), 1);
  EXPECT_EQ(runs_of_the_first([](Tx& tx) { return tx.house().settings().has_value() && false; }), 1);
  EXPECT_EQ(runs_of_the_first([](Tx& tx) { return rename_the_house(tx) && false; }), 2);
}

TEST_F(Twice, NoGroupRunsSoonAfterAnotherDid) {
  given_a_conversation();
  auto fail_late = [](Tx& tx) { return rename_the_house(tx) && false; };
  EXPECT_EQ(runs_of_the_first(fail_late), 2);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(runs_of_the_first(fail_late), 1);
  EXPECT_EQ(look_at(*store, [](const Snapshot& now) { return now.house().settings(); }).value(), Settings{});
}

TEST_F(SqliteStoreTest, NoticesAWordChangedBehindItsBack) {
  given_a_conversation();
  ASSERT_TRUE(say("I promise"));
  ASSERT_TRUE(say("thank you"));
  ASSERT_TRUE(store->check(CheckDepth::deep));
  tamper("drop trigger entries_never_change; update entries set text = 'I never said' where text = 'I promise'");
  auto checked = store->check(CheckDepth::deep);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().detail.find("chain"), std::string::npos) << checked.error().detail;
}

TEST_F(SqliteStoreTest, NoticesAnEntryThatIsGoneAndOneThatWasSlippedIn) {
  given_a_conversation();
  ASSERT_TRUE(say("first"));
  ASSERT_TRUE(say("last"));
  tamper(
      "insert into entries select seq + 10, randomblob(16), conversation_id, kind, channel, author_kind, person_id, "
      "author_session_id, machine_label_id, 'slipped in', 0, written_at from entries where text = 'last'");
  EXPECT_FALSE(store->check(CheckDepth::deep));
  tamper("drop trigger entries_never_go; delete from entries where text = 'slipped in'");
  EXPECT_TRUE(store->check(CheckDepth::deep));
  tamper("delete from entries where text = 'last'");
  EXPECT_FALSE(store->check(CheckDepth::deep));
}

TEST_F(SqliteStoreTest, NoticesPagesThatRotted) {
  given_a_conversation();
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(say("message number " + std::to_string(i)));
  store.reset();
  {
    std::fstream bytes(file(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file()) - 3 * 4096 + 8));
    bytes << std::string(600, '\x5a');
  }
  EXPECT_FALSE(check_database(file(), CheckDepth::deep));
}

TEST_F(SqliteStoreTest, CopiesAConsistentStateWhileWritingGoesOn) {
  given_a_conversation();
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(say("before the backup " + std::to_string(i)));
  const auto copy = folder / "copy.db";
  auto done = store->backup_to(copy);
  ASSERT_TRUE(done) << done.error().detail;
  ASSERT_TRUE(say("after the backup"));
  EXPECT_TRUE(check_database(copy, CheckDepth::deep));
  EXPECT_FALSE(std::filesystem::exists(folder / "copy.db-wal"));

  auto restored = SqliteStore::open(copy, log, options);
  ASSERT_TRUE(restored);
  store = std::move(*restored);
  EXPECT_EQ(said().size(), 50U);
  EXPECT_EQ(found("backup"), 20U);
  EXPECT_TRUE(say("goes on in the restored house"));
}

TEST_F(SqliteStoreTest, DoesNotWriteABackupOverAFile) {
  given_a_conversation();
  std::ofstream(folder / "copy.db") << "precious";
  auto done = store->backup_to(folder / "copy.db");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::conflict);
}

TEST_F(SqliteStoreTest, DoesNotLeaveABackupOfADamagedHouse) {
  given_a_conversation();
  ASSERT_TRUE(say("as it was"));
  tamper("drop trigger entries_never_change; update entries set text = 'changed'");
  EXPECT_FALSE(store->backup_to(folder / "copy.db"));
  EXPECT_FALSE(std::filesystem::exists(folder / "copy.db"));
  EXPECT_FALSE(std::filesystem::exists(folder / "copy.db.part"));
}

TEST_F(SqliteStoreTest, LeavesNothingOfABackupThatIsCutShort) {
  given_a_conversation();
  ASSERT_TRUE(say("as it was"));
  std::stop_source stop;
  stop.request_stop();
  auto done = store->backup_to(folder / "copy.db", stop.get_token());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::unavailable);
  EXPECT_NE(done.error().detail.find("stopping"), std::string::npos) << done.error().detail;
  for (const char* name : {"copy.db", "copy.db.part", "copy.db.part-journal"})
    EXPECT_FALSE(std::filesystem::exists(folder / name)) << name;
  EXPECT_TRUE(store->backup_to(folder / "copy.db")) << "and can be made later";
}

// However far a check is, it ends soon after the stop, and never says that all is well.
TEST_F(SqliteStoreTest, GivesACheckUpWhenItIsToldToStop) {
  given_a_conversation();
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(say("message number " + std::to_string(i)));
  for (CheckDepth depth : {CheckDepth::quick, CheckDepth::deep}) {
    std::stop_source stop;
    stop.request_stop();
    auto checked = store->check(depth, stop.get_token());
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().detail.find("stopping"), std::string::npos) << checked.error().detail;
    EXPECT_TRUE(store->check(depth)) << "the next one is whole again";
  }
  store.reset();
  std::stop_source stop;
  stop.request_stop();
  auto checked = check_database(file(), CheckDepth::deep, stop.get_token());
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().detail.find("stopping"), std::string::npos) << checked.error().detail;
}

TEST_F(SqliteStoreTest, CutsAStatementThatWouldRunForHours) {
  given_a_conversation();
  // A table large enough that looking through it takes many times as long as the test waits before it asks for the
  // stop.
  tamper(
      "create table much (words text, more text); create index much_by_words on much (words, more);"
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000)"
      "insert into much select hex(randomblob(8)), i from n");
  std::stop_source stop;
  std::jthread asker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  auto checked = store->check(CheckDepth::deep, stop.get_token());
  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().detail.find("stopping"), std::string::npos) << checked.error().detail;
  ASSERT_TRUE(store->check(CheckDepth::deep));
  const auto to_the_end = std::chrono::steady_clock::now() - begin - took;
  EXPECT_LT(took, to_the_end / 2);
}

TEST_F(SqliteStoreTest, BeginsItsLogAnewInsteadOfLettingItGrow) {
  options.checkpoint_after_pages = 50;
  for (bool background : {false, true}) {
    SCOPED_TRACE(background);
    options.checkpoint_in_background = background;
    std::filesystem::remove(file());
    given_a_conversation();
    for (int i = 0; i < 300; ++i) ASSERT_TRUE(say("one of many messages that fill the log " + std::to_string(i)));
    EXPECT_LT(std::filesystem::file_size(folder / "kith.db-wal"), 600U * 4096U);
    store.reset();
    EXPECT_TRUE(check_database(file(), CheckDepth::deep));
  }
}

TEST_F(SqliteStoreTest, LeavesNoInventedWordBehindWhenTheSampleIsErased) {
  ASSERT_TRUE(open());
  ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.people().add({.id = person, .called = "Zaphodius", .is_sample = true, .created_at = tx.now()}));
    return tx.conversations().add({.id = conversation, .person = person, .created_at = tx.now()});
  }));
  ASSERT_TRUE(say("the canary sings quietly"));
  ASSERT_TRUE(write_in_group(*store, clock, random, [](Tx& tx) { return tx.erase_sample(); }));
  EXPECT_EQ(found("canary"), 0U);
  store.reset();
  std::ifstream bytes(file(), std::ios::binary);
  const std::string all(std::istreambuf_iterator<char>(bytes), {});
  for (const char* word : {"canary", "quietly", "Zaphodius", "zaphodius"})
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  EXPECT_TRUE(check_database(file(), CheckDepth::deep));
}

TEST_F(SqliteStoreTest, FollowsTheNewestTextInSearch) {
  given_a_conversation();
  auto entry = say("the wrong invoice");
  ASSERT_TRUE(entry);
  std::uint32_t version = 1;
  auto edit = [&](std::string text, bool taken_back) {
    return write_in_group(*store, clock, random, [&](Tx& tx) {
      return tx.entries().add_version({.act = tx.new_id<ActId>(),
                                       .entry = entry->id,
                                       .version = ++version,
                                       .seq = tx.next_seq(),
                                       .text = text,
                                       .taken_back = taken_back,
                                       .at = tx.now()});
    });
  };
  ASSERT_TRUE(edit("the right receipt", false));
  EXPECT_EQ(found("invoice"), 0U);
  EXPECT_EQ(found("receipt"), 1U);
  ASSERT_TRUE(edit("", true));
  EXPECT_EQ(found("receipt"), 0U);
  store.reset();
  EXPECT_TRUE(check_database(file(), CheckDepth::deep)) << "the index agrees with the texts";
}

TEST(SearchBuffer, IsGivenUpOnceABurstIsOver) {
  SearchBuffer buffer;
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(buffer.is_to_be_given_up(1)) << "it never grew";
  EXPECT_FALSE(buffer.is_to_be_given_up(1000));
  int calm = 1;
  while (!buffer.is_to_be_given_up(1)) ASSERT_LT(++calm, 1000);
  EXPECT_GT(calm, 10);
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(buffer.is_to_be_given_up(1)) << "once is enough";
  EXPECT_FALSE(buffer.is_to_be_given_up(1000));
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(buffer.is_to_be_given_up(i % 10 == 0 ? 100 : 0)) << "not while it goes on";
}

TEST_F(SqliteStoreTest, GoesOnAsBeforeAfterABurst) {
  given_a_conversation();
  ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
    for (int i = 0; i < 200; ++i) {
      Entry entry{
          .id = tx.new_id<EntryId>(), .strand = conversation, .text = "burst " + std::to_string(i), .at = tx.now()};
      entry.seq = entry.changed_seq = tx.next_seq();
      entry.author.person = person;
      KITH_CHECK(tx.entries().add(entry));
    }
    return {};
  }));
  for (int i = 0; i < 120; ++i) ASSERT_TRUE(say("calm " + std::to_string(i)));
  EXPECT_EQ(said().size(), 320U);
  for (const char* words : {"burst 0", "burst 199", "calm 0", "calm 119"}) EXPECT_EQ(found(words), 1U) << words;
  EXPECT_EQ(lines.find("schema_not_read_again"), std::string::npos);
  store.reset();
  EXPECT_TRUE(check_database(file(), CheckDepth::deep));
}

}  // namespace
}  // namespace kith::sqlite
