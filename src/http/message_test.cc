#include "http/message.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

Result<std::optional<ByteRange>> range_of(std::string_view text, std::uint64_t size = 100) {
  Request request;
  request.headers.lines = {{"range", std::string(text)}};
  return read_range(request, size);
}

TEST(Range, ReadsOneRangeOfBytes) {
  const auto is = [](const Result<std::optional<ByteRange>>& range, std::uint64_t first, std::uint64_t length) {
    return range && *range && (*range)->first == first && (*range)->length == length;
  };
  EXPECT_TRUE(is(range_of("bytes=0-9"), 0, 10));
  EXPECT_TRUE(is(range_of("bytes=90-"), 90, 10));
  EXPECT_TRUE(is(range_of("bytes=90-500"), 90, 10));
  EXPECT_TRUE(is(range_of("bytes=-10"), 90, 10));
  EXPECT_TRUE(is(range_of("bytes=-500"), 0, 100));
}

TEST(Range, SendsEverythingWhenItCannotBeRead) {
  for (const char* text :
       {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1", "bytes=1"}) {
    const auto range = range_of(text);
    EXPECT_TRUE(range && !*range) << text;
  }
}

TEST(Range, SaysWhenNoByteOfItExists) {
  EXPECT_FALSE(range_of("bytes=100-"));
  EXPECT_FALSE(range_of("bytes=-0"));
  EXPECT_FALSE(range_of("bytes=0-", 0));
}

TEST(SessionCookie, BelongsToTheHostOnlyOnceThereIsTls) {
  EXPECT_EQ(session_cookie("s", true, 60), "__Host-kith=s; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure");
  EXPECT_EQ(session_cookie("s", false, 60), "kith=s; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
  EXPECT_EQ(ended_session_cookie(false), "kith=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST(SessionCookie, IsReadUnderTheNameThatFits) {
  Request request;
  request.cookies = {{"kith", "plain"}, {"__Host-kith", "secure"}};
  EXPECT_EQ(session_secret(request), "plain");
  request.is_secure = true;
  EXPECT_EQ(session_secret(request), "secure");
}

TEST(BearerSecret, FollowsItsWord) {
  Request request;
  request.headers.lines = {{"authorization", "bEaReR  abc "}};
  EXPECT_EQ(bearer_secret(request), "abc");
  for (const char* other : {"", "Bearer", "Bearer ", "Basic abc"}) {
    request.headers.lines = {{"authorization", other}};
    EXPECT_EQ(bearer_secret(request), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace kith::http
