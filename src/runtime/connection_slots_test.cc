#include "runtime/connection_slots.h"

#include <utility>

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

TEST(ConnectionSlots, StopAtTheLimitOfOneAddress) {
  ConnectionSlots slots(10, 2);
  auto first = slots.take("192.0.2.1");
  auto second = slots.take("192.0.2.1");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(slots.take("192.0.2.1"));
  EXPECT_TRUE(slots.take("192.0.2.2"));
}

TEST(ConnectionSlots, StopAtTheLimitOfAll) {
  ConnectionSlots slots(2, 2);
  auto first = slots.take("192.0.2.1");
  auto second = slots.take("192.0.2.2");
  EXPECT_FALSE(slots.take("192.0.2.3"));
  EXPECT_EQ(slots.taken(), 2U);
}

TEST(ConnectionSlots, ComeBackWhereverTheyWereMovedTo) {
  ConnectionSlots slots(1, 1);
  {
    auto slot = slots.take("192.0.2.1");
    ConnectionSlot moved = std::move(*slot);
    ConnectionSlot again;
    again = std::move(moved);
    EXPECT_EQ(slots.taken(), 1U);
  }
  EXPECT_EQ(slots.taken(), 0U);
  EXPECT_TRUE(slots.take("192.0.2.1"));
}

}  // namespace
}  // namespace kith::runtime
