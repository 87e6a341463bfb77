#include "server/file_sweep.h"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/digest.h"
#include "people/house.h"
#include "people/person_facts.h"
#include "people/recognise.h"
#include "server/files_hold.h"
#include "server/house_for_tests.h"
#include "storage/upgrade.h"

namespace kith {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class FileSweepTest : public testing::Test {
 protected:
  DataHome& home() { return house_.home(); }
  Time in(std::chrono::hours ahead) { return home().clock().now() + ahead; }

  Conversation given_conversation(bool is_sample = false) {
    auto made = home().store_thread().write_now([&](Tx& tx) {
      return add_person(
          tx, Person{.id = tx.new_id<PersonId>(), .called = "Anna", .is_sample = is_sample, .created_at = tx.now()});
    });
    EXPECT_TRUE(made);
    return *made;
  }
  AttachmentId given_begun(const Conversation& anna) {
    const auto id = make_id<AttachmentId>(home().clock().now(), home().random());
    EXPECT_TRUE(home().store_thread().write_now([&](Tx& tx) {
      return tx.attachments().add({.id = id,
                                   .strand = anna.id,
                                   .by = anna.person,
                                   .name = "a.txt",
                                   .media_type = "text/plain",
                                   .size_bytes = 100,
                                   .content = {},
                                   .created_at = tx.now()});
    }));
    EXPECT_TRUE(home().files().append(id, 0, "half of " + id.text()));
    return id;
  }
  // The bytes have their name already; the row may not know it yet.
  AttachmentId given_finished(const Conversation& anna, const std::string& bytes) {
    const AttachmentId id = given_begun(anna);
    EXPECT_TRUE(home().files().give_up(id));
    EXPECT_TRUE(home().files().append(id, 0, bytes));
    EXPECT_TRUE(home().files().finish(id));
    return id;
  }
  AttachmentId given_kept(const Conversation& anna, const std::string& bytes) {
    const AttachmentId id = given_finished(anna, bytes);
    EXPECT_TRUE(home().store_thread().write_now([&](Tx& tx) -> Result<void> {
      KITH_TRY(Attachment attachment, tx.attachments().find(id));
      attachment.state = AttachmentState::kept;
      attachment.content = sha256(bytes);
      return tx.attachments().save(attachment);
    }));
    return id;
  }
  void given_erased(AttachmentId id) {
    EXPECT_TRUE(home().store_thread().write_now([&](Tx& tx) { return tx.attachments().remove(id); }));
  }
  bool is_known(AttachmentId id) {
    return home().store_thread().read_now([&](const Snapshot& now) { return now.attachments().find(id); }).has_value();
  }
  bool is_kept(const std::string& bytes) { return home().files().read(sha256(bytes), 0, 1).has_value(); }
  // Both halves, as if `ahead` had passed.
  void sweep(std::chrono::hours ahead) {
    auto uploads = sweep_uploads(home(), in(ahead));
    EXPECT_TRUE(uploads) << uploads.error().detail;
    auto contents = sweep_contents(home());
    EXPECT_TRUE(contents) << contents.error().detail;
  }

