#include "realtime/origin.h"

namespace kith {
namespace {

const std::string kHouse = "https://help.lamps.example";
const std::vector<std::string> kAllowed{"https://lamps.example"};

bool may(std::string page, ActorKind kind) {
  return check_origin({std::move(page), kHouse}, kind, kAllowed).has_value();
}

TEST(Origin, LetsACookieCountOnTheHousesOwnPagesOnly) {
  EXPECT_TRUE(may(kHouse, ActorKind::colleague));
  EXPECT_FALSE(may("https://lamps.example", ActorKind::colleague));
  EXPECT_FALSE(may("", ActorKind::colleague));
  EXPECT_FALSE(may("null", ActorKind::colleague));
}

TEST(Origin, LetsAVisitorSpeakFromPagesHerInboxAllows) {
  EXPECT_TRUE(may(kHouse, ActorKind::visitor));
  EXPECT_TRUE(may("https://lamps.example", ActorKind::visitor));
  EXPECT_TRUE(may("", ActorKind::visitor));
}

TEST(Origin, ComparesExactly) {
  for (const char* page : {"http://lamps.example", "https://lamps.example:8443", "https://lamps.example/",
                           "https://lamps.example.evil.example", "https://www.lamps.example", "null"})
    EXPECT_FALSE(may(page, ActorKind::visitor)) << page;
}

TEST(Origin, LetsAProgramComeWithoutABrowser) {
  EXPECT_TRUE(may("", ActorKind::program));
  EXPECT_FALSE(may("https://lamps.example", ActorKind::program));
}

TEST(Origin, IsMadeFromTheHostWhenNothingElseIsKnown) {
  EXPECT_EQ(origin_from_host("Help.Lamps.example:8443", true), "https://help.lamps.example:8443");
  EXPECT_EQ(origin_from_host("localhost:8080", false), "http://localhost:8080");
}

}  // namespace
}  // namespace kith
