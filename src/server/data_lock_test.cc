#include "server/data_lock.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace kith {
namespace {

class DataLockTest : public testing::Test {
 protected:
  void SetUp() override {
    char path[] = "/tmp/kith_lock_XXXXXX";
    ASSERT_NE(::mkdtemp(path), nullptr);
    data_ = path;
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  std::filesystem::path data_;
};

TEST_F(DataLockTest, IsHeldByOneOnly) {
  auto first = DataLock::take(data_);
  ASSERT_TRUE(first);
  auto second = DataLock::take(data_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::conflict);
}

TEST_F(DataLockTest, SaysWhichFolderAndWhichProcess) {
  auto first = DataLock::take(data_);
  auto second = DataLock::take(data_);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().detail.find(data_.string()), std::string::npos);
  EXPECT_NE(second.error().detail.find(std::to_string(::getpid())), std::string::npos);
}

TEST_F(DataLockTest, IsFreeAgainWhenItsOwnerIsGone) {
  {
    auto first = DataLock::take(data_);
    ASSERT_TRUE(first);
    EXPECT_TRUE(DataLock::is_held(data_));
  }
  EXPECT_FALSE(DataLock::is_held(data_));
  EXPECT_TRUE(DataLock::take(data_));
}

TEST_F(DataLockTest, DoesNotMindAPidLeftBehindByACrash) {
  std::ofstream(data_ / "lock") << "99999\n";
  EXPECT_TRUE(DataLock::take(data_));
}

TEST_F(DataLockTest, PrepareMakesADirectoryThatOnlyItsOwnerCanOpen) {
  const auto inner = data_ / "a" / "b";
  ASSERT_TRUE(prepare_data_directory(inner));
  struct stat facts{};
  ASSERT_EQ(::stat(inner.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST_F(DataLockTest, PrepareRefusesAFile) {
  std::ofstream(data_ / "file") << "x";
  auto prepared = prepare_data_directory(data_ / "file");
  ASSERT_FALSE(prepared);
  EXPECT_NE(prepared.error().detail.find("not a directory"), std::string::npos);
}

}  // namespace
}  // namespace kith