  ScratchFolder folder_;
  OpenHouse house_{folder_ / "data"};
};

TEST_F(FileSweepTest, TakesAwayEveryUploadNobodyFinishedHoweverMany) {
  const Conversation anna = given_conversation();
  for (int i = 0; i < 450; ++i) given_begun(anna);
  sweep(23h);
  EXPECT_EQ(home().files().uploads()->size(), 450U);
  sweep(25h);
  EXPECT_TRUE(home().files().uploads()->empty());
}

TEST_F(FileSweepTest, TakesAwayTheBytesOfWhatNobodySaid) {
  const AttachmentId lamp = given_kept(given_conversation(), "a lamp");
  sweep(47h);
  EXPECT_TRUE(is_known(lamp));
  EXPECT_TRUE(is_kept("a lamp"));
  sweep(49h);
  EXPECT_FALSE(is_known(lamp));
  EXPECT_FALSE(is_kept("a lamp"));
}

TEST_F(FileSweepTest, KeepsBytesThatSomebodyElseHasToo) {
  const Conversation anna = given_conversation();
  const AttachmentId one = given_kept(anna, "a lamp");
  given_kept(given_conversation(), "a lamp");
  given_erased(one);
  sweep(25h);
  EXPECT_TRUE(is_kept("a lamp"));
}

// A crash came between the last byte and the word that it was the last; she may ask again for a day.
TEST_F(FileSweepTest, KeepsBytesThatAnUploadHasJustBecome) {
  const AttachmentId upload = given_finished(given_conversation(), "a lamp");
  sweep(1h);
  EXPECT_TRUE(home().files().finish(upload));
  EXPECT_TRUE(is_kept("a lamp"));
  sweep(25h);
  EXPECT_FALSE(is_kept("a lamp"));
}

TEST_F(FileSweepTest, TakesAwayWhatACrashOrAnErasureLeftOfNobody) {
  const Conversation anna = given_conversation();
  const AttachmentId half = given_begun(anna);
  const AttachmentId whole = given_kept(anna, "a lamp");
  given_erased(half);
  given_erased(whole);
  sweep(1h);
  EXPECT_TRUE(home().files().uploads()->empty());
  EXPECT_FALSE(is_kept("a lamp"));
}

TEST_F(FileSweepTest, OneThatCannotBeForgottenKeepsNoOther) {
  const Conversation anna = given_conversation();
  std::vector<AttachmentId> uploads;
  for (int i = 0; i < 3; ++i) uploads.push_back(given_begun(anna));
  const fs::path stuck = home().paths().files() / "uploads" / (uploads[1].text() + ".part");
  fs::remove(stuck);
  fs::create_directory(stuck);
  EXPECT_FALSE(sweep_uploads(home(), in(25h)));
  EXPECT_EQ(home().files().uploads()->size(), 1U);
  EXPECT_TRUE(fs::exists(stuck));
}

TEST_F(FileSweepTest, WaitsWhileABackupCopies) {
  const AttachmentId lamp = given_kept(given_conversation(), "a lamp");
  given_erased(lamp);
  ASSERT_TRUE(sweep_uploads(home(), in(1h)));
  {
    const auto hold = FilesHold::to_copy(home().paths().files());
    ASSERT_TRUE(hold);
    EXPECT_EQ(sweep_contents(home()).error().code, Errc::conflict);
    EXPECT_TRUE(is_kept("a lamp"));
  }
  sweep(1h);
  EXPECT_FALSE(is_kept("a lamp"));
}

TEST_F(FileSweepTest, KeepsWhatTheDatabaseFromBeforeAnUpgradeNames) {
  const AttachmentId lamp = given_kept(given_conversation(), "a lamp");
  const fs::path upgrade = home().paths().root / "upgrade";
  fs::create_directory(upgrade);
  ASSERT_TRUE(home().store().backup_to(upgrade / "before-schema-0001.db"));
  const auto kept = kept_snapshots(home().paths().database());
  ASSERT_EQ(kept.size(), 1U) << "the name of a snapshot has changed";
  given_erased(lamp);
  sweep(1h);
  EXPECT_TRUE(is_kept("a lamp"));
  fs::remove(kept[0].path);
  sweep(1h);
  EXPECT_FALSE(is_kept("a lamp"));
}

// The thread, woken by what is announced after the sample was erased.
TEST_F(FileSweepTest, LeavesNothingOfTheSampleOnceItIsRemoved) {
  given_kept(given_conversation(true), "an invented lamp");
  given_kept(given_conversation(), "a real lamp");
  std::this_thread::sleep_for(200ms);  // the traces of an upload that is a moment old stay for an hour
  FileSweep sweeping(home());
  sweeping.start(nullptr);
  ASSERT_TRUE(home().store_thread().write_now([](Tx& tx) { return remove_sample(tx, system_actor()); }));
  sweeping.notice({Event{.body = SettingsChanged{}}});
  for (int i = 0; i < 5'000 && is_kept("an invented lamp"); ++i) std::this_thread::sleep_for(2ms);
  sweeping.stop();
  EXPECT_FALSE(is_kept("an invented lamp"));
  EXPECT_TRUE(is_kept("a real lamp"));
  EXPECT_EQ(home().files().contents()->size(), 1U);
}

}  // namespace
}  // namespace kith
