#include "server/backup.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "base/digest.h"
#include "people/person_facts.h"
#include "server/files_hold.h"
#include "server/house_for_tests.h"
#include "storage/files/seen_syncs_for_tests.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

class Backup : public testing::Test {
 protected:
  void SetUp() override {
    OpenHouse house(folder_ / "data");
    ASSERT_EQ(house.act(new_colleague("Mara", "mara@shop.example")).status, 0);
    keep_file(house.home(), kLamp);
    keep_file(house.home(), kChair);
  }
  // As if somebody had sent it.
  void keep_file(DataHome& home, const std::string& bytes) {
    const auto upload = make_id<AttachmentId>(SystemClock().now(), random_);
    ASSERT_TRUE(home.files().append(upload, 0, bytes));
    const auto kept = home.files().finish(upload);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(home.store_thread().write_now([&](Tx& tx) -> Result<void> {
      const Person anna{.id = tx.new_id<PersonId>(), .called = "Anna", .created_at = tx.now()};
      KITH_TRY(const Conversation conversation, add_person(tx, anna));
      return tx.attachments().add({.id = upload,
                                   .strand = conversation.id,
                                   .by = anna.id,
                                   .name = "a.txt",
                                   .media_type = "text/plain",
                                   .size_bytes = kept->size_bytes,
                                   .state = AttachmentState::kept,
                                   .content = kept->content,
                                   .created_at = tx.now()});
    }));
  }
  // Where a data directory or a backup keeps these bytes.
  [[nodiscard]] fs::path place_of(const char* house, const std::string& bytes) const {
    const std::string name = hex(sha256(bytes));
    return folder_ / house / "files" / "content" / name.substr(0, 2) / name.substr(2);
  }
  Result<CopiedFiles> back_up_to(const fs::path& target) {
    OpenHouse house(folder_ / "data");
    return make_backup(
        folder_ / "data", target, [&](const fs::path& to) { return house.home().store().backup_to(to); },
        SystemClock().now());
  }
  static std::string team_of(const fs::path& data) {
    AdminCommand list;
    list.act = "list";
    return OpenHouse(data).act(list).text;
  }

  const std::string kLamp = "a picture of a lamp";
  const std::string kChair = "a picture of a chair";
  SystemRandom random_;
  ScratchFolder folder_;
};

TEST_F(Backup, ComesBackAsItWas) {
  auto made = back_up_to(folder_ / "copy");
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->files, 2);
  EXPECT_EQ(made->missing, 0);
  auto restored = restore_backup(folder_ / "copy", folder_ / "again");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(team_of(folder_ / "again"), team_of(folder_ / "data"));
  OpenHouse house(folder_ / "again");
  auto bytes = house.home().files().read(sha256(kLamp), 0, 100);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, kLamp);
}

TEST_F(Backup, CanBeOpenedByItsOwnerOnly) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  for (const char* name : {"copy", "copy/kith.db", "copy/secret.key", "copy/files/content"}) {
    struct stat facts{};
    ASSERT_EQ(::stat((folder_ / name).c_str(), &facts), 0) << name;
    EXPECT_EQ(facts.st_mode & 077U, 0U) << name;
  }
}

TEST_F(Backup, NeverOverwrites) {
  fs::create_directory(folder_ / "copy");
  auto made = back_up_to(folder_ / "copy");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::conflict);
}

TEST_F(Backup, LeavesNothingWhenItFails) {
  auto made = make_backup(folder_ / "data", folder_ / "copy",
                          [](const fs::path&) -> Result<void> { return fail(Errc::storage_full, "full"); }, {});
  ASSERT_FALSE(made);
  EXPECT_FALSE(fs::exists(folder_ / "copy"));
  EXPECT_FALSE(fs::exists(folder_ / "copy.partial"));
}

TEST_F(Backup, LeavesNothingWhenTheHouseStopsWhileFilesAreCopied) {
  OpenHouse house(folder_ / "data");
  const auto copy_then_stop = [&](const fs::path& to) {
    auto copied = house.home().store().backup_to(to, house.home().stopping());
    house.home().ask_to_stop();
    return copied;
  };
  auto made = make_backup(folder_ / "data", folder_ / "copy", copy_then_stop, {}, house.home().stopping());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::unavailable);
  EXPECT_NE(made.error().detail.find("stopping"), std::string::npos) << made.error().detail;
  EXPECT_FALSE(fs::exists(folder_ / "copy"));
  EXPECT_FALSE(fs::exists(folder_ / "copy.partial"));
}

