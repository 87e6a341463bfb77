// For tests of the store on disk: a scratch folder, a store that can be closed and opened, and messages to put into it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/memory/run_in_group.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/faulty_vfs.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith::sqlite {

class SqliteStoreTest : public testing::Test {
 protected:
  SqliteStoreTest() {
    std::string name = (std::filesystem::temp_directory_path() / "kith-sqlite-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    // Every write and sync of a test is its own, so that they can be counted.
    options.checkpoint_in_background = false;
  }
  ~SqliteStoreTest() override {
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  [[nodiscard]] std::filesystem::path file() const { return folder / "kith.db"; }
  Result<void> open() {
    store.reset();
    KITH_TRY(store, SqliteStore::open(file(), log, options));
    return {};
  }
  // Opens the store and lets one person in.
  void given_a_conversation() {
    auto opened = open();
    ASSERT_TRUE(opened) << opened.error().detail;
    ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
      KITH_CHECK(tx.people().add({.id = person, .called = "Ada", .created_at = tx.now()}));
      return tx.conversations().add({.id = conversation, .person = person, .created_at = tx.now()});
    }));
  }
  Result<Entry> say(std::string text) {
    return write_in_group(*store, clock, random, [&](Tx& tx) -> Result<Entry> {
      Entry entry;
      entry.id = tx.new_id<EntryId>();
      entry.seq = entry.changed_seq = tx.next_seq();
      entry.strand = conversation;
      entry.author.person = person;
      entry.text = text;
      entry.at = tx.now();
      KITH_CHECK(tx.entries().add(entry));
      return entry;
    });
  }
  std::vector<std::string> said() {
    return look_at(*store, [&](const Snapshot& now) {
      std::vector<std::string> texts;
      for (const Entry& entry : *now.entries().after({}, 0, SIZE_MAX)) texts.push_back(entry.text);
      return texts;
    });
  }
  std::size_t found(std::string words) {
    return look_at(*store, [&](const Snapshot& now) { return now.search().entries({.words = words})->size(); });
  }
  // A plain connection beside the store, as somebody with a tool would open one.
  void tamper(const char* sql) {
    auto beside = Connection::open(file(), OpenAs::writer, {});
    ASSERT_TRUE(beside);
    auto done = (*beside)->script(sql);
    ASSERT_TRUE(done) << done.error().detail;
  }

  FakeClock clock;
  SeededRandom random{7};
  std::string lines;
  Log log{clock, Level::info, [this](std::string_view line) { lines += line; }};
  FaultyVfs disk;
  std::filesystem::path folder;
  SqliteOptions options;
  std::unique_ptr<SqliteStore> store;
  PersonId person = make_id<PersonId>(clock.now(), random);
  ConversationId conversation = make_id<ConversationId>(clock.now(), random);
};

}  // namespace kith::sqlite
