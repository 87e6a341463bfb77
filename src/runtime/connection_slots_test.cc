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

TEST(ConnectionSlots, OfAProxyCountAsThoseWhoSpeakThroughThem) {
  ConnectionSlots slots(4, 1);
  auto first = slots.take_for_proxy();
  auto second = slots.take_for_proxy();
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->count_as_one_of("192.0.2.1"));
  EXPECT_FALSE(second->count_as_one_of("192.0.2.1"));
  EXPECT_TRUE(second->count_as_one_of("192.0.2.2"));
  EXPECT_TRUE(first->count_as_one_of("192.0.2.1")) << "her own place is no obstacle to her";
  first->count_as_nobodys();
  EXPECT_TRUE(second->count_as_one_of("192.0.2.1"));
  EXPECT_TRUE(slots.take("192.0.2.2")) << "she speaks there no more";
}

TEST(ConnectionSlots, OfAProxyCountInAll) {
  ConnectionSlots slots(2, 1);
  auto first = slots.take_for_proxy();
  ConnectionSlot moved = std::move(*slots.take_for_proxy());
  EXPECT_TRUE(moved.count_as_one_of("192.0.2.1"));
  EXPECT_EQ(slots.take_for_proxy().error(), NoSlot::too_many_in_all);
  EXPECT_EQ(slots.take("192.0.2.2").error(), NoSlot::too_many_in_all);
  moved = ConnectionSlot();
  EXPECT_EQ(slots.taken(), 1U);
  EXPECT_TRUE(slots.take("192.0.2.1"));
}

}  // namespace
}  // namespace kith::runtime
