#include "server/house_copy.h"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/digest.h"
#include "server/house_for_tests.h"

namespace kith {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class HouseCopyTest : public testing::Test {
 protected:
  DataHome& home() { return *house_; }
  void SetUp() override {
    auto opened = DataHome::open(folder_ / "data", log_, {.readers = 1});
    ASSERT_TRUE(opened) << opened.error().detail;
    house_ = std::move(*opened);
  }
  void follow() {
    auto begun = HouseCopy::begin(home(), folder_ / "copy");
    ASSERT_TRUE(begun) << begun.error().detail;
    copy_ = std::move(*begun);
  }
  void TearDown() override { copy_.reset(); }
  // The wait has an end so that what never comes is a failure and no hang.
  template <class Condition>
  void until(Condition condition) {
    for (int i = 0; i < 10'000 && !condition(); ++i) std::this_thread::sleep_for(2ms);
    EXPECT_TRUE(condition()) << copy_->state().why_not;
  }
  void until_followed() {
    until([&] { return copy_->state().follows && copy_->state().behind == 0us; });
  }
  void given_file(const std::string& bytes) {
    const auto upload = make_id<AttachmentId>(home().clock().now(), home().random());
    ASSERT_TRUE(home().files().append(upload, 0, bytes));
    ASSERT_TRUE(home().files().finish(upload));
  }
  fs::path place_of(const char* house, const std::string& bytes) {
    const std::string name = hex(sha256(bytes));
    return folder_ / house / "files" / "content" / name.substr(0, 2) / name.substr(2);
  }

  ScratchFolder folder_;
  SystemClock clock_;
  Log log_{clock_, Level::error, [](std::string_view) {}};
  std::unique_ptr<DataHome> house_;
  std::unique_ptr<HouseCopy> copy_;
};

TEST_F(HouseCopyTest, IsBehindUntilEveryFileIsThere) {
  follow();
  until_followed();
  for (int i = 0; i < 20; ++i) {
    const std::string bytes(100'000 + i, 'x');
    given_file(bytes);
    until_followed();
    ASSERT_TRUE(fs::exists(place_of("copy", bytes))) << "it said that it is not behind";
  }
}

TEST_F(HouseCopyTest, FollowsOnlyWhenWhatOpensItIsThereToo) {
  for (int i = 0; i < 50; ++i) given_file(std::string(100'000 + i, 'x'));
  follow();
  until([&] { return copy_->state().follows; });
  EXPECT_TRUE(fs::exists(folder_ / "copy" / "secret.key"));
  EXPECT_TRUE(fs::exists(place_of("copy", std::string(100'049, 'x'))));
}

TEST_F(HouseCopyTest, SaysThatItDoesNotFollowWhileTheFilesCannotBeRead) {
  given_file("a lamp");
  const fs::path content = home().paths().files() / "content";
  fs::rename(content, folder_ / "aside");
  std::ofstream(content) << "in the way";
  follow();
  until([&] { return copy_->state().why_not.find("files people sent") != std::string::npos; });
  EXPECT_FALSE(copy_->state().follows);
  EXPECT_GT(copy_->state().behind, 0us);
  fs::remove(content);
  fs::rename(folder_ / "aside", content);
  until_followed();
  EXPECT_TRUE(fs::exists(place_of("copy", "a lamp")));
}

TEST_F(HouseCopyTest, CopiesEveryOtherFileWhenOneIsDamagedAndSaysWhich) {
  for (int i = 0; i < 30; ++i) given_file("picture " + std::to_string(i));
  std::ofstream(place_of("data", "picture 3")) << "another picture";
  follow();
  until([&] { return copy_->state().why_not.find("is damaged") != std::string::npos; });
  for (int i = 0; i < 30; ++i) EXPECT_EQ(fs::exists(place_of("copy", "picture " + std::to_string(i))), i != 3) << i;
  EXPECT_NE(copy_->state().why_not.find(hex(sha256("picture 3")).substr(2)), std::string::npos);
}

}  // namespace
}  // namespace kith
