#include "people/house.h"

#include "people/api_tokens.h"
#include "people/test_house.h"

namespace kith {
namespace {

class HouseTest : public TestHouse {
 protected:
  static SaveSettings settings(std::uint32_t version, std::string name = "Lantern & Co") {
    return {version, std::move(name), "Hello!", "Mon-Fri", "Nobody is here just now."};
  }
  House house() {
    return must(look([&](const Snapshot& now) { return view_house(now, admin); }));
  }
};

TEST_F(HouseTest, SavesSettingsOnceAndCountsVersions) {
  EXPECT_EQ(must(act(save_settings, admin, settings(0))).version, 1U);
  EXPECT_EQ(must(act(save_settings, admin, settings(0))).version, 1U);
  EXPECT_EQ(events_of<SettingsChanged>().size(), 1U);
  EXPECT_EQ(house().settings.organisation, "Lantern & Co");
}

TEST_F(HouseTest, RefusesSettingsThatWereReadBeforeSomebodySaved) {
  must(act(save_settings, admin, settings(0)));
  expect_error(act(save_settings, admin, settings(0, "Other")), Errc::conflict);
}

TEST_F(HouseTest, LetsColleaguesReadButOnlyLeadersChangeSettings) {
  const Actor mara = given_colleague("Mara");
  expect_error(act(save_settings, mara, settings(0)), Errc::not_allowed);
  EXPECT_TRUE(look([&](const Snapshot& now) { return view_house(now, mara); }));
  const Actor visitor = given_visitor();
  expect_error(look([&](const Snapshot& now) { return view_house(now, visitor); }), Errc::not_allowed);
}

TEST_F(HouseTest, NeverShowsTheSecretOfAnInboxAndKeepsItWhenNoneIsGiven) {
  Inbox shop{.id = inbox, .name = "Shop", .identity_issuer = "shop.example", .identity_secret = "sealed"};
  EXPECT_TRUE(must(act(save_inbox, admin, SaveInbox{shop})).identity_secret.empty());
  shop.identity_secret.clear();
  shop.hello_line = "Hi";
  must(act(save_inbox, admin, SaveInbox{shop}));
  EXPECT_TRUE(house().inboxes[0].identity_secret.empty());
  const auto door = must(look([&](const Snapshot& now) { return view_front_door(now, inbox); }));
  EXPECT_EQ(door.inbox.identity_secret, "sealed");
}

TEST_F(HouseTest, RefusesOriginsThatAreMoreOrLessThanAnOrigin) {
  for (const char* odd : {"", "shop.example", "https://", "https://shop.example/", "https://*.shop.example",
                          "https://Shop.example", "null", "ftp://shop.example"})
    expect_error(act(save_inbox, admin, SaveInbox{Inbox{.id = inbox, .name = "Shop", .allowed_origins = {odd}}}),
                 Errc::invalid, "allowed_origins");
  const Inbox fine{.id = inbox, .name = "Shop", .allowed_origins = {"https://shop.example", "http://localhost:5173"}};
  must(act(save_inbox, admin, SaveInbox{fine}));
}

TEST_F(HouseTest, KeepsTeamsByName) {
  const SaveTeam team{new_id<TeamId>(), "Front desk"};
  must(act(save_team, admin, team));
  must(act(save_team, admin, team));
  EXPECT_EQ(house().teams.size(), 1U);
  EXPECT_EQ(events_of<SettingsChanged>().size(), 1U);
}

TEST_F(HouseTest, RemovesInventedPeopleOnly) {
  const PersonId invented = new_id<PersonId>();
  must(act(
      create_colleague, system_actor(),
      CreateColleague{
          .id = invented, .called = "Sam", .email = "sam@sample.example", .password_hash = "h", .is_sample = true}));
  const auto there = [&] { return must(look([](const Snapshot& now) { return has_sample(now); })); };
  EXPECT_FALSE(there());
  must(write([&](Tx& tx) {
    return tx.house().save_inbox({.id = new_id<InboxId>(), .name = "Shop (sample)", .is_sample = true});
  }));
  EXPECT_TRUE(there());
  EXPECT_EQ(must(write([&](Tx& tx) { return remove_sample(tx, admin); })), 1);
  EXPECT_FALSE(there());
  EXPECT_EQ(must(write([&](Tx& tx) { return remove_sample(tx, admin); })), 0);
  EXPECT_EQ(person(admin.person).called, "Ada");
  expect_error(look([&](const Snapshot& now) { return now.people().find(invented); }), Errc::not_found);
  expect_error(write([&](Tx& tx) { return remove_sample(tx, Actor{.kind = ActorKind::colleague}); }),
               Errc::not_allowed);
}

TEST_F(HouseTest, MakesApiTokensOnceWithKnownScopesOnly) {
  CreateApiToken command{new_id<ApiTokenId>(), "till", new_token(), kReadPeople, clock.now() + std::chrono::hours(1)};
  const ApiToken token = must(act(create_api_token, admin, command));
  EXPECT_EQ(must(act(create_api_token, admin, command)), token);
  command.name = "other";
  expect_error(act(create_api_token, admin, command), Errc::conflict);
  command.id = new_id<ApiTokenId>();
  for (const std::uint32_t odd : {0U, 1U << 9}) {
    command.scopes = odd;
    expect_error(act(create_api_token, admin, command), Errc::invalid, "scopes");
  }
  expect_error(act(create_api_token, given_colleague("Mara"), command), Errc::not_allowed);
}

}  // namespace
}  // namespace kith
