#include "conversations/handovers.h"

#include "conversations/desk_test_house.h"
#include "people/colleagues.h"

namespace kith {
namespace {

class HandoverTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    say(anna, "hello");
    say(mara, "good morning");
    events.clear();
  }
  OfferHandover offer(const Actor& to) { return {new_id<HandoverId>(), conversation, to.person, "she is patient"}; }
  std::size_t open(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return list_handovers(now, actor, 99); })).size();
  }
};

TEST_F(HandoverTest, ChangesNothingUntilTheOtherAccepts) {
  const OfferHandover command = offer(nils);
  const Handover offered = must(act(offer_handover, mara, command)).thing;
  EXPECT_EQ(offered.state, HandoverState::offered);
  EXPECT_EQ(view(mara, conversation).companions, std::vector{mara.person});
  EXPECT_EQ(must(act(offer_handover, mara, command)).thing, offered) << "a repeat is the same offer";
  EXPECT_EQ(open(mara), 1U);
  EXPECT_EQ(open(nils), 1U);
  EXPECT_EQ(open(admin), 0U);
  must(act(accept_handover, nils, AnswerHandover{offered.id}));
  EXPECT_EQ(view(mara, conversation).companions, (std::vector{nils.person, mara.person}));
  EXPECT_EQ(open(nils), 0U);
  EXPECT_EQ(view(mara, conversation).handovers.at(0).state, HandoverState::accepted);
}

TEST_F(HandoverTest, IsToldToTheDeskAndNeverToTheCustomer) {
  must(act(offer_handover, mara, offer(nils)));
  for (const Actor& actor : {mara, nils, admin}) EXPECT_EQ(seen_by<HandoverChanged>(actor).size(), 1U);
  EXPECT_TRUE(seen_by<HandoverChanged>(anna).empty());
  EXPECT_TRUE(view(anna).handovers.empty());
  EXPECT_TRUE(bodies<HandoverChanged>(anna, caught_up(anna, 0)).empty());
  EXPECT_EQ(bodies<HandoverChanged>(nils, caught_up(nils, 0)).size(), 1U);
}

TEST_F(HandoverTest, IsAnsweredByItsReceiverAndTakenBackByItsGiver) {
  const HandoverId first = must(act(offer_handover, mara, offer(nils))).thing.id;
  expect_error(act(accept_handover, mara, AnswerHandover{first}), Errc::not_allowed);
  expect_error(act(decline_handover, admin, AnswerHandover{first}), Errc::not_allowed);
  expect_error(act(take_back_handover, nils, AnswerHandover{first}), Errc::not_allowed);
  must(act(decline_handover, nils, AnswerHandover{first}));
  must(act(decline_handover, nils, AnswerHandover{first}));
  expect_error(act(accept_handover, nils, AnswerHandover{first}), Errc::conflict);
  const HandoverId second = must(act(offer_handover, mara, offer(nils))).thing.id;
  must(act(take_back_handover, mara, AnswerHandover{second}));
  expect_error(act(accept_handover, nils, AnswerHandover{second}), Errc::conflict);
  EXPECT_EQ(view(mara, conversation).companions, std::vector{mara.person});
}

TEST_F(HandoverTest, AsksOneColleagueOfTheTeamAtATime) {
  expect_error(act(offer_handover, mara, offer(mara)), Errc::invalid, "to");
  expect_error(act(offer_handover, mara, offer(anna)), Errc::invalid, "to");
  must(act(offer_handover, mara, offer(nils)));
  expect_error(act(offer_handover, mara, offer(admin)), Errc::conflict);
  expect_error(act(offer_handover, anna, offer(nils)), Errc::not_allowed);
}

TEST_F(HandoverTest, IsReadThroughJoinedStrands) {
  const Handover offered = must(act(offer_handover, mara, offer(nils))).thing;
  const Actor bela = given_visitor();
  say(bela, "hello", thread_of(bela).own.id);
  join(anna, bela);
  EXPECT_EQ(view(mara, thread_of(bela).own.id).handovers.size(), 1U);
  EXPECT_EQ(must(act(accept_handover, nils, AnswerHandover{offered.id})).conversation, thread_of(bela).own.id);
  EXPECT_EQ(view(mara, thread_of(bela).own.id).companions.at(0), nils.person);
}

}  // namespace
}  // namespace kith
