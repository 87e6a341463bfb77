#include "runtime/sealed_box.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/scratch_folder_for_tests.h"

namespace kith::runtime {
namespace {

class SealedBoxFile : public testing::Test {
 protected:
  ScratchFolder folder_;
  std::string file_ = (folder_ / "secret.key").string();
  SystemRandom random_;
};

TEST_F(SealedBoxFile, MakesAKeyThatOnlyTheServerMayRead) {
  ASSERT_TRUE(SealedBox::open(file_, random_));
  struct stat facts{};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  EXPECT_EQ(facts.st_size, 32);
}

TEST_F(SealedBoxFile, OpensWithTheSameKeyAgain) {
  const std::string sealed = SealedBox::open(file_, random_)->seal("a secret", random_);
  EXPECT_EQ(SealedBox::open(file_, random_)->unseal(sealed).value(), "a secret");
}

TEST_F(SealedBoxFile, RefusesAKeyThatOthersMayRead) {
  ASSERT_TRUE(SealedBox::open(file_, random_));
  ::chmod(file_.c_str(), 0640);
  const auto box = SealedBox::open(file_, random_);
  ASSERT_FALSE(box);
  EXPECT_EQ(box.error().code, Errc::not_allowed);
}

TEST_F(SealedBoxFile, NeverReplacesAKeyThatIsTooShort) {
  std::ofstream(file_) << "short";
  ::chmod(file_.c_str(), 0600);
  EXPECT_FALSE(SealedBox::open(file_, random_));
  EXPECT_EQ(std::filesystem::file_size(file_), 5U);
}

TEST(SealedBox, DerivesTheSameForAPurposeAndForNoOther) {
  const SealedBox box(SealedBox::Key{1});
  const std::string first = box.derive("a door");
  EXPECT_EQ(first.size(), 32U);
  EXPECT_EQ(first, box.derive("a door"));
  EXPECT_NE(first, box.derive("another door"));
  EXPECT_NE(first, SealedBox(SealedBox::Key{2}).derive("a door"));
}

TEST(SealedBox, SaysNoToWhatWasChangedOrSealedElsewhere) {
  SystemRandom random;
  const SealedBox box(SealedBox::Key{1});
  const SealedBox other(SealedBox::Key{2});
  const std::string sealed = box.seal("a secret", random);
  EXPECT_FALSE(other.unseal(sealed));
  std::string changed = sealed;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(box.unseal(changed));
  for (const char* junk : {"", "v1.", "v1.AAAA", "v2.AAAA", "a secret"}) EXPECT_FALSE(box.unseal(junk)) << junk;
  EXPECT_NE(sealed, box.seal("a secret", random));
  EXPECT_EQ(box.unseal(box.seal("", random)).value(), "");
}

}  // namespace
}  // namespace kith::runtime
