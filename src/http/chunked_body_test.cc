#include "http/chunked_body.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

struct Taken {
  ChunkedBody body;
  std::string content;
  std::size_t bytes = 0;
};

Taken take(std::string_view bytes, std::size_t piece, std::uint64_t room = 1'000) {
  Taken taken;
  while (taken.bytes < bytes.size()) {
    const std::string_view next = bytes.substr(taken.bytes, piece);
    const std::size_t used = taken.body.take(next, taken.content, room - taken.content.size());
    taken.bytes += used;
    if (used < next.size()) break;
  }
  return taken;
}

TEST(ChunkedBody, ReadsTheSameWhateverThePieces) {
  const std::string text = "3\r\nabc\r\nA;ext=\"1\"\r\n0123456789\r\n0\r\nX-Trailer: 1\r\nY: 2\r\n\r\nNEXT";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Taken taken = take(text, piece);
    EXPECT_TRUE(taken.body.is_done());
    EXPECT_EQ(taken.content, "abc0123456789");
    EXPECT_EQ(taken.bytes, text.size() - 4);
  }
}

TEST(ChunkedBody, MayBeEmpty) {
  EXPECT_TRUE(take("0\r\n\r\n", 1).body.is_done());
  EXPECT_TRUE(take("000\r\n\r\n", 1).body.is_done());
}

TEST(ChunkedBody, IsBrokenByWhateverCouldBeReadInTwoWays) {
  for (const char* text : {"\r\n", "x\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", "1 \r\na", "1\na\r\n",
                           "1\r\nab\r\n", "1\r\na\n", "1\r\na\rb", "1;a\nb\r\n", "1;\x01\r\n", "0\r\n\n", "0\r\nX: 1\n",
                           "0\r\nX\rY", "1000000000000000\r\n", "0\r\n\x7f"}) {
    EXPECT_TRUE(take(text, 1).body.is_broken()) << text;
    EXPECT_TRUE(take(text, 100).body.is_broken()) << text;
  }
}

TEST(ChunkedBody, StopsBeforeItIsTooLarge) {
  const Taken taken = take("5\r\nhello\r\n6\r\n", 1, 10);
  EXPECT_TRUE(taken.body.is_too_large());
  EXPECT_EQ(taken.content, "hello");
  EXPECT_TRUE(take("fffffffffffffff\r\n", 100, 10).body.is_too_large());
}

TEST(ChunkedBody, DoesNotListenToTrailersForEver) {
  EXPECT_TRUE(take("0\r\n" + std::string(9'000, 'x'), 100).body.is_broken());
}

}  // namespace
}  // namespace kith::http
