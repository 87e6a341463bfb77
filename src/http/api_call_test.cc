#include "http/api_call.h"

#include <gtest/gtest.h>

#include <set>

namespace kith::http {
namespace {

Request asking(std::string_view name, std::string_view value) {
  Request request;
  request.query.emplace_back(name, value);
  return request;
}

TEST(CheckQuery, RefusesWhatNobodyAskedForAndWhatIsSaidTwice) {
  EXPECT_TRUE(check_query(asking("before", "1"), {"before", "limit"}));
  EXPECT_EQ(check_query(asking("colour", "red"), {"before", "limit"}).error().field, "colour");
  Request twice = asking("before", "1");
  twice.query.emplace_back("before", "2");
  EXPECT_EQ(check_query(twice, {"before", "limit"}).error().field, "before");
}

TEST(BeforeOf, TakesWhatAnEarlierPageSaid) {
  EXPECT_EQ(before_of(Request{}).value(), std::nullopt);
  EXPECT_EQ(before_of(asking("before", "42")).value(), Seq{42});
}

TEST(BeforeOf, RefusesACursorNobodyGave) {
  for (const char* value : {"", "-1", "+1", "1 ", "0x1", "1.0", "99999999999999999999", "last"}) {
    auto before = before_of(asking("before", value));
    ASSERT_FALSE(before) << value;
    EXPECT_EQ(before.error().code, Errc::invalid);
    EXPECT_EQ(before.error().field, "before");
  }
}

TEST(LimitOf, StaysWithinWhatOnePageHolds) {
  EXPECT_EQ(limit_of(Request{}, 50).value(), 50U);
  EXPECT_EQ(limit_of(asking("limit", "100"), 50).value(), 100U);
  EXPECT_FALSE(limit_of(asking("limit", "101"), 50));
  EXPECT_FALSE(limit_of(asking("limit", "0"), 50));
}

TEST(WordsOf, NeedsSomethingToLookFor) {
  EXPECT_EQ(words_of(asking("q", "cracked lamp")).value(), "cracked lamp");
  EXPECT_FALSE(words_of(Request{}));
  EXPECT_FALSE(words_of(asking("q", "  ")));
  EXPECT_FALSE(words_of(asking("q", std::string(201, 'a'))));
}

TEST(NeededIdOf, NamesTheIdThatIsMissingOrBroken) {
  EXPECT_EQ(needed_id_of<ActId>(Request{}, "act").error().field, "act");
  EXPECT_EQ(needed_id_of<ActId>(asking("act", "7"), "act").error().field, "act");
  EXPECT_TRUE(needed_id_of<ActId>(asking("act", "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d"), "act"));
}

TEST(EtagOfPage, ChangesWithThePageButNotWithTheRestOfTheHouse) {
  std::string page = R"({"topics":[],"newest_seq":7})";
  std::string later = R"({"topics":[],"newest_seq":8})";
  std::string changed = R"({"topics":[1],"newest_seq":8})";
  EXPECT_EQ(etag_of_page(page), etag_of_page(later));
  EXPECT_NE(etag_of_page(page), etag_of_page(changed));
}

TEST(EtagOfPage, IsNotFooledByWhatSomebodyWrote) {
  std::string page = R"({"title":"\"newest_seq\"","state":1,"newest_seq":7})";
  std::string changed = R"({"title":"\"newest_seq\"","state":2,"newest_seq":7})";
  EXPECT_NE(etag_of_page(page), etag_of_page(changed));
}

TEST(MakeSecret, IsLongAndNeverTheSame) {
  SeededRandom random(7);
  std::set<std::string> secrets;
  for (int i = 0; i < 100; ++i) secrets.insert(make_secret(random));
  EXPECT_EQ(secrets.size(), 100U);
  EXPECT_EQ(secrets.begin()->size(), 43U);
}

TEST(AddApiRoutes, LetsNobodyInByAccident) {
  // No service is touched until a request comes.
  alignas(ApiServices) std::byte nothing[sizeof(ApiServices)]{};
  Router router;
  add_api_routes(router, reinterpret_cast<ApiServices&>(nothing));
  const std::set<std::string> open{
      "/api/site/{inbox}",       "/api/visitor/sessions", "/api/desk/session", "/api/invitations/look",
      "/api/invitations/accept", "/api/faces/{key}",      "/api/setup"};
  ASSERT_GT(router.routes().size(), 80U);
  for (const auto& route : router.routes()) {
    bool is_open = (route->policy.who & kAnyone) != 0;
    if (is_open) EXPECT_TRUE(open.contains(route->pattern)) << route->pattern;
    bool is_desk = route->pattern.starts_with("/api/desk/");
    if (is_desk) EXPECT_EQ(route->policy.who & kVisitor, 0) << route->pattern;
    bool is_changing = route->method != Method::get && route->method != Method::head;
    if (is_changing) EXPECT_NE(route->policy.rate, RateClass::reading) << route->pattern;
    if ((route->policy.who & kProgram) != 0) EXPECT_NE(route->policy.scopes, 0U) << route->pattern;
  }
}

}  // namespace
}  // namespace kith::http
