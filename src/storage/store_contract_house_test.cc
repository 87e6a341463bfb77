// What every store must do with settings, teams, inboxes, and the ways into the house.
#include "storage/store_contract.h"

namespace kith {
namespace {

class HouseContract : public StoreContract {
 protected:
  Session new_session(PersonId person, std::string_view secret, Time expires_at) {
    return {.id = new_id<SessionId>(),
            .kind = SessionKind::colleague,
            .person = person,
            .inbox = {},
            .token_digest = sha256(secret),
            .expires_at = expires_at};
  }
  template <class Found>
  Errc why_not(const Result<Found>& result) {
    EXPECT_FALSE(result);
    return result ? Errc::unavailable : result.error().code;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, HouseContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(HouseContract, HasDefaultSettingsUntilTheyAreSaved) {
  EXPECT_EQ(look([&](const Snapshot& now) { return now.house().settings(); }).value(), Settings{});
  Settings ours{"Bakery", "Good morning", "mornings", "We are baking", 4};
  ours.opening = {.time_zone = "Europe/Stockholm",
                  .week = {{1, {8 * 60, 12 * 60}}, {1, {13 * 60, 18 * 60}}, {7, {0, kMinutesOfADay}}},
                  .days_off = {{WallDay(std::chrono::days(20'811)),
                                WallDay(std::chrono::days(20'813)),
                                "Christmas, and Mum's birthday",
                                {{540, 720}, {800, 900}}},
                               {WallDay(std::chrono::days(20'900)), WallDay(std::chrono::days(20'900)), "", {}}}};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.house().save_settings(ours); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.house().settings(); }).value(), ours);
  house_->reopen();
  EXPECT_EQ(look([&](const Snapshot& now) { return now.house().settings(); }).value(), ours);
}

TEST_P(HouseContract, KnowsHowSomebodyLikesHerDesk) {
  const Person noor = given_person("Noor");
  const auto liked = [&] { return look([&](const Snapshot& now) { return now.access().preferences(noor.id); }); };
  EXPECT_EQ(liked().value(), Preferences());
  Preferences hers{.single_keys = false, .sounds = false, .volume = 7, .notifications = true};
  hers.quiet_from = 18 * 60;
  hers.theme = Theme::dark;
  hers.text_size = 120;
  hers.locale = "de";
  const auto keep = [&](PersonId who) {
    return write([&](Tx& tx) { return tx.access().save_preferences(who, hers); });
  };
  ASSERT_TRUE(keep(noor.id));
  EXPECT_EQ(liked().value(), hers);
  hers.quiet_until = 0;
  ASSERT_TRUE(keep(noor.id));
  house_->reopen();
  EXPECT_EQ(liked().value(), hers);
  EXPECT_EQ(why_not(keep(new_id<PersonId>())), Errc::not_found);
}

TEST_P(HouseContract, ListsTeamsAndInboxesByName) {
  const Team workshop{new_id<TeamId>(), "Workshop", false};
  Team counter{new_id<TeamId>(), "Zounter", true};
  const Inbox site{
      new_id<InboxId>(), InboxKind::web, "Site", workshop.id, {"https://shop.example", "https://b.example"}, "shop",
      "sealed",          "Hello",        true};
  const Inbox mail{new_id<InboxId>(), InboxKind::email, "Mail", {}, {}, "", "", "", false};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.house().save_team(workshop));
    KITH_CHECK(tx.house().save_team(counter));
    counter.name = "Counter";
    KITH_CHECK(tx.house().save_team(counter));
    KITH_CHECK(tx.house().save_inbox(site));
    return tx.house().save_inbox(mail);
  }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.house().teams().value(), (std::vector{counter, workshop}));
    EXPECT_EQ(now.house().inboxes().value(), (std::vector{mail, site}));
    EXPECT_EQ(now.house().find_team(counter.id).value(), counter);
    EXPECT_EQ(now.house().find_inbox(site.id).value(), site);
    EXPECT_EQ(why_not(now.house().find_team(new_id<TeamId>())), Errc::not_found);
    EXPECT_EQ(why_not(now.house().find_inbox(new_id<InboxId>())), Errc::not_found);
    return 0;
  });
}

TEST_P(HouseContract, LetsAnEmailOpenOneDoor) {
  const Person lena = given_person("Lena");
  const Person omar = given_person("Omar");
  Account hers{lena.id, "lena@shop.example", "hash", "sealed", true, 123, "Hi, Lena here"};
  Account his{omar.id, "lena@shop.example", "", "", false, 0, ""};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_account(hers); }));
  EXPECT_EQ(why_not(write([&](Tx& tx) { return tx.access().save_account(his); })), Errc::conflict);
  his.email = "omar@shop.example";
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_account(his); }));
  hers.email = "lena@home.example";
  hers.totp_last_step = 124;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_account(hers); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.access().account(lena.id).value(), hers);
    EXPECT_EQ(now.access().account_by_email("lena@home.example").value(), hers);
    EXPECT_EQ(why_not(now.access().account_by_email("lena@shop.example")), Errc::not_found);
    EXPECT_EQ(why_not(now.access().account(new_id<PersonId>())), Errc::not_found);
    return 0;
  });
}

TEST_P(HouseContract, FindsASessionByItsSecretRevokedOrNot) {
  const Person lena = given_person("Lena");
  Session session = new_session(lena.id, "secret", Time{500});
  session.second_factor_due = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().add_session(session); }));
  EXPECT_EQ(why_not(write([&](Tx& tx) { return tx.access().add_session(session); })), Errc::conflict);
  session.second_factor_due = false;
  session.revoked = true;
  session.expires_at = Time{600};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_session(session); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.access().session_by_digest(sha256("secret")).value(), session);
    EXPECT_EQ(now.access().session(session.id).value(), session);
    EXPECT_EQ(why_not(now.access().session_by_digest(sha256("guess"))), Errc::not_found);
    EXPECT_EQ(why_not(now.access().session(new_id<SessionId>())), Errc::not_found);
    return 0;
  });
  session.id = new_id<SessionId>();
  EXPECT_EQ(why_not(write([&](Tx& tx) { return tx.access().save_session(session); })), Errc::not_found);
}