TEST_F(Backup, NoticesAFileThatWasDamaged) {
  const auto path = place_of("data", kLamp);
  ASSERT_TRUE(fs::exists(path));
  fs::permissions(path, fs::perms::owner_all);
  std::ofstream(path) << "another picture";
  auto made = back_up_to(folder_ / "copy");
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().detail.find("damaged"), std::string::npos);
}

TEST_F(Backup, RestoresOnlyIntoAnEmptyDirectory) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  fs::create_directory(folder_ / "full");
  std::ofstream(folder_ / "full" / "something") << "here";
  auto restored = restore_backup(folder_ / "copy", folder_ / "full");
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::conflict);
  EXPECT_TRUE(fs::exists(folder_ / "full" / "something"));
}

TEST_F(Backup, RefusesADamagedOneAndLeavesNothing) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  {
    std::fstream database(folder_ / "copy" / "kith.db", std::ios::in | std::ios::out | std::ios::binary);
    database.seekp(4096);
    database << std::string(40'000, 'x');
  }
  EXPECT_FALSE(restore_backup(folder_ / "copy", folder_ / "again"));
  EXPECT_FALSE(fs::exists(folder_ / "again"));
}

TEST_F(Backup, RefusesOneWithoutAFileAndSaysHowManyAreMissing) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  ASSERT_TRUE(fs::remove(place_of("copy", kLamp)));
  auto restored = restore_backup(folder_ / "copy", folder_ / "again");
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().detail.find("1 of the 2 files"), std::string::npos) << restored.error().detail;
  EXPECT_NE(restored.error().detail.find(place_of("copy", kLamp).string()), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "again"));
  EXPECT_FALSE(fs::exists(folder_ / "again.partial"));
}

TEST_F(Backup, RefusesOneWithoutItsFolderOfFiles) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  fs::remove_all(folder_ / "copy" / "files");
  auto restored = restore_backup(folder_ / "copy", folder_ / "again");
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().detail.find("2 of the 2 files"), std::string::npos) << restored.error().detail;
}

TEST_F(Backup, ComesBackWithoutWhatIsMissingWhenThatIsWanted) {
  ASSERT_TRUE(back_up_to(folder_ / "copy"));
  ASSERT_TRUE(fs::remove(place_of("copy", kLamp)));
  auto restored = restore_backup(folder_ / "copy", folder_ / "again", MissingFiles::go_on_without);
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->files, 1);
  EXPECT_EQ(restored->missing, 1);
  EXPECT_TRUE(fs::exists(place_of("again", kChair)));
}

TEST_F(Backup, TakesACopyToAnotherDiskDurably) {
  const ScratchFolder elsewhere("/dev/shm");
  std::error_code error;
  fs::create_directory(folder_ / "probe");
  fs::rename(folder_ / "probe", elsewhere / "probe", error);
  if (error != std::errc::cross_device_link) GTEST_SKIP() << "the scratch folders are on one disk here";
  const fs::path copy = folder_ / "out.db";
  {
    OpenHouse house(folder_ / "data");
    ASSERT_TRUE(house.home().store().backup_to(copy));
  }
  seen_syncs().clear();
  const auto taken = take_copy(copy, elsewhere / "kith.db");
  ASSERT_TRUE(taken) << taken.error().detail;
  EXPECT_FALSE(fs::exists(copy));
  EXPECT_TRUE(std::ranges::count(seen_syncs(), (elsewhere / "kith.db").string()));
}

// Words that were never said and files nobody needs may go at any time, but not while a backup counts on them.
TEST_F(Backup, KeepsFilesFromGoingAwayWhileItCopies) {
  OpenHouse house(folder_ / "data");
  const fs::path files = house.home().paths().files();
  Errc meanwhile{};
  auto made = make_backup(
      folder_ / "data", folder_ / "copy",
      [&](const fs::path& to) {
        meanwhile = FilesHold::to_remove(files).error().code;
        return house.home().store().backup_to(to);
      },
      SystemClock().now());
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(meanwhile, Errc::conflict);
  EXPECT_TRUE(FilesHold::to_remove(files));
}

TEST_F(Backup, RefusesADirectoryThatIsNone) {
  fs::create_directory(folder_ / "empty");
  auto restored = restore_backup(folder_ / "empty", folder_ / "again");
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::not_found);
}

}  // namespace
}  // namespace kith
