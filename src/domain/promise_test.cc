#include "domain/promise.h"

namespace kith {
namespace {

using enum PromiseState;
constexpr PromiseState kAll[] = {given, renegotiated, kept, broken, owned};

TEST(Promise, EndsKeptOrOwned) {
  for (PromiseState to : kAll) {
    EXPECT_FALSE(can_become(kept, to));
    EXPECT_FALSE(can_become(owned, to));
  }
}

TEST(Promise, BrokenCanOnlyBeOwned) {
  for (PromiseState to : kAll) EXPECT_EQ(can_become(broken, to), to == owned);
}

TEST(Promise, IsRenegotiatedOnlyWhileAlive) {
  for (PromiseState from : kAll) {
    Promise promise;
    promise.state = from;
    EXPECT_EQ(can_become(from, renegotiated), promise.is_alive());
  }
}

}  // namespace
}  // namespace kith
