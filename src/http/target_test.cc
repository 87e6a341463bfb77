#include "http/target.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

TEST(Target, BecomesAPathAndPairs) {
  const auto target = read_target("/api/people/M%C3%A4ra?q=Mara+K%26&limit=20&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/people/Mära");
  EXPECT_EQ(target->query, (std::vector<TextPair>{{"q", "Mara K&"}, {"limit", "20"}, {"flag", ""}}));
}

TEST(Target, KeepsTheRoot) {
  EXPECT_EQ(read_target("/")->path, "/");
  EXPECT_EQ(read_target("/?")->path, "/");
  EXPECT_TRUE(read_target("/a/")) << "a slash at the end is a path that exists nowhere, not a broken one";
}

TEST(Target, RefusesWhatTwoServersCouldReadInTwoWays) {
  for (const char* text : {"",           "api",         "*",        "http://kith.example/api",
                           "//host/api", "/a//b",       "/a/../b",  "/a/..",
                           "/./a",       "/a/%2e%2e/b", "/a%2Fb",   "/a%2fb",
                           "/a b",       "/a\tb",       "/a\x7f",   "/\xc3\xa4",
                           "/%",         "/%4",         "/%zz",     "/%ff",
                           "/%c3",       "/%00",        "/%0a",     "/%0d%0aSet-Cookie:x",
                           "/a#b",       "/a?q=%",      "/a?q=%ff", "/a?q=%00",
                           "/a?%0a=1"}) {
    EXPECT_FALSE(read_target(text)) << text;
  }
}

TEST(Target, LimitsTheNumberOfPairs) {
  std::string text = "/a?x=1";
  for (int i = 1; i < 64; ++i) text += "&x=1";
  EXPECT_TRUE(read_target(text));
  EXPECT_FALSE(read_target(text + "&x=1"));
}

TEST(Cookies, AreReadPairByPair) {
  EXPECT_EQ(read_cookies("kith=abc; other=1=2;broken ; last="),
            (std::vector<TextPair>{{"kith", "abc"}, {"other", "1=2"}, {"last", ""}}));
}

}  // namespace
}  // namespace kith::http
