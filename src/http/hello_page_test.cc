#include "http/hello_page.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

HelloPage page_of_noor() {
  HelloPage page;
  page.door.inbox.id = InboxId{{1}};
  page.door.settings.organisation = "Lamps & <Sons>";
  page.team.push_back({{PersonId{{2}}, "Noor", "I know every screw.", "AAAAAAAAAAAAAAAAAAAAAA"}, PresenceLevel::open});
  page.entry_id = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4f";
  return page;
}

bool has(const std::string& html, std::string_view words) {
  return html.find(words) != std::string::npos;
}

TEST(HelloPage, MeetsTheHumanWhoIsThere) {
  HelloPage page = page_of_noor();
  const std::string html = write_hello(page);
  EXPECT_TRUE(has(html, "Noor is here."));
  EXPECT_TRUE(has(html, "“I know every screw.”"));
  EXPECT_TRUE(has(html, "/api/faces/AAAAAAAAAAAAAAAAAAAAAA"));
  page.team[0].level = PresenceLevel::away;
  page.door.settings.nobody_there_line = "We are at the furnace.";
  EXPECT_FALSE(has(write_hello(page), "Noor is here."));
  EXPECT_TRUE(has(write_hello(page), "We are at the furnace."));
}

TEST(HelloPage, PromisesNoPlaceInALineThatItDoesNotKnow) {
  HelloPage page = page_of_noor();
  page.team[0].level = PresenceLevel::with_someone;
  EXPECT_TRUE(has(write_hello(page), "Noor is with somebody right now, and reads this after that."));
  page.language = PageLanguage::german;
  EXPECT_TRUE(has(write_hello(page), "Noor ist gerade im Gespräch und liest das danach."));
  EXPECT_TRUE(has(write_hello(page), "„I know every screw.“"));
}

TEST(HelloPage, SetsApartWhoSpeaksAndWhen) {
  HelloPage page = page_of_noor();
  page.door.settings.opening.time_zone = "Europe/Stockholm";
  Entry entry{.id = EntryId{{3}}, .text = "Good morning.", .at = Time{1'795'420'800'000'000}};
  page.entries.entries.push_back(entry);
  EXPECT_TRUE(has(write_hello(page), "You · <time>Monday 23 November, 09:00</time>"));
}

TEST(HelloPage, SaysHonestlyWhenSomebodyIsBack) {
  HelloPage page = page_of_noor();
  page.door.settings.opening.time_zone = "Europe/Stockholm";
  page.open = {.is_open = false, .opens_at = Time{1'795'420'800'000'000}};  // 2026-11-23T08:00:00Z
  EXPECT_TRUE(has(write_hello(page), "We are back on Monday 23 November, 09:00."));
  page.language = PageLanguage::german;
  EXPECT_TRUE(has(write_hello(page), "Wir sind am Montag, 23. November, 09:00 Uhr wieder da."));
}

TEST(HelloPage, SaysHowLongTheHoursGoOnWhereNobodyIsThereAllTheSame) {
  HelloPage page = page_of_noor();
  page.door.settings.opening.time_zone = "Europe/Stockholm";
  page.open = {.is_open = true, .closes_at = Time{1'795'420'800'000'000}};
  EXPECT_TRUE(has(write_hello(page), "<p>Somebody answers until Monday 23 November, 09:00.</p>"));
  page.team[0].level = PresenceLevel::beat;
  EXPECT_FALSE(has(write_hello(page), "<p>Somebody answers"));
  page.team[0].level = PresenceLevel::away;
  EXPECT_FALSE(has(write_hello(page), "<p>Somebody answers"));
  EXPECT_TRUE(has(write_hello(page), "By our hours somebody answers until Monday 23 November, 09:00."));
  page.open.closes_at.reset();
  EXPECT_TRUE(has(write_hello(page), "By our hours somebody answers at any time."));
}

TEST(HelloPage, ShowsTheWeekAndWhatTheHouseSaysBesideIt) {
  HelloPage page = page_of_noor();
  page.now = Time{1'795'420'800'000'000};
  page.door.settings.opening = {.time_zone = "Europe/Stockholm", .week = {{1, {8 * 60, 18 * 60}}}};
  page.door.settings.hours = "On market days <late>.";
  const std::string html = write_hello(page);
  EXPECT_TRUE(has(html, "<dt>Monday</dt><dd><span>8:00 to 18:00</span>"));
  EXPECT_TRUE(has(html, "On market days &lt;late&gt;."));
}

TEST(HelloPage, EscapesEverythingThatPeopleTyped) {
  HelloPage page = page_of_noor();
  page.team[0].face.called = "<script>alert(1)</script>";
  page.team[0].face.hello_line = "\"><img src=x onerror=alert(2)>";
  page.draft = "</textarea><script>alert(3)</script>";
  page.visit = "\" autofocus onfocus=\"alert(4)";
  Entry entry{.id = EntryId{{3}}, .text = "<b onclick='x'>\nnext"};
  page.entries.entries.push_back(entry);
  const std::string html = write_hello_document(page, "");
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_FALSE(has(html, "<img src=x"));
  EXPECT_FALSE(has(html, "<b "));
  EXPECT_FALSE(has(html, "\" autofocus"));
  EXPECT_TRUE(has(html, "&lt;b onclick=&#39;x&#39;&gt;<br>next"));
  EXPECT_TRUE(has(html, "<title>Write to Lamps &amp; &lt;Sons&gt;</title>"));
}

TEST(HelloPage, StandsInsideTheDocumentOfThePanel) {
  HelloPage page = page_of_noor();
  page.style_sheets = {"/assets/hello-1.css"};
  page.language = PageLanguage::german;
  const std::string html = write_hello_document(
      page,
      "<html lang=\"en\"><head><title>Talk</title><script type=\"module\" src=\"/assets/a.js\"></script></head>"
      "<body><div id=\"app\"></div></body></html>");
  EXPECT_TRUE(has(html, "<html lang=\"de\">"));
  EXPECT_TRUE(has(html, "<link rel=\"stylesheet\" href=\"/assets/hello-1.css\">\n</head>"));
  EXPECT_TRUE(has(html, "<div id=\"app\"><main class=\"plain-page\">"));
  EXPECT_TRUE(has(html, "src=\"/assets/a.js\""));
}

}  // namespace
}  // namespace kith::http
