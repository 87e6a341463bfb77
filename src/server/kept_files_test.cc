#include "server/kept_files.h"

#include <fstream>

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/scratch_folder_for_tests.h"
#include "people/person_facts.h"
#include "storage/files/disk_files.h"
#include "storage/memory/run_in_group.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLamp = "a picture of a lamp";

class KeptFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(data_);
    const auto files = std::move(*DiskFiles::open(data_ / "files"));
    const FakeClock clock;
    const auto id = make_id<AttachmentId>(clock.now(), random_);
    ASSERT_TRUE(files->append(id, 0, kLamp));
    const auto kept = files->finish(id);
    ASSERT_TRUE(kept);
    Log log(clock, Level::error, [](std::string_view) {});
    const auto store = std::move(*SqliteStore::open(data_ / "kith.db", log));
    ASSERT_TRUE(write_in_group(*store, clock, random_, [&](Tx& tx) -> Result<void> {
      const Person anna{.id = tx.new_id<PersonId>(), .called = "Anna", .created_at = tx.now()};
      KITH_TRY(const Conversation conversation, add_person(tx, anna));
      return tx.attachments().add({.id = id,
                                   .strand = conversation.id,
                                   .by = anna.id,
                                   .name = "lamp.txt",
                                   .media_type = "text/plain",
                                   .size_bytes = kept->size_bytes,
                                   .state = AttachmentState::kept,
                                   .content = kept->content,
                                   .created_at = tx.now()});
    }));
  }
  Finding look(Reading reading) { return check_files(data_ / "kith.db", data_ / "files", reading); }
  fs::path lamp() {
    const std::string name = hex(sha256(kLamp));
    return data_ / "files" / "content" / name.substr(0, 2) / name.substr(2);
  }

  SystemRandom random_;
  ScratchFolder folder_;
  const fs::path data_ = folder_ / "data";
};

TEST_F(KeptFilesTest, AreAllThere) {
  for (const Reading reading : {Reading::names, Reading::every_byte}) {
    EXPECT_EQ(look(reading).health, Health::ok) << look(reading).what;
    EXPECT_NE(look(reading).what.find('1'), std::string::npos);
  }
}

TEST_F(KeptFilesTest, AreMissedWhenOneIsGone) {
  fs::remove(lamp());
  const Finding found = look(Reading::names);
  EXPECT_EQ(found.health, Health::fail);
  EXPECT_NE(found.what.find(lamp().string()), std::string::npos) << found.what;
  EXPECT_NE(found.advice.find("backup"), std::string::npos);
}

TEST_F(KeptFilesTest, AreReadToTheLastByteWhenThatIsAsked) {
  fs::permissions(lamp(), fs::perms::owner_all);
  std::ofstream(lamp()) << "a picture of a lamb";
  EXPECT_EQ(look(Reading::names).health, Health::ok);
  EXPECT_EQ(look(Reading::every_byte).health, Health::fail);
}

}  // namespace
}  // namespace kith
