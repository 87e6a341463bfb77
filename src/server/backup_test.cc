#include "server/backup.h"

#include <sys/stat.h>

#include <fstream>

#include "base/digest.h"
#include "server/house_for_tests.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

class Backup : public testing::Test {
 protected:
  void SetUp() override {
    OpenHouse house(folder_ / "data");
    ASSERT_EQ(house.act(new_colleague("Mara", "mara@shop.example")).status, 0);
    keep_file(house.home().files(), "a picture of a lamp");
  }
  void keep_file(FileStore& files, const std::string& bytes) {
    const auto upload = make_id<AttachmentId>(SystemClock().now(), random_);
    ASSERT_TRUE(files.append(upload, 0, bytes));
    ASSERT_TRUE(files.finish(upload));
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

  SystemRandom random_;
  ScratchFolder folder_;
};

TEST_F(Backup, ComesBackAsItWas) {
  auto made = back_up_to(folder_ / "copy");
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->files, 1);
  auto restored = restore_backup(folder_ / "copy", folder_ / "again");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(team_of(folder_ / "again"), team_of(folder_ / "data"));
  OpenHouse house(folder_ / "again");
  auto bytes = house.home().files().read(sha256("a picture of a lamp"), 0, 100);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, "a picture of a lamp");
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

TEST_F(Backup, NoticesAFileThatWasDamaged) {
  const std::string name = hex(sha256("a picture of a lamp"));
  const auto path = (folder_ / "data") / "files" / "content" / name.substr(0, 2) / name.substr(2);
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

TEST_F(Backup, RefusesADirectoryThatIsNone) {
  fs::create_directory(folder_ / "empty");
  auto restored = restore_backup(folder_ / "empty", folder_ / "again");
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::not_found);
}

}  // namespace
}  // namespace kith
