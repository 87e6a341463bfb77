#include "storage/upgrade.h"

#include <fstream>

#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

namespace fs = std::filesystem;

struct UpgradeOfASavedDatabase : SqliteStoreTest {
  UpgradeOfASavedDatabase() {
    fs::copy_file(fs::path(KITH_MIGRATIONS_FOLDER) / "saved" / "0001.db", file());
    fs::permissions(file(), fs::perms::owner_all);
  }
  std::string bytes(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // As an older program did it: without digests.
  void change(const char* sql) {
    auto done = (*Connection::open(file(), OpenAs::writer, {}))->script(sql);
    ASSERT_TRUE(done) << done.error().detail;
  }
};

TEST_F(UpgradeOfASavedDatabase, KeepsTheDatabaseOfBeforeForAWeek) {
  const std::string before = bytes(file());
  ASSERT_TRUE(open());
  const auto kept = kept_snapshots(file());
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().path.filename(), "before-schema-0001.db");
  EXPECT_EQ(bytes(kept.front().path), before);
  EXPECT_FALSE(fs::exists(folder / "upgrade" / "next.db"));
  ASSERT_TRUE(open()) << "once";
  forget_snapshots(file(), kept.front().made_at);
  EXPECT_EQ(kept_snapshots(file()).size(), 1U);
  forget_snapshots(file(), kept.front().made_at + std::chrono::seconds(1));
  EXPECT_TRUE(kept_snapshots(file()).empty());
}

TEST_F(UpgradeOfASavedDatabase, ChangesNothingWhenAStepFails) {
  change("create table read_marks (in_the_way integer)");
  const std::string before = bytes(file());
  auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().field, "upgrade");
  EXPECT_NE(opened.error().detail.find("Nothing was changed"), std::string::npos) << opened.error().detail;
  EXPECT_EQ(bytes(file()), before);
  EXPECT_TRUE(kept_snapshots(file()).empty());
  EXPECT_FALSE(fs::exists(folder / "upgrade" / "next.db"));
  change("drop table read_marks");
  EXPECT_TRUE(open()) << "as soon as the reason is gone";
}

TEST_F(UpgradeOfASavedDatabase, RefusesOneThatWasDamagedBeforeAndSaysSo) {
  change(
      "drop trigger entries_never_change; update entries set text = 'never said' where seq = (select min(seq) from "
      "entries)");
  const std::string before = bytes(file());
  auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().detail.find("damaged before the upgrade"), std::string::npos) << opened.error().detail;
  EXPECT_EQ(bytes(file()), before);
}

TEST_F(UpgradeOfASavedDatabase, TakesWhatAKilledUpgradeLeftForNothing) {
  fs::create_directory(folder / "upgrade");
  std::ofstream(folder / "upgrade" / "next.db") << "half of a copy";
  std::ofstream(folder / "upgrade" / "next.db-journal") << "half of a journal";
  ASSERT_TRUE(open());
  EXPECT_EQ(said().size(), 2U);
}

TEST_F(UpgradeOfASavedDatabase, TakesWhatStillStoodInTheLogAlong) {
  {
    auto beside = Connection::open(file(), OpenAs::writer, {});
    ASSERT_TRUE((*beside)->script("pragma journal_mode = wal; update settings set organisation = 'From the log'"));
    for (const char* name : {"kith.db", "kith.db-wal"})
      fs::copy_file(folder / name, folder / (std::string("killed-") + name));
  }
  for (const char* name : {"kith.db", "kith.db-wal"})
    fs::rename(folder / (std::string("killed-") + name), folder / name);
  ASSERT_TRUE(open());
  EXPECT_EQ(look_at(*store, [](const Snapshot& now) { return now.house().settings()->organisation; }), "From the log");
}

}  // namespace
}  // namespace kith::sqlite
