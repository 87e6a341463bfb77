#include "runtime/passwords.h"

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

TEST(Passwords, FitTheirOwnHashOnly) {
  const auto hash = hash_password("correct horse");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(verify_password(*hash, "correct horse"));
  EXPECT_FALSE(verify_password(*hash, "correct horse "));
  EXPECT_FALSE(verify_password(*hash, ""));
  EXPECT_FALSE(should_rehash(*hash));
}

TEST(Passwords, NeverFitAnAccountThatDoesNotExist) {
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("", "anything"));
}

TEST(Passwords, NeverFitAHashThatIsNone) {
  EXPECT_FALSE(verify_password("not a hash", "not a hash"));
  EXPECT_TRUE(should_rehash("not a hash"));
}

TEST(Passwords, HashDifferentlyEachTime) {
  EXPECT_NE(*hash_password("the same"), *hash_password("the same"));
}

}  // namespace
}  // namespace kith::runtime
