#include "base/random.h"

#include <array>
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

TEST(MakeId, OfTheHouseTellsNothingOfItsTime) {
  SeededRandom random(7);
  std::set<IdBytes> seen;
  std::array<int, 6> told{};
  for (int i = 0; i < 200; ++i) {
    const IdBytes id = make_uuid4(random);
    EXPECT_EQ(id[6] >> 4, 4);
    EXPECT_EQ(id[8] >> 6, 2);
    seen.insert(id);
    for (std::size_t at = 0; at < told.size(); ++at) told[at] |= id[at];
  }
  EXPECT_EQ(seen.size(), 200U);
  for (int bits : told) EXPECT_EQ(bits, 0xff) << "where a version 7 has the milliseconds";
}

TEST(MakeId, OfAClientMayCarryItsTime) {
  SeededRandom random(7);
  const IdBytes id = make_uuid7(Time{0x0123456789abLL * 1000}, random);
  EXPECT_EQ(format_uuid(id).substr(0, 15), "01234567-89ab-7");
}

}  // namespace
}  // namespace kith
