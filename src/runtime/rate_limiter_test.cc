#include "runtime/rate_limiter.h"

#include <string>

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

using namespace std::chrono_literals;

TEST(RateLimiter, AllowsABurstAndThenSaysHowLongToWait) {
  FakeClock clock;
  RateLimiter limiter(clock);
  const Rate rate{.per_second = 2, .burst = 3};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take("mara", rate), 0ms);
  EXPECT_EQ(limiter.take("mara", rate), 500ms);
  clock.advance(500ms);
  EXPECT_EQ(limiter.take("mara", rate), 0ms);
  EXPECT_GT(limiter.take("mara", rate), 0ms);
}

TEST(RateLimiter, KeepsPeopleApart) {
  FakeClock clock;
  RateLimiter limiter(clock);
  const Rate rate{.per_second = 1, .burst = 1};
  EXPECT_EQ(limiter.take("mara", rate), 0ms);
  EXPECT_GT(limiter.take("mara", rate), 0ms);
  EXPECT_EQ(limiter.take("noor", rate), 0ms);
}

TEST(RateLimiter, HasNoLimitAtRateZero) {
  FakeClock clock;
  RateLimiter limiter(clock);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(limiter.take("mara", {.per_second = 0, .burst = 0}), 0ms);
  EXPECT_EQ(limiter.keys(), 0U);
}

TEST(RateLimiter, ForgetsThoseWhoRestBeforeThoseWhoHurry) {
  FakeClock clock;
  RateLimiter limiter(clock, 10);
  const Rate rate{.per_second = 0.001, .burst = 2};
  while (limiter.take("hurried", rate) == 0ms) {
  }
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(limiter.take("address " + std::to_string(i), rate), 0ms);
  EXPECT_LE(limiter.keys(), 10U);
  EXPECT_GT(limiter.take("hurried", rate), 0ms);
}

TEST(RateLimiter, StaysWithinItsMemoryWhenEverybodyHurries) {
  FakeClock clock;
  RateLimiter limiter(clock, 100);
  const Rate rate{.per_second = 0.001, .burst = 1};
  for (int i = 0; i < 5'000; ++i) EXPECT_EQ(limiter.take(std::to_string(i), rate), 0ms);
  EXPECT_LE(limiter.keys(), 100U);
}

}  // namespace
}  // namespace kith::runtime
