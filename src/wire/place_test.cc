#include "wire/place.h"

#include <gtest/gtest.h>

#include "domain/ids.h"

namespace kith::wire {
namespace {

constexpr std::string_view kLater = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c50";

TEST(Place, ComesBackAsItWent) {
  for (const Time at : {Time{0}, Time{1'795'000'000'000'000}, kAfterAll}) {
    const Place<LaterId> here{at, *LaterId::parse(kLater)};
    EXPECT_EQ(decode_place<LaterId>(encode_place(here)), here);
  }
}

TEST(Place, IsNothingElse) {
  const std::string id(kLater);
  for (const std::string& text : {std::string(), std::string("."), "12" + id, std::string("12."), "." + id,
                                  "12." + id + "x", " 12." + id, "+12." + id, "012." + id, "12.5." + id,
                                  "99999999999999999999." + id, std::string("12.00000000-0000-0000-0000-000000000000"),
                                  std::string("12.0198C0DE-7A11-7C3E-9B52-6D1F0A2B3C50")}) {
    EXPECT_FALSE(decode_place<LaterId>(text)) << text;
  }
}

}  // namespace
}  // namespace kith::wire
