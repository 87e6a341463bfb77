#include "conversations/asks.h"

#include "people/merge_people.h"
#include "people/persons.h"
#include "people/test_house.h"

namespace kith {
namespace {

class AsksTest : public TestHouse {
 protected:
  void SetUp() override { anna = given_visitor(); }
  bool may_ask(const Actor& actor, const std::string& field) {
    return must(act(ask_once, actor, AskOnce{{}, field})).may_ask;
  }
  void answer(const Actor& actor, const std::string& field, AskState state = AskState::answered) {
    must(act(answer_ask, actor, AnswerAsk{{}, field, state}));
  }
  Actor anna;
};

TEST_F(AsksTest, IsTheSameAskUntilItIsAnswered) {
  EXPECT_TRUE(may_ask(anna, "colour"));
  EXPECT_TRUE(may_ask(anna, "colour"));
  answer(anna, "colour");
  EXPECT_FALSE(may_ask(anna, "colour"));
}

TEST_F(AsksTest, TakesNoForAnAnswer) {
  may_ask(anna, "colour");
  answer(anna, "colour", AskState::declined);
  EXPECT_FALSE(may_ask(anna, "colour"));
  answer(anna, "colour");
  EXPECT_EQ(must(act(answer_ask, anna, AnswerAsk{{}, "colour", AskState::declined})).state, AskState::answered);
}

TEST_F(AsksTest, NeverAsksWhatIsKnownAnyway) {
  must(act(rename_person, anna, RenamePerson{anna.person, "Anna", {}, {}}));
  EXPECT_FALSE(may_ask(anna, "called"));
  EXPECT_TRUE(may_ask(anna, "reply_address"));
  must(act(claim_identity, anna, ClaimIdentity{new_id<IdentityId>(), anna.person, IdentityKind::email, "a@b.de"}));
  EXPECT_FALSE(may_ask(anna, "reply_address"));
}

TEST_F(AsksTest, RemembersAnswersThroughAMerge) {
  const Actor by_mail = given_visitor();
  may_ask(by_mail, "colour");
  answer(by_mail, "colour");
  must(act(merge_people, admin, MergePeople{new_id<MergeId>(), by_mail.person, anna.person, ""}));
  EXPECT_FALSE(may_ask(anna, "colour"));
}

TEST_F(AsksTest, RemembersOfBothWhatBothAnsweredWhenTheyAreTakenApart) {
  const Actor by_mail = given_visitor();
  answer(by_mail, "colour");
  const MergePeople merge{new_id<MergeId>(), by_mail.person, anna.person, ""};
  must(act(merge_people, admin, merge));
  answer(anna, "colour");
  must(act(undo_merge, admin, UndoMerge{merge.id}));
  EXPECT_FALSE(may_ask(anna, "colour"));
  EXPECT_FALSE(may_ask(by_mail, "colour"));
}

TEST_F(AsksTest, RefusesOddFieldsAndStates) {
  expect_error(act(ask_once, anna, AskOnce{{}, "Your Number"}), Errc::invalid, "field");
  expect_error(act(answer_ask, anna, AnswerAsk{{}, "colour", AskState::asked}), Errc::invalid, "state");
}

}  // namespace
}  // namespace kith
