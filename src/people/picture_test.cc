#include "people/picture.h"

#include <string>

#include <gtest/gtest.h>

namespace kith {
namespace {

using namespace std::literals;

std::string png(std::string_view size = "\0\0\0\x10\0\0\0\x20"sv, std::string_view behind = "") {
  return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"s + std::string(size) +
         "\x08\x06\0\0\0crc!\0\0\0\x02IDATxycrc!\0\0\0\0IENDcrc!"s + std::string(behind);
}

std::string jpeg() {
  return "\xff\xd8\xff\xe0\0\x04"
         "ab\xff\xc0\0\x0b\x08\0\x20\0\x10\x01\x01\x11\0 coded \xff\xd9"s;
}

std::string webp(std::string_view chunk) {
  std::string body = "WEBP" + std::string(chunk);
  body.resize(22 > body.size() ? 22 : body.size());
  return "RIFF"s + static_cast<char>(body.size()) + "\0\0\0"s + body;
}

TEST(Picture, IsKnownByItsBytesAndItsSize) {
  const auto one = read_picture(png());
  ASSERT_TRUE(one);
  EXPECT_EQ(one->media_type, "image/png");
  EXPECT_EQ(one->width, 16U);
  EXPECT_EQ(one->height, 32U);
  const auto two = read_picture(jpeg());
  ASSERT_TRUE(two);
  EXPECT_EQ(two->media_type, "image/jpeg");
  EXPECT_EQ(two->width, 16U);
  EXPECT_EQ(two->height, 32U);
  const auto three = read_picture(webp("VP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0"s));
  ASSERT_TRUE(three);
  EXPECT_EQ(three->media_type, "image/webp");
  EXPECT_EQ(three->width, 16U);
  EXPECT_EQ(three->height, 32U);
  const auto four = read_picture(webp("VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x10\0\x20\0"s));
  ASSERT_TRUE(four);
  EXPECT_EQ(four->height, 32U);
}

TEST(Picture, HidesNothingBehindItself) {
  EXPECT_FALSE(read_picture(png("\0\0\0\x10\0\0\0\x20"sv, "<script>")));
  EXPECT_FALSE(read_picture(jpeg() + "<script>"));
  EXPECT_FALSE(read_picture(webp("VP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0"s) + "x"));
}

TEST(Picture, IsNoOtherFile) {
  for (std::string_view bytes : {""sv, "<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "GIF89a"sv, "\x89PNG\r\n\x1a\n"sv,
                                 "\xff\xd8\xff"sv, "RIFF"sv, "RIFF\x04\0\0\0WEBP"sv})
    EXPECT_EQ(read_picture(bytes).error().code, Errc::invalid) << bytes;
}

TEST(Picture, HasAnEndToItsSize) {
  EXPECT_EQ(read_picture(png("\0\0\x20\0\0\0\0\x20"sv)).error().code, Errc::too_large);
  EXPECT_EQ(read_picture(png("\0\0\0\0\0\0\0\x20"sv)).error().code, Errc::invalid);
  EXPECT_EQ(read_picture(std::string(kLargestPicture + 1, 'x')).error().code, Errc::too_large);
}

}  // namespace
}  // namespace kith
