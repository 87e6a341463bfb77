#include "http/page_language.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

TEST(PageLanguage, IsTheFirstThatWeSpeak) {
  EXPECT_EQ(page_language("de-AT,en;q=0.8"), PageLanguage::german);
  EXPECT_EQ(page_language("fr, de;q=0.7"), PageLanguage::german);
  EXPECT_EQ(page_language("en-GB, de;q=0.9"), PageLanguage::english);
  EXPECT_EQ(page_language("den, ,;"), PageLanguage::english);
  EXPECT_EQ(page_language(""), PageLanguage::english);
}

}  // namespace
}  // namespace kith::http
