#include "base/random.h"

#include <set>

namespace kith {
namespace {

TEST(SeededRandom, RepeatsItselfFromTheSameSeed) {
  SeededRandom one(42), same(42), other(43);
  std::uint64_t first = one.next();
  EXPECT_EQ(first, same.next());
  EXPECT_NE(first, other.next());
}

TEST(SystemRandom, DoesNotRepeatItself) {
  SystemRandom random;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.next());
  EXPECT_EQ(seen.size(), 1000U);
}

}  // namespace
}  // namespace kith
