#include "people/sign_in.h"

#include "people/colleagues.h"
#include "people/second_factor.h"
#include "people/test_house.h"

namespace kith {
namespace {

class SignInTest : public TestHouse {
 protected:
  void SetUp() override { mara = given_colleague("Mara"); }
  SignIn command(bool second_factor_due = false) {
    return {new_id<SessionId>(), mara.person,      new_token(), clock.now() + std::chrono::hours(10),
            "hash of Mara",      second_factor_due};
  }
  Result<Session> sign(const SignIn& wanted) {
    return write([&](Tx& tx) { return sign_in(tx, wanted); });
  }
  void given_second_factor() {
    must(act(set_totp, mara, SetTotp{"sealed"}));
    must(act(confirm_totp, mara, ConfirmTotp{100}));
  }
  Actor mara;
};

TEST_F(SignInTest, FindsTheAccountOfAColleagueByAddressInAnyCase) {
  const auto found =
      look([&](const Snapshot& now) { return account_to_sign_in(now, " MARA@house.example ", clock.now()); });
  EXPECT_EQ(must(found).person, mara.person);
}

TEST_F(SignInTest, FindsNoAccountOfSomebodyWhoLeft) {
  must(act(end_colleague, admin, EndColleague{mara.person}));
  expect_error(look([&](const Snapshot& now) { return account_to_sign_in(now, "mara@house.example", clock.now()); }),
               Errc::not_found);
  expect_error(sign(command()), Errc::not_allowed);
}

TEST_F(SignInTest, GivesTheSameSessionToARepeatAndRefusesAnotherSecret) {
  SignIn wanted = command();
  const Session first = must(sign(wanted));
  EXPECT_EQ(must(sign(wanted)), first);
  wanted.token_digest = new_token();
  expect_error(sign(wanted), Errc::conflict);
}

TEST_F(SignInTest, RefusesAPasswordThatChangedWhileItWasChecked) {
  const SignIn with_the_old_one = command();
  must(act(change_password, system_actor(), ChangePassword{mara.person, "", "reset"}));
  expect_error(sign(with_the_old_one), Errc::not_signed_in);
  SignIn with_none = command();
  with_none.verified_hash.clear();
  expect_error(sign(with_none), Errc::not_signed_in);
}

TEST_F(SignInTest, KeepsTheSamePasswordInTodaysFormAndNobodyIsSentAway) {
  const Session elsewhere = must(sign(command()));
  SignIn wanted = command();
  wanted.renewed_hash = "hash of Mara, made better";
  must(sign(wanted));
  EXPECT_EQ(must(look([&](const Snapshot& now) { return now.access().account(mara.person); })).password_hash,
            "hash of Mara, made better");
  EXPECT_FALSE(must(look([&](const Snapshot& now) { return now.access().session(elsewhere.id); })).revoked);
  expect_error(sign(command()), Errc::not_signed_in);
}

TEST_F(SignInTest, EndsTheSessionThatTheSameBrowserHadBefore) {
  const Session before = must(sign(command()));
  const Session elsewhere = must(sign(command()));
  SignIn again = command();
  again.instead_of = before.id;
  events.clear();
  must(sign(again));
  const auto revoked = [&](SessionId id) {
    return must(look([&](const Snapshot& now) { return now.access().session(id); })).revoked;
  };
  EXPECT_TRUE(revoked(before.id));
  EXPECT_FALSE(revoked(elsewhere.id));
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U) << "its live connections are closed";
  again.instead_of = new_id<SessionId>();
  again.id = new_id<SessionId>();
  again.token_digest = new_token();
  must(sign(again));
}

TEST_F(SignInTest, NeverSkipsASecondFactorThatIsOn) {
  given_second_factor();
  expect_error(sign(command(false)), Errc::not_allowed);
  EXPECT_TRUE(must(sign(command(true))).second_factor_due);
}

TEST_F(SignInTest, MakesNobodyOfASessionWhoseSecondFactorIsDue) {
  given_second_factor();
  const SignIn wanted = command(true);
  must(sign(wanted));
  const Actor half = recognised(wanted.token_digest);
  EXPECT_EQ(half.kind, ActorKind::nobody);
  must(act(complete_second_factor, half, CompleteSecondFactor{101}));
  EXPECT_EQ(recognised(wanted.token_digest).person, mara.person);
}

TEST_F(SignInTest, AcceptsACodeOnce) {
  given_second_factor();
  const SignIn first = command(true);
  const SignIn second = command(true);
  must(sign(first));
  must(sign(second));
  expect_error(act(complete_second_factor, recognised(first.token_digest), CompleteSecondFactor{100}), Errc::invalid,
               "code");
  must(act(complete_second_factor, recognised(first.token_digest), CompleteSecondFactor{101}));
  expect_error(act(complete_second_factor, recognised(second.token_digest), CompleteSecondFactor{101}), Errc::invalid);
}

TEST_F(SignInTest, KeepsAConfirmedSecretFromBeingReplaced) {
  given_second_factor();
  expect_error(act(set_totp, mara, SetTotp{"another"}), Errc::conflict);
  must(act(remove_totp, mara, RemoveTotp{mara.person}));
  must(act(set_totp, mara, SetTotp{"another"}));
}

TEST_F(SignInTest, LetsNobodyElseRemoveASecondFactorButTheSystem) {
  given_second_factor();
  expect_error(act(remove_totp, admin, RemoveTotp{mara.person}), Errc::not_allowed);
  must(act(remove_totp, system_actor(), RemoveTotp{mara.person}));
  EXPECT_FALSE(must(sign(command())).second_factor_due);
}

TEST_F(SignInTest, SignsOutOnceAndTellsLiveConnections) {
  must(write([&](Tx& tx) { return sign_out(tx, mara); }));
  must(write([&](Tx& tx) { return sign_out(tx, mara); }));
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(events_of<SessionsEnded>()[0].sessions, std::vector{*mara.session});
}

TEST_F(SignInTest, EndsEveryOtherSessionWithANewPassword) {
  const Actor elsewhere = signed_in(mara.person);
  must(act(change_password, mara, ChangePassword{mara.person, "hash of Mara", "new hash"}));
  EXPECT_EQ(recognised_again(mara).person, mara.person);
  expect_error(look([&](const Snapshot& now) { return recognise_session_again(now, *elsewhere.session, clock.now()); }),
               Errc::not_signed_in);
}

TEST_F(SignInTest, RefusesAPasswordThatWasCheckedAgainstAnOldOne) {
  expect_error(act(change_password, mara, ChangePassword{mara.person, "older hash", "new hash"}), Errc::conflict);
}

TEST_F(SignInTest, LetsOnlyHerselfAndTheSystemChangeHerPassword) {
  expect_error(act(change_password, admin, ChangePassword{mara.person, "hash of Mara", "new"}), Errc::not_allowed);
  must(act(change_password, system_actor(), ChangePassword{mara.person, "", "reset"}));
  expect_error(look([&](const Snapshot& now) { return recognise_session_again(now, *mara.session, clock.now()); }),
               Errc::not_signed_in);
}

}  // namespace
}  // namespace kith