TEST_P(HouseContract, RevokesEverySessionButTheOneInHand) {
  const Person lena = given_person("Lena");
  const Person omar = given_person("Omar");
  const Session desk = new_session(lena.id, "desk", Time{500});
  const Session phone = new_session(lena.id, "phone", Time{500});
  const Session his = new_session(omar.id, "his", Time{500});
  Session old = new_session(lena.id, "old", Time{500});
  old.revoked = true;
  for (const Session& session : {desk, phone, his, old})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.access().add_session(session); }));
  auto open_sessions = [&](PersonId person) {
    auto found = look([&](const Snapshot& now) { return now.access().sessions_of(person); }).value();
    std::ranges::sort(found);
    return found;
  };
  EXPECT_EQ(open_sessions(lena.id), (std::vector{std::min(desk.id, phone.id), std::max(desk.id, phone.id)}));
  EXPECT_EQ(write([&](Tx& tx) { return tx.access().revoke_sessions(lena.id, desk.id); }).value(),
            std::vector{phone.id});
  EXPECT_EQ(open_sessions(lena.id), std::vector{desk.id});
  EXPECT_EQ(write([&](Tx& tx) { return tx.access().revoke_sessions(lena.id, {}); }).value(), std::vector{desk.id});
  EXPECT_TRUE(look([&](const Snapshot& now) { return now.access().session(phone.id); })->revoked);
  EXPECT_FALSE(look([&](const Snapshot& now) { return now.access().session(his.id); })->revoked);
}

TEST_P(HouseContract, KeepsProgramsTokens) {
  const Person lena = given_person("Lena");
  ApiToken first{
      new_id<ApiTokenId>(), "Export", sha256("one"), kReadPeople | kReadConversations, lena.id, Time{900}, false};
  const ApiToken second{new_id<ApiTokenId>(), "Shop", sha256("two"), kWriteEntries, lena.id, Time{900}, false};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_token(first); }));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_token(second); }));
  first.revoked = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_token(first); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.access().token_by_digest(sha256("one")).value(), first);
    EXPECT_EQ(now.access().find_token(second.id).value(), second);
    EXPECT_EQ(now.access().tokens(10).value(), (std::vector{second, first}));
    EXPECT_EQ(now.access().tokens(1).value(), std::vector{second});
    EXPECT_EQ(why_not(now.access().token_by_digest(sha256("three"))), Errc::not_found);
    EXPECT_EQ(why_not(now.access().find_token(new_id<ApiTokenId>())), Errc::not_found);
    return 0;
  });
}

TEST_P(HouseContract, KeepsInvitationsThatCanStillWork) {
  const Person lena = given_person("Lena");
  const Team team{new_id<TeamId>(), "Counter", false};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.house().save_team(team); }));
  const Invitation open{new_id<InvitationId>(), sha256("open"), "Omar", true, team.id, lena.id, Time{900}, false};
  Invitation used = open;
  used.id = new_id<InvitationId>();
  used.token_digest = sha256("used");
  used.used = true;
  Invitation expired = open;
  expired.id = new_id<InvitationId>();
  expired.token_digest = sha256("expired");
  expired.expires_at = Time{500};
  for (const Invitation& invitation : {open, used, expired})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.access().save_invitation(invitation); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.access().open_invitations(Time{500}, 10).value(), std::vector{open});
    EXPECT_EQ(now.access().open_invitations(Time{499}, 10).value(), (std::vector{expired, open}));
    EXPECT_EQ(now.access().open_invitations(Time{499}, 1).value(), std::vector{expired});
    EXPECT_EQ(now.access().invitation_by_digest(sha256("used")).value(), used);
    EXPECT_EQ(now.access().find_invitation(expired.id).value(), expired);
    EXPECT_EQ(why_not(now.access().find_invitation(new_id<InvitationId>())), Errc::not_found);
    EXPECT_EQ(why_not(now.access().invitation_by_digest(sha256("guess"))), Errc::not_found);
    return 0;
  });
}

TEST_P(HouseContract, ForgetsWhatCanNeverWorkAgain) {
  const Person lena = given_person("Lena");
  const Session alive = new_session(lena.id, "alive", Time{900});
  const Session expired = new_session(lena.id, "expired", Time{500});
  const Invitation open{new_id<InvitationId>(), sha256("open"), "Omar", false, {}, lena.id, Time{900}, false};
  Invitation late = open;
  late.id = new_id<InvitationId>();
  late.token_digest = sha256("late");
  late.expires_at = Time{500};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.access().add_session(alive));
    KITH_CHECK(tx.access().add_session(expired));
    KITH_CHECK(tx.access().save_invitation(open));
    KITH_CHECK(tx.access().save_invitation(late));
    return tx.access().forget_expired(Time{600});
  }));
  look([&](const Snapshot& now) {
    EXPECT_TRUE(now.access().session(alive.id));
    EXPECT_TRUE(now.access().find_invitation(open.id));
    EXPECT_EQ(why_not(now.access().session(expired.id)), Errc::not_found);
    EXPECT_EQ(why_not(now.access().session_by_digest(sha256("expired"))), Errc::not_found);
    EXPECT_EQ(why_not(now.access().find_invitation(late.id)), Errc::not_found);
    return 0;
  });
}

}  // namespace
}  // namespace kith
