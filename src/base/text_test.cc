#include "base/text.h"

#include "base/random.h"

namespace kith {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, AcceptsEveryLengthOfCharacter) {
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("Grüße, 你好, 👋🏽"));
  EXPECT_TRUE(is_utf8("\xf4\x8f\xbf\xbf"sv));  // U+10FFFF
  EXPECT_TRUE(is_utf8(""));
}

TEST(Utf8, RefusesMalformedBytes) {
  for (auto bytes : {"\x80"sv, "\xc3"sv, "\xc0\xaf"sv, "\xe0\x80\x80"sv, "\xed\xa0\x80"sv, "\xf4\x90\x80\x80"sv,
                     "\xff"sv, "abc\xe2\x82"sv, "\xf0\x9f\x91"sv})
    EXPECT_FALSE(is_utf8(bytes));
}

TEST(Utf8, FindsOneMalformedByteAnywhereInALongText) {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'a');
    text[at] = '\x80';
    EXPECT_FALSE(is_utf8(text)) << at;
  }
}

TEST(Cut, NeverSplitsACharacter) {
  std::string text = "a€b👋c";
  for (std::size_t size = 0; size <= text.size() + 1; ++size) {
    EXPECT_TRUE(is_utf8(cut(text, size))) << size;
    EXPECT_LE(cut(text, size).size(), size);
  }
  EXPECT_EQ(cut(text, 3), "a");
}

TEST(ControlCharacters, AreFoundButLineBreaksAreFine) {
  EXPECT_FALSE(has_control_characters("a\tb\r\nc"));
  EXPECT_TRUE(has_control_characters("a\0b"sv));
  EXPECT_TRUE(has_control_characters("a\x1b[31m"));
  EXPECT_TRUE(has_control_characters("\x7f"));
}

TEST(Trim, TakesSpaceFromBothEnds) {
  EXPECT_EQ(trim(" \r\n hello you\t"), "hello you");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Length, CountsCharactersNotBytes) {
  EXPECT_EQ(length_in_characters("a€👋"), 3U);
}

TEST(Base64Url, ReadsBackWhatItWrites) {
  SeededRandom random(11);
  for (std::size_t size = 0; size < 70; ++size) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(random.below(256));
    std::string back;
    ASSERT_TRUE(read_base64url(base64url(bytes), back));
    EXPECT_EQ(back, bytes);
  }
}

TEST(Base64Url, RefusesPaddingForeignLettersAndLooseBits) {
  std::string out;
  for (auto text : {"QQ=="sv, "Q"sv, "Q+/A"sv, "QR"sv, "QUJ D"sv}) EXPECT_FALSE(read_base64url(text, out)) << text;
  EXPECT_TRUE(read_base64url("QQ", out));
  EXPECT_EQ(out, "A");
}

}  // namespace
}  // namespace kith
