#include "conversations/media_type.h"

namespace kith {
namespace {

using namespace std::literals;

TEST(MediaType, KnowsPicturesSoundAndFilm) {
  EXPECT_EQ(media_type_of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv), "image/png");
  EXPECT_EQ(media_type_of("\xff\xd8\xff\xe0\0\x10JFIF"sv), "image/jpeg");
  EXPECT_EQ(media_type_of("GIF89a\1\0"sv), "image/gif");
  EXPECT_EQ(media_type_of("RIFF\x10\0\0\0WEBPVP8 "sv), "image/webp");
  EXPECT_EQ(media_type_of("\0\0\0\x20"
                          "ftypavif"sv),
            "image/avif");
  EXPECT_EQ(media_type_of("RIFF\x10\0\0\0WAVEfmt "sv), "audio/wav");
  EXPECT_EQ(media_type_of("ID3\4\0"sv), "audio/mpeg");
  EXPECT_EQ(media_type_of("\xff\xfb\x90\x64"sv), "audio/mpeg");
  EXPECT_EQ(media_type_of("OggS\0\2"s + std::string(22, '\0') + "OpusHead"), "audio/ogg");
  EXPECT_EQ(media_type_of("\0\0\0\x18"
                          "ftypmp42\0\0\0\0"sv),
            "video/mp4");
  EXPECT_EQ(media_type_of("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84webm"sv), "video/webm");
}

TEST(MediaType, KnowsDocuments) {
  EXPECT_EQ(media_type_of("%PDF-1.7\n"sv), "application/pdf");
  EXPECT_EQ(media_type_of("PK\3\4\x14\0"sv), "application/zip");
  EXPECT_EQ(media_type_of("Grüße aus Köln\n"sv), "text/plain");
}

TEST(MediaType, NeverCallsAnythingABrowserCouldRunByItsName) {
  for (const std::string_view dangerous :
       {"<!doctype html><script>alert(1)</script>"sv, "<svg xmlns='http://www.w3.org/2000/svg'/>"sv,
        "<?xml version='1.0'?><x/>"sv, "alert(1)"sv, "\xef\xbb\xbf<html>"sv}) {
    EXPECT_EQ(media_type_of(dangerous), "text/plain");
    EXPECT_FALSE(is_shown_inline(media_type_of(dangerous)));
  }
  EXPECT_EQ(media_type_of("\xff\xfe<\0h\0t\0m\0l\0"sv), "application/octet-stream") << "UTF-16";
}

TEST(MediaType, SaysSoWhenItDoesNotKnow) {
  EXPECT_EQ(media_type_of(""), "application/octet-stream");
  EXPECT_EQ(media_type_of("\0\1\2"sv), "application/octet-stream");
  EXPECT_EQ(media_type_of("RIFF\x10\0\0\0AVI "sv), "application/octet-stream");
  EXPECT_EQ(media_type_of("\0\0\0\x18"
                          "ftypqt  "sv),
            "application/octet-stream");
  EXPECT_EQ(media_type_of("OggS"sv), "text/plain");
}

TEST(MediaType, HearsAVoiceNoteAndSeesAFilm) {
  const std::string begin =
      "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84webm"s + std::string(150, '\0') + "\x16\x54\xae\x6b";
  EXPECT_EQ(media_type_of(begin + "\x86\x86" + "A_OPUS"), "audio/webm");
  EXPECT_EQ(media_type_of(begin + "\x86\x86" + "A_OPUS" + "\x86\x85" + "V_VP9"), "video/webm");
  EXPECT_EQ(media_type_of(begin + "\x86\x85" + "V_VP8"), "video/webm");
}

TEST(MediaType, IsNotConfusedByACharacterCutInHalf) {
  EXPECT_EQ(media_type_of("caf\xc3"sv), "text/plain");
  EXPECT_EQ(media_type_of("\xff\xfe\xfd\xfc\xfb"sv), "application/octet-stream");
}

TEST(MediaType, ShowsInlineOnlyWhatCannotRun) {
  for (const char* shown :
       {"image/png", "image/avif", "audio/ogg", "video/mp4", "video/webm", "audio/webm", "audio/mp4"})
    EXPECT_TRUE(is_shown_inline(shown)) << shown;
  for (const char* loaded : {"image/svg+xml", "text/html", "text/plain", "application/pdf", "application/zip", ""})
    EXPECT_FALSE(is_shown_inline(loaded)) << loaded;
}

}  // namespace
}  // namespace kith
