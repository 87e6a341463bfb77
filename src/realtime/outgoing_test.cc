#include "realtime/outgoing.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace kith {
namespace {

TEST(Outgoing, GivesPiecesInOrderAndForgetsWhatIsSent) {
  Outgoing outgoing;
  outgoing.add(share_frame("one"));
  outgoing.add(share_frame("two"));
  outgoing.sent(4);
  std::array<iovec, 4> room;
  auto pieces = outgoing.front(room);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(std::string(static_cast<char*>(pieces[0].iov_base), pieces[0].iov_len), "wo");
  EXPECT_EQ(outgoing.bytes(), 2U);
  outgoing.add(share_frame("three"));
  outgoing.keep_what_has_begun(0);
  EXPECT_EQ(outgoing.bytes(), 2U);
  EXPECT_EQ(outgoing.frames(), 1U);
  outgoing.sent(2);
  EXPECT_TRUE(outgoing.empty());
}

TEST(Outgoing, KeepsWholeFramesOfWhatIsOnItsWay) {
  Outgoing outgoing;
  for (const char* word : {"one", "two", "three", "four"}) outgoing.add(share_frame(word));
  outgoing.sent(1);
  outgoing.keep_what_has_begun(6);  // "ne", "two" and the first letter of "three"
  EXPECT_EQ(outgoing.frames(), 3U);
  EXPECT_EQ(outgoing.bytes(), 10U);
  outgoing.sent(2);
  outgoing.keep_what_has_begun(3);
  EXPECT_EQ(outgoing.frames(), 1U);
  EXPECT_EQ(outgoing.bytes(), 3U);
  outgoing.keep_what_has_begun(0);
  EXPECT_TRUE(outgoing.empty());
  EXPECT_EQ(outgoing.bytes(), 0U);
}

TEST(Outgoing, StartsAfreshAfterMoreThanFitsInside) {
  Outgoing outgoing;
  for (int i = 0; i < 100; ++i) outgoing.add(share_frame("four"));
  outgoing.sent(400);
  EXPECT_TRUE(outgoing.empty());
  outgoing.add(share_frame("again"));
  EXPECT_EQ(outgoing.frames(), 1U);
  EXPECT_EQ(outgoing.bytes(), 5U);
  std::array<iovec, 4> room;
  auto pieces = outgoing.front(room);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(std::string(static_cast<char*>(pieces[0].iov_base), pieces[0].iov_len), "again");
}

}  // namespace
}  // namespace kith
