#include "server/start_page.h"

#include <sodium.h>

#include "base/digest.h"

namespace kith {
namespace {

StartPage page_for_this_machine() {
  StartPage page;
  page.asked_from_here = true;
  return page;
}

bool has(const std::string& html, std::string_view words) {
  return html.find(words) != std::string::npos;
}

TEST(StartPage, LoadsNothingFromAnywhere) {
  const std::string html = write_start_page(page_for_this_machine());
  for (const char* word : {"<script", "<link", "<img", "url(", "@import"}) EXPECT_FALSE(has(html, word)) << word;
  EXPECT_FALSE(has(html, "src="));
  EXPECT_FALSE(has(html, " style="));
}

TEST(StartPage, LoadsItsLettersFromThisHouseAlone) {
  StartPage page = page_for_this_machine();
  page.font = "/assets/figtree-99.woff2";
  const std::string html = write_start_page(page);
  EXPECT_TRUE(has(html, "src:url(/assets/figtree-99.woff2)"));
  EXPECT_TRUE(has(start_page_policy(page), "font-src 'self'"));
  EXPECT_NE(start_page_policy(page), start_page_policy(page_for_this_machine())) << "the hash is of what is sent";
}

TEST(StartPage, HasAPolicyThatFitsItsStyleAndNothingElse) {
  StartPage page;
  page.font = "/assets/figtree-99.woff2";
  const std::string html = write_start_page(page);
  const std::string policy = start_page_policy(page);
  const auto begin = html.find("<style>") + 7;
  const std::string style = html.substr(begin, html.find("</style>") - begin);
  const Digest digest = sha256(style);
  char text[64];
  sodium_bin2base64(text, sizeof text, digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
  EXPECT_TRUE(has(policy, "default-src 'none'"));
  EXPECT_TRUE(has(policy, std::string("style-src 'sha256-") + text + "'"));
}

TEST(StartPage, TellsAStrangerNothingAboutInside) {
  StartPage page = page_for_this_machine();
  page.asked_from_here = false;
  page.has_sample = true;
  const std::string html = write_start_page(page);
  for (const char* word : {"admin", "sample", "metrics", "127.0.0.1"}) EXPECT_FALSE(has(html, word)) << word;
}

TEST(StartPage, SaysHowToRemoveTheSampleWhenItIsThere) {
  StartPage page = page_for_this_machine();
  EXPECT_FALSE(has(write_start_page(page), "remove-sample"));
  page.has_sample = true;
  EXPECT_TRUE(has(write_start_page(page), "remove-sample"));
}

TEST(StartPage, SaysHowToBeginWhenNobodyRealLooksAfterTheHouse) {
  StartPage page = page_for_this_machine();
  page.needs_set_up = true;
  EXPECT_TRUE(has(write_start_page(page), "Make it yours"));
  EXPECT_TRUE(has(write_start_page(page), "create-colleague"));
  page.needs_set_up = false;
  EXPECT_FALSE(has(write_start_page(page), "create-colleague"));
}

TEST(StartPage, HasTheDoorsThatCanBeOpened) {
  StartPage page = page_for_this_machine();
  EXPECT_TRUE(has(write_start_page(page), "href=\"/desk/\""));
  EXPECT_FALSE(has(write_start_page(page), "href=\"/hello\""));
  page.has_door = true;
  EXPECT_TRUE(has(write_start_page(page), "href=\"/hello\""));
  page.has_sample = true;
  EXPECT_TRUE(has(write_start_page(page), "href=\"/sample-shop\""));
}

TEST(StartPage, LeadsToTheDeskOfTheSampleWithOnePressWhenItMay) {
  StartPage page = page_for_this_machine();
  page.has_sample = true;
  page.sample_way_in = "#sample=mira@sample.example:lamp";
  EXPECT_TRUE(has(write_start_page(page), "href=\"/desk/#sample=mira@sample.example:lamp\""));
  page.asked_from_here = false;
  EXPECT_FALSE(has(write_start_page(page), "lamp"));
}

TEST(StartPage, SpeaksTheLanguageOfItsReader) {
  StartPage page = page_for_this_machine();
  page.language = http::PageLanguage::german;
  page.needs_set_up = page.has_sample = page.has_door = true;
  for (const bool from_here : {true, false}) {
    page.asked_from_here = from_here;
    const std::string html = write_start_page(page);
    EXPECT_TRUE(has(html, "<html lang=\"de\">"));
    EXPECT_TRUE(has(html, "Niemand ist eine Nummer."));
    for (const char* english : {"Nobody", " the ", "Your name", " you ", "{}"})
      EXPECT_FALSE(has(html, english)) << english;
  }
}

TEST(StartPage, LeadsToWhatWatchesOverTheHouseInEveryLanguage) {
  StartPage page = page_for_this_machine();
  for (const auto language : {http::PageLanguage::english, http::PageLanguage::german}) {
    page.language = language;
    const std::string html = write_start_page(page);
    for (const char* part : {"href=\"/readyz\"", "href=\"/metrics\"", "<code>kith doctor</code>",
                             "<code>docs/running.md</code>", "<code>docs/api.yaml</code>"})
      EXPECT_TRUE(has(html, part)) << part;
  }
}

TEST(StartPage, EscapesWhatPeopleTyped) {
  StartPage page;
  page.organisation = "<b>\"Lamps\" & 'more'</b>";
  EXPECT_TRUE(has(write_start_page(page), "&lt;b&gt;&quot;Lamps&quot; &amp; &#39;more&#39;&lt;/b&gt;"));
}

}  // namespace
}  // namespace kith
