#include "http/attachment_content.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

TEST(ContentDisposition, SaysAPlainNameInBothForms) {
  EXPECT_EQ(content_disposition("inline", "lamp.jpg"), "inline; filename=\"lamp.jpg\"; filename*=UTF-8''lamp.jpg");
}

TEST(ContentDisposition, EncodesEveryOtherLetter) {
  EXPECT_EQ(content_disposition("attachment", "Größe 1.pdf"),
            "attachment; filename=\"Gr____e 1.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.pdf");
}

TEST(ContentDisposition, LetsNoNameEndTheHeaderOrThePath) {
  std::string header = content_disposition("attachment", "a\"; filename=\"b.exe\r\nX: y/../c\\d");
  EXPECT_EQ(header.find("\r"), std::string::npos);
  EXPECT_EQ(header.find("/"), std::string::npos);
  EXPECT_EQ(header.find("\\"), std::string::npos);
  EXPECT_EQ(std::count(header.begin(), header.end(), '"'), 2);
}

}  // namespace
}  // namespace kith::http
