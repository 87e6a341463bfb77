#include "http/seen_pages.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

const InboxId kShop{{1}};
const InboxId kGarden{{2}};

TEST(SeenPages, KnowsThoseThatAskedTheLatestFirst) {
  SeenPages pages;
  pages.saw(kShop, "https://shop.example");
  pages.saw(kShop, "https://blog.example");
  pages.saw(kShop, "https://shop.example");
  EXPECT_EQ(pages.of(kShop), (std::vector<std::string>{"https://shop.example", "https://blog.example"}));
  EXPECT_TRUE(pages.of(kGarden).empty());
}

TEST(SeenPages, TakesNothingForAPageThatIsNone) {
  SeenPages pages;
  pages.saw(kShop, "");
  pages.saw(kShop, "null");
  pages.saw(kShop, std::string(301, 'x'));
  EXPECT_TRUE(pages.of(kShop).empty());
}

TEST(SeenPages, ForgetsTheOldestOfTooMany) {
  SeenPages pages;
  for (int i = 0; i < 30; ++i) pages.saw(kShop, "https://" + std::to_string(i) + ".example");
  EXPECT_EQ(pages.of(kShop).size(), 20U);
  EXPECT_EQ(pages.of(kShop).front(), "https://29.example");
  EXPECT_EQ(pages.of(kShop).back(), "https://10.example");
}

}  // namespace
}  // namespace kith::http
