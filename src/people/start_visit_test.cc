#include "people/start_visit.h"

#include "people/merge_people.h"
#include "people/test_house.h"

namespace kith {
namespace {

class StartVisitTest : public TestHouse {
 protected:
  static HostIdentity anna() { return {"shop.example", "anna-1", "Anna", "Anna@Mail.example", true}; }
  static HostIdentity bela() { return {"shop.example", "bela-2", "Bela", "", false}; }
  Visit start(const Actor& actor, std::optional<HostIdentity> host = {}) {
    return must(act(start_visit, actor, visit(std::move(host))));
  }
  std::vector<Identity> identities(PersonId id) {
    return must(look([&](const Snapshot& now) { return now.identities().identities_of(id); }));
  }
};

TEST_F(StartVisitTest, MakesAPersonWithOneConversationAndTheRoleOfACustomer) {
  const Visit first = start({});
  EXPECT_EQ(first.thread.own.person, first.person.id);
  EXPECT_EQ(first.thread.strands, std::vector{first.thread.own.id});
  const auto roles = must(look([&](const Snapshot& now) { return now.people().roles(first.person.id); }));
  ASSERT_EQ(roles.size(), 1U);
  EXPECT_EQ(roles[0].kind, RoleKind::customer);
}

TEST_F(StartVisitTest, GivesTheSameAnswerToARepeat) {
  const StartVisit command = visit();
  const Visit first = must(act(start_visit, Actor{}, command));
  const Visit again = must(act(start_visit, Actor{}, command));
  EXPECT_EQ(again.person, first.person);
  EXPECT_EQ(again.session, first.session);
}

TEST_F(StartVisitTest, RefusesAnIdThatBelongsToAnotherSecret) {
  StartVisit command = visit();
  must(act(start_visit, Actor{}, command));
  command.token_digest = new_token();
  expect_error(act(start_visit, Actor{}, command), Errc::conflict);
}

TEST_F(StartVisitTest, KeepsAKnownVisitorWhoSheIs) {
  const Actor visitor = given_visitor();
  EXPECT_EQ(start(visitor).person.id, visitor.person);
}

TEST_F(StartVisitTest, RefusesAnUnknownInboxAndAPastDate) {
  StartVisit command = visit();
  command.inbox = new_id<InboxId>();
  expect_error(act(start_visit, Actor{}, command), Errc::not_found);
  command = visit();
  command.expires_at = clock.now();
  expect_error(act(start_visit, Actor{}, command), Errc::invalid, "expires_at");
}

TEST_F(StartVisitTest, ConfirmsTheIdentityOfTheHostForTheVisitorOfTheDevice) {
  const Actor visitor = given_visitor();
  const Visit known = start(visitor, anna());
  EXPECT_EQ(known.person.id, visitor.person);
  EXPECT_EQ(known.person.called, "Anna");
  const auto hers = identities(known.person.id);
  ASSERT_EQ(hers.size(), 2U);
  EXPECT_EQ(hers[0].value, "shop.example|anna-1");
  EXPECT_EQ(hers[0].state, IdentityState::confirmed);
  EXPECT_EQ(hers[1].value, "anna@mail.example");
}

TEST_F(StartVisitTest, EndsEarlierSessionsWhenAnIdentityIsGivenToThem) {
  const Actor planted = given_visitor();
  start(planted, anna());
  expect_error(look([&](const Snapshot& now) { return recognise_session_again(now, *planted.session, clock.now()); }),
               Errc::not_signed_in);
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(events_of<SessionsEnded>()[0].sessions, std::vector{*planted.session});
}

TEST_F(StartVisitTest, FindsTheSamePersonOnAnotherDevice) {
  const Visit at_home = start({}, anna());
  EXPECT_EQ(start({}, anna()).person.id, at_home.person.id);
}

TEST_F(StartVisitTest, SwitchesToTheOneTheHostKnowsAndLeavesTheAnonymousOneAlone) {
  const Visit known = start({}, anna());
  const Actor anonymous = given_visitor();
  const Visit visit = start(anonymous, anna());
  EXPECT_EQ(visit.person.id, known.person.id);
  EXPECT_EQ(visit.thread.strands, known.thread.strands);
}

TEST_F(StartVisitTest, NeverGivesOneHumansStoryToTheNextOneOnTheSameDevice) {
  const StartVisit first = visit(anna());
  const Visit of_anna = must(act(start_visit, Actor{}, first));
  const Visit of_bela = start(recognised(first.token_digest), bela());
  EXPECT_NE(of_bela.person.id, of_anna.person.id);
  EXPECT_EQ(of_bela.person.called, "Bela");
}

TEST_F(StartVisitTest, KeepsTheNameSheChoseHerself) {
  const StartVisit first = visit(anna());
  const Visit before = must(act(start_visit, Actor{}, first));
  HostIdentity renamed = anna();
  renamed.name = "Anna Maria von Beispiel";
  EXPECT_EQ(start({}, renamed).person.called, before.person.called);
}

TEST_F(StartVisitTest, StaysWithTheDevicesOwnPersonWhileAMergeStands) {
  const Actor device = given_visitor();
  const Actor other = given_visitor();
  const MergeId merge = new_id<MergeId>();
  must(act(merge_people, admin, MergePeople{merge, device.person, other.person, "same human"}));
  const StartVisit again = visit();
  EXPECT_EQ(must(act(start_visit, recognised_again(device), again)).person.id, other.person);
  must(act(undo_merge, admin, UndoMerge{merge}));
  EXPECT_EQ(recognised(again.token_digest).person, device.person);
}

TEST_F(StartVisitTest, RefusesAnIssuerThatCouldBeReadTwoWays) {
  HostIdentity odd = anna();
  odd.issuer = "shop|example";
  expect_error(act(start_visit, Actor{}, visit(odd)), Errc::invalid);
}

}  // namespace
}  // namespace kith
