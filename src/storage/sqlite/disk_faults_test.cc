// What the store does when the disk is full or broken.
#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

struct DiskFaults : SqliteStoreTest {
  DiskFaults() { options.vfs = disk.name(); }

  // Writes until it fails; what was acknowledged.
  std::vector<std::string> say_until_it_fails(Errc expected) {
    std::vector<std::string> acknowledged;
    for (int i = 0; i < 1000; ++i) {
      std::string text = "message " + std::to_string(i);
      auto entry = say(text);
      if (!entry) {
        EXPECT_EQ(entry.error().code, expected) << entry.error().detail;
        return acknowledged;
      }
      acknowledged.push_back(text);
    }
    ADD_FAILURE() << "the disk never failed";
    return acknowledged;
  }
};

TEST_F(DiskFaults, OfAFullDiskAreSaidAndLoseNothingThatWasAcknowledged) {
  for (long space : {1, 2, 3, 5, 8, 13, 40}) {
    SCOPED_TRACE(space);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    disk.heal();
    given_a_conversation();
    disk.fill_disk_at_write(space);
    const auto acknowledged = say_until_it_fails(Errc::storage_full);
    EXPECT_EQ(said(), acknowledged) << "reading goes on";
    EXPECT_EQ(say("still no room").error().code, Errc::storage_full);

    disk.heal();
    EXPECT_TRUE(say("room again")) << "without being opened anew";
    auto checked = store->check(CheckDepth::deep);
    EXPECT_TRUE(checked) << checked.error().detail;
    ASSERT_TRUE(open());
    EXPECT_EQ(said().size(), acknowledged.size() + 1);
    EXPECT_EQ(found("room again"), 1U);
  }
}

TEST_F(DiskFaults, OfASyncStopWritingUntilTheStoreIsOpenedAnew) {
  given_a_conversation();
  ASSERT_TRUE(say("first"));
  disk.break_sync(1);
  EXPECT_EQ(say("lost to the disk").error().code, Errc::unavailable);
  const long syncs = disk.syncs();
  // The disk now pretends that all is well, and must not be believed.
  EXPECT_EQ(say("second try").error().code, Errc::unavailable);
  EXPECT_EQ(disk.syncs(), syncs) << "a failed sync is never tried again";
  EXPECT_EQ(said(), std::vector<std::string>{"first"}) << "reading goes on";

  ASSERT_TRUE(open());
  EXPECT_TRUE(say("after opening anew"));
  auto texts = said();
  EXPECT_EQ(texts.front(), "first");
  EXPECT_EQ(texts.back(), "after opening anew");
  EXPECT_TRUE(store->check(CheckDepth::deep));
}

TEST_F(DiskFaults, OfAWriteStopWritingAndLoseNothingThatWasAcknowledged) {
  for (long at = 1; at <= 24; ++at) {
    SCOPED_TRACE(at);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    disk.heal();
    given_a_conversation();
    disk.break_write(at);
    const auto acknowledged = say_until_it_fails(Errc::unavailable);
    disk.heal();
    EXPECT_EQ(say("refused").error().code, Errc::unavailable);
    ASSERT_TRUE(open());
    auto texts = said();
    ASSERT_GE(texts.size(), acknowledged.size());
    texts.resize(acknowledged.size());  // the one nobody was told about may be there or not
    EXPECT_EQ(texts, acknowledged);
    auto checked = store->check(CheckDepth::deep);
    EXPECT_TRUE(checked) << checked.error().detail;
  }
}

TEST_F(DiskFaults, WhileTheLogIsCarriedOverStopWriting) {
  options.checkpoint_after_pages = 1;
  given_a_conversation();
  // A commit syncs the log; carrying it over syncs the main file next.
  disk.break_sync(3);
  std::size_t acknowledged = 0;
  while (acknowledged < 20 && say("something")) ++acknowledged;
  EXPECT_LT(acknowledged, 20U);
  EXPECT_NE(lines.find("checkpoint_failed"), std::string::npos) << lines;
  ASSERT_TRUE(open());
  EXPECT_EQ(said().size(), acknowledged);
}

TEST_F(DiskFaults, OfOneUnitUndoTheWholeGroupAndSaySo) {
  given_a_conversation();
  options.writer_cache_bytes = 64 << 10;  // so small that pages are written before the commit
  ASSERT_TRUE(open());
  struct Long : WriteUnit {
    explicit Long(SqliteStoreTest&, ConversationId c, PersonId p) : conversation(c), person(p) {}
    bool run(Tx& tx) override {
      Entry entry;
      entry.id = tx.new_id<EntryId>();
      entry.seq = tx.next_seq();
      entry.strand = conversation;
      entry.author.person = person;
      entry.text = std::string(200'000, 'x');
      [[maybe_unused]] auto added = tx.entries().add(entry);
      return true;  // takes no notice of the failure
    }
    ConversationId conversation;
    PersonId person;
  };
  Long one(*this, conversation, person), two(*this, conversation, person), three(*this, conversation, person);
  WriteUnit* group[] = {&one, &two, &three};
  disk.fill_disk_at_write(20);
  auto outcome = store->commit_group(group, clock.now(), random);
  ASSERT_FALSE(outcome.commit);
  EXPECT_EQ(outcome.commit.error().code, Errc::storage_full);
  EXPECT_TRUE(outcome.events.empty());
  disk.heal();
  EXPECT_TRUE(said().empty());
  EXPECT_TRUE(say("room again"));
}

}  // namespace
}  // namespace kith::sqlite
