#include "http/form_body.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

constexpr std::string_view kUrlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/form-data; boundary=\"--WebKitAbc\"";

std::string part(std::string_view head, std::string_view content) {
  return "----WebKitAbc\r\n" + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}

TEST(FormBody, ReadsPairs) {
  const auto form = read_form(kUrlencoded, "text=Good+morning%21%0D%0ATwo+lines&id=7&&empty=");
  ASSERT_TRUE(form);
  EXPECT_EQ(text_in(*form, "text"), "Good morning!\r\nTwo lines");
  EXPECT_EQ(text_in(*form, "id"), "7");
  EXPECT_EQ(text_in(*form, "empty"), "");
  EXPECT_EQ(text_in(*form, "missing"), "");
}

TEST(FormBody, ReadsPartsAndFiles) {
  const std::string body =
      part("Content-Disposition: form-data; name=\"text\"", "Hello\r\n--there") +
      part(
          "content-disposition: form-data; name=\"files\"; filename=\"l\xc3\xa4mp %22a%22.jpg\"\r\n"
          "Content-Type: image/jpeg",
          std::string("\xff\xd8\0\r\n", 5)) +
      part("Content-Disposition: form-data; name=files; filename=\"\"", "") + "----WebKitAbc--\r\n";
  const auto form = read_form(kMultipart, body);
  ASSERT_TRUE(form) << form.error().detail;
  ASSERT_EQ(form->size(), 3U);
  EXPECT_EQ(text_in(*form, "text"), "Hello\r\n--there");
  EXPECT_TRUE((*form)[1].is_file);
  EXPECT_EQ((*form)[1].file_name, "l\xc3\xa4mp \"a\".jpg");
  EXPECT_EQ((*form)[1].value, std::string("\xff\xd8\0\r\n", 5));
  EXPECT_TRUE((*form)[2].is_file);
  EXPECT_EQ(text_in(*form, "files"), "") << "a file is no text";
}

TEST(FormBody, RefusesWhatIsNotWhole) {
  const std::string whole = part("Content-Disposition: form-data; name=\"a\"", "1") + "----WebKitAbc--";
  EXPECT_TRUE(read_form(kMultipart, whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(read_form(kMultipart, std::string_view(whole).substr(0, size))) << size;
}

TEST(FormBody, RefusesWhatIsNoForm) {
  EXPECT_FALSE(read_form("application/json", "{}"));
  EXPECT_FALSE(read_form("", ""));
  EXPECT_FALSE(read_form("multipart/form-data", ""));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=", ""));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=" + std::string(71, 'a'), ""));
  EXPECT_FALSE(read_form(kUrlencoded, "a=%zz"));
  EXPECT_FALSE(read_form(kUrlencoded, "a=%00"));
  EXPECT_FALSE(read_form(kUrlencoded, "a=%ff"));
  EXPECT_FALSE(read_form(kMultipart, part("Content-Disposition: attachment; name=\"a\"", "1") + "----WebKitAbc--"));
  EXPECT_FALSE(read_form(kMultipart, part("Content-Disposition: form-data", "1") + "----WebKitAbc--"));
  EXPECT_FALSE(read_form(kMultipart, part("X: y", "1") + "----WebKitAbc--"));
  EXPECT_FALSE(read_form(kMultipart, part("Content-Disposition: form-data; name=\"a\"", "\xff") + "----WebKitAbc--"));
}

TEST(FormBody, HasAnEndToItsFields) {
  std::string many;
  for (std::size_t i = 0; i <= kMostFormFields; ++i) many += "a=1&";
  EXPECT_FALSE(read_form(kUrlencoded, many));
}

}  // namespace
}  // namespace kith::http
