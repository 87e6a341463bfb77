#include "http/site_in_page.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

constexpr std::string_view kDocument = "<html><head><title>Talk</title></head><body></body></html>";

PublicFace a_face(std::uint8_t number, std::string called, std::string face) {
  PublicFace made{.called = std::move(called), .face = std::move(face)};
  made.person.bytes.fill(number);
  return made;
}

std::string page_with(const SeenSite& site, std::span<const PublicPresence> there) {
  std::string document(kDocument);
  bring_site(document, site, {}, there);
  return document;
}

TEST(SiteInPage, StandsInTheHeadAsData) {
  SeenSite site;
  site.door.settings.organisation = "Lamps of Lund";
  const std::string page = page_with(site, {});
  EXPECT_NE(page.find("<script type=\"application/json\" id=\"site\">{"), std::string::npos);
  EXPECT_NE(page.find("Lamps of Lund"), std::string::npos);
  EXPECT_LT(page.find("id=\"site\""), page.find("</head>"));
}

TEST(SiteInPage, CannotBeLeftByWhatStandsInIt) {
  SeenSite site;
  site.door.settings.organisation = "</script><script>alert(1)</script>";
  const std::string page = page_with(site, {});
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>\\u003cscript>alert(1)"), std::string::npos);
}

TEST(SiteInPage, AsksForTheFaceOfWhoeverIsNearest) {
  SeenSite site;
  site.faces = {a_face(1, "Jonas", "jonas-key"), a_face(2, "Mira", "mira-key")};
  PublicPresence open{.level = PresenceLevel::open};
  open.person.bytes.fill(2);
  const PublicPresence there[] = {open};
  EXPECT_NE(page_with(site, there).find("as=\"image\" href=\"/api/faces/mira-key\""), std::string::npos);
  EXPECT_NE(page_with(site, {}).find("as=\"image\" href=\"/api/faces/jonas-key\""), std::string::npos);
}

TEST(SiteInPage, LeavesAPageWithoutAHeadAlone) {
  std::string document = "not a page";
  bring_site(document, {}, {}, {});
  EXPECT_EQ(document, "not a page");
}

}  // namespace
}  // namespace kith::http
