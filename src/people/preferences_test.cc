#include "people/preferences.h"

#include "people/test_house.h"

namespace kith {
namespace {

class PreferencesTest : public TestHouse {
 protected:
  Result<Preferences> keep(const Actor& actor, Preferences wanted) { return act(keep_preferences, actor, wanted); }
  Result<Preferences> view(const Actor& actor) {
    return look([&](const Snapshot& now) { return view_preferences(now, actor); });
  }
};

TEST_F(PreferencesTest, BeginWithTheUsualAndStay) {
  EXPECT_EQ(must(view(admin)), Preferences());
  const Preferences quiet{.sounds = false, .quiet_from = 1080, .quiet_until = 480, .locale = "de"};
  EXPECT_EQ(must(keep(admin, quiet)), quiet);
  EXPECT_EQ(must(view(admin)), quiet);
  EXPECT_EQ(must(view(given_colleague("Mara"))), Preferences()) << "each has her own";
}

TEST_F(PreferencesTest, WantWholeQuietHoursAndALanguage) {
  expect_error(keep(admin, {.quiet_from = 1080}), Errc::invalid, "quiet_from");
  expect_error(keep(admin, {.locale = "not a language"}), Errc::invalid, "locale");
}

TEST_F(PreferencesTest, AreForColleaguesOnly) {
  const Actor visitor = given_visitor();
  expect_error(view(visitor), Errc::not_allowed);
  expect_error(keep(visitor, {}), Errc::not_allowed);
}

}  // namespace
}  // namespace kith
