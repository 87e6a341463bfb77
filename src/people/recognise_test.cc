#include "people/recognise.h"

#include "people/api_tokens.h"
#include "people/colleagues.h"
#include "people/second_factor.h"
#include "people/test_house.h"

namespace kith {
namespace {

class RecogniseTest : public TestHouse {
 protected:
  Result<Actor> see(const Digest& token) {
    return look([&](const Snapshot& now) { return recognise_session(now, token, clock.now()); });
  }
  Result<Actor> see_program(const Digest& token) {
    return look([&](const Snapshot& now) { return recognise_program(now, token, clock.now()); });
  }
};

TEST_F(RecogniseTest, KnowsNobodyByAnUnknownToken) {
  expect_error(see(sha256("guess")), Errc::not_signed_in);
}

TEST_F(RecogniseTest, EndsWithTheSession) {
  const StartVisit command = visit();
  must(act(start_visit, Actor{}, command));
  clock.advance(std::chrono::hours(2400));
  expect_error(see(command.token_digest), Errc::not_signed_in);
}

TEST_F(RecogniseTest, TellsARevokedSessionNothing) {
  const StartVisit command = visit();
  must(act(start_visit, Actor{}, command));
  const Actor visitor = recognised(command.token_digest);
  must(write([&](Tx& tx) { return sign_out(tx, visitor); }));
  expect_error(see(command.token_digest), Errc::not_signed_in);
}

TEST_F(RecogniseTest, GivesAColleagueTheRightsOfThisMoment) {
  EXPECT_TRUE(admin.is_admin);
  EXPECT_TRUE(admin.is_leader);
  const Actor mara = given_colleague("Mara");
  EXPECT_FALSE(mara.is_leader);
  must(act(grant_role, admin, GrantRole{new_id<RoleId>(), mara.person, RoleKind::leader, {}}));
  EXPECT_TRUE(recognised_again(mara).is_leader);
}

TEST_F(RecogniseTest, TurnsAwayAColleagueWhoHasLeftTheTeam) {
  const Actor mara = given_colleague("Mara");
  must(act(end_colleague, admin, EndColleague{mara.person}));
  expect_error(look([&](const Snapshot& now) { return recognise_session_again(now, *mara.session, clock.now()); }),
               Errc::not_signed_in);
}

TEST_F(RecogniseTest, KnowsAColleagueWhenTheClockWasSetBackToBeforeSheCame) {
  const Actor mara = given_colleague("Mara");
  const Time before = clock.now() - std::chrono::hours(25);
  const auto known = look([&](const Snapshot& now) { return recognise_session_again(now, *mara.session, before); });
  EXPECT_EQ(must(known).person, mara.person);
}

TEST_F(RecogniseTest, TurnsAwayWhoeverHoldsNoRoleEvenWithASessionThatIsOpen) {
  const Actor mara = given_colleague("Mara");
  must(write([&](Tx& tx) -> Result<void> {
    KITH_TRY(const auto roles, tx.people().roles(mara.person));
    for (Role role : roles) {
      role.until = tx.now();
      KITH_CHECK(tx.people().save_role(role));
    }
    return {};
  }));
  expect_error(look([&](const Snapshot& now) { return recognise_session_again(now, *mara.session, clock.now()); }),
               Errc::not_signed_in);
}

TEST_F(RecogniseTest, KnowsAProgramByItsTokenUntilItIsRevoked) {
  const ApiTokenId id = new_id<ApiTokenId>();
  const Digest token = new_token();
  must(act(create_api_token, admin,
           CreateApiToken{id, "till 2.1", token, kWriteEntries, clock.now() + std::chrono::hours(1)}));
  const Actor till = must(see_program(token));
  EXPECT_EQ(till.kind, ActorKind::program);
  EXPECT_EQ(till.scopes, kWriteEntries);
  EXPECT_EQ(till.program_name, "till 2.1");
  must(act(revoke_api_token, admin, RevokeApiToken{id}));
  expect_error(see_program(token), Errc::not_signed_in);
}

TEST_F(RecogniseTest, KnowsAProgramOnlyUntilItsTokenExpires) {
  const Digest token = new_token();
  must(act(create_api_token, admin,
           CreateApiToken{new_id<ApiTokenId>(), "till", token, kReadPeople, clock.now() + std::chrono::hours(1)}));
  clock.advance(std::chrono::hours(1));
  expect_error(see_program(token), Errc::not_signed_in);
}

}  // namespace
}  // namespace kith
