#include "http/router.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

class RouterTest : public testing::Test {
 protected:
  void add(Method method, std::string_view pattern) {
    router_.add(method, pattern, Policy{},
                [](Request) -> boost::asio::awaitable<Result<Response>> { co_return Response::empty(); });
  }
  std::string pattern_for(Method method, std::string_view path) {
    const auto match = router_.find(method, path);
    return match.route == nullptr ? "" : match.route->pattern;
  }

  Router router_;
};

TEST_F(RouterTest, CapturesSegments) {
  add(Method::get, "/api/people/{id}/notes/{note}");
  const auto match = router_.find(Method::get, "/api/people/7/notes/Mära");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.params, (std::vector<TextPair>{{"id", "7"}, {"note", "Mära"}}));
  EXPECT_EQ(pattern_for(Method::get, "/api/people//notes/1"), "");
  EXPECT_EQ(pattern_for(Method::get, "/api/people/7/notes"), "");
  EXPECT_EQ(pattern_for(Method::get, "/api/people/7/notes/1/"), "");
}

TEST_F(RouterTest, PrefersALiteralAndComesBackWhenItLeadsNowhere) {
  add(Method::get, "/api/people/{id}/notes");
  add(Method::get, "/api/people/me");
  EXPECT_EQ(pattern_for(Method::get, "/api/people/me"), "/api/people/me");
  EXPECT_EQ(pattern_for(Method::get, "/api/people/me/notes"), "/api/people/{id}/notes");
}

TEST_F(RouterTest, TakesTheRestOfAPath) {
  add(Method::get, "/assets/{file*}");
  add(Method::get, "/");
  const auto match = router_.find(Method::get, "/assets/js/app.js");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.params, (std::vector<TextPair>{{"file", "js/app.js"}}));
  EXPECT_EQ(pattern_for(Method::get, "/"), "/");
}

TEST_F(RouterTest, SaysWhichMethodsAPathHas) {
  add(Method::get, "/a");
  add(Method::post, "/a");
  const auto match = router_.find(Method::remove, "/a");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_TRUE(match.path_exists);
  EXPECT_EQ(match.allow, "GET, HEAD, POST");
  EXPECT_FALSE(router_.find(Method::get, "/b").path_exists);
}

TEST_F(RouterTest, AnswersHeadByGetUnlessItHasARouteOfItsOwn) {
  add(Method::get, "/a");
  EXPECT_EQ(router_.find(Method::head, "/a").route->method, Method::get);
  add(Method::head, "/a");
  EXPECT_EQ(router_.find(Method::head, "/a").route->method, Method::head);
}

}  // namespace
}  // namespace kith::http
