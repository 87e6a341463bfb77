#include "runtime/deadline.h"

#include <memory>

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::milliseconds kSoon{10};

TEST(Deadline, FiresOnceWhenItHasPassed) {
  DeadlineSweep sweep;
  int fired = 0;
  Deadline deadline(sweep, [&] { ++fired; });
  deadline.set(kSoon);
  sweep.sweep(steady_clock::now());
  EXPECT_EQ(fired, 0);
  sweep.sweep(steady_clock::now() + kSoon);
  sweep.sweep(steady_clock::now() + 2 * kSoon);
  EXPECT_EQ(fired, 1);
}

TEST(Deadline, NeverFiresWhenCleared) {
  DeadlineSweep sweep;
  int fired = 0;
  Deadline deadline(sweep, [&] { ++fired; });
  deadline.set(kSoon);
  deadline.clear();
  sweep.sweep(steady_clock::now() + kSoon);
  EXPECT_EQ(fired, 0);
}

TEST(Deadline, MayDestroyItselfAndItsNeighbours) {
  DeadlineSweep sweep;
  std::unique_ptr<Deadline> first;
  std::unique_ptr<Deadline> second;
  std::unique_ptr<Deadline> third;
  int fired = 0;
  first = std::make_unique<Deadline>(sweep, [&] { ++fired; });
  second = std::make_unique<Deadline>(sweep, [&] {
    ++fired;
    first.reset();
    third.reset();
    second.reset();
  });
  third = std::make_unique<Deadline>(sweep, [&] { ++fired; });
  second->set(kSoon);
  first->set(kSoon);
  sweep.sweep(steady_clock::now() + kSoon);
  EXPECT_EQ(fired, 1);
  EXPECT_EQ(first, nullptr);
}

TEST(Deadline, IsLookedAtByTheTimerOfItsThread) {
  boost::asio::io_context context;
  DeadlineSweep sweep;
  Deadline deadline(sweep, [&] { sweep.stop(); });
  deadline.set(std::chrono::milliseconds(1));
  sweep.start(context, std::chrono::milliseconds(1));
  context.run_for(std::chrono::seconds(10));
  // run_for returned because nothing was left to wait for.
  EXPECT_TRUE(context.stopped());
}

}  // namespace
}  // namespace kith::runtime
