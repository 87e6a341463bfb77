#include "http/story_page.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

TEST(StoryFileName, NeverLeadsOutOfItsFolder) {
  EXPECT_EQ(story_file_name(1, "lamp.jpg"), "files/0001 lamp.jpg");
  EXPECT_EQ(story_file_name(2, "../../etc/passwd"), "files/0002 .._.._etc_passwd");
  EXPECT_EQ(story_file_name(3, "C:\\x\r\n?.txt"), "files/0003 C__x___.txt");
  EXPECT_EQ(story_file_name(4, ". ."), "files/0004 file");
  EXPECT_EQ(story_file_name(12345, std::string(300, 'a')).size(), std::string("files/12345 ").size() + 100);
}

TEST(StoryPage, EscapesEveryWord) {
  WholeStory story;
  story.person.called = "<Mara>";
  story.notes.push_back({.text = "a & b"});
  Entry entry{.text = "<script>alert(1)</script>"};
  ToldEntry told{.entry = entry};
  const StoryNames names;
  const std::string page = begin_story_page(story, names) + tell_entries(story, {&told, 1}, names) + end_story_page();
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("The story of &lt;Mara&gt;"), std::string::npos);
  EXPECT_NE(page.find("a &amp; b"), std::string::npos);
  EXPECT_TRUE(page.ends_with("</main></body></html>\n"));
}

TEST(StoryPage, LinksToFilesByAnAddress) {
  EXPECT_EQ(percent_encoded_path("files/0001 l\xc3\xa4mp #1?.jpg"), "files/0001%20l%C3%A4mp%20%231%3F.jpg");
}

}  // namespace
}  // namespace kith::http
