#include "base/id.h"

#include "base/random.h"

namespace kith {
namespace {

using ThingId = Id<struct ThingTag>;

TEST(Id, ReadsBackWhatItWrites) {
  SeededRandom random(7);
  for (int i = 0; i < 1000; ++i) {
    auto id = make_id<ThingId>(Time{1'790'000'000'000'000 + i}, random);
    EXPECT_EQ(ThingId::parse(id.text()), id);
  }
}

TEST(Id, AcceptsUpperCaseAndWritesLowerCase) {
  auto id = ThingId::parse("0198C0DE-0000-7000-8000-00000000ABCD");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->text(), "0198c0de-0000-7000-8000-00000000abcd");
}

TEST(Id, RefusesEverythingElse) {
  for (std::string_view text : {"", "0198c0de00007000800000000000abcd", "0198c0de-0000-7000-8000-00000000abc",
                                "0198c0de-0000-7000-8000-00000000abcdd", "{198c0de-0000-7000-8000-00000000abc}",
                                "0198c0de-0000-7000-8000-00000000abcg", "0198c0de_0000-7000-8000-00000000abcd",
                                "00000000-0000-0000-0000-000000000000"})
    EXPECT_FALSE(ThingId::parse(text)) << text;
}

TEST(Id, OfVersionSevenGrowsWithTime) {
  SeededRandom random(1);
  auto earlier = make_id<ThingId>(Time{1'790'000'000'000'000}, random);
  auto later = make_id<ThingId>(Time{1'790'000'000'001'000}, random);
  EXPECT_LT(earlier, later);
  EXPECT_EQ(earlier.text()[14], '7');
}

}  // namespace
}  // namespace kith
