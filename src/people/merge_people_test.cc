#include "people/merge_people.h"

#include "people/persons.h"
#include "people/test_house.h"

namespace kith {
namespace {

class MergePeopleTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    anna_by_mail = given_visitor();
    command = {new_id<MergeId>(), anna_by_mail.person, anna.person, "she said so"};
    events.clear();
  }
  ConversationId conversation_of(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return now.conversations().of_person(actor.person); })).id;
  }
  void given_word(PersonId person, std::string text) {
    must(write([&](Tx& tx) -> Result<void> {
      KITH_TRY(auto conversation, tx.conversations().of_person(person));
      const Seq seq = tx.next_seq();
      KITH_CHECK(tx.entries().add({.id = tx.new_id<EntryId>(),
                                   .seq = seq,
                                   .strand = conversation.id,
                                   .author = {.kind = AuthorKind::customer, .person = person},
                                   .text = std::move(text),
                                   .at = tx.now(),
                                   .changed_seq = seq}));
      KITH_TRY(conversation, tx.conversations().of_person(person));
      conversation.waiting_since = tx.now();
      return tx.conversations().save(conversation);
    }));
  }
  Actor anna, anna_by_mail;
  MergePeople command;
};

TEST_F(MergePeopleTest, ReadsBothStoriesAsOneConversation) {
  const auto strand = conversation_of(anna_by_mail);
  const MergeOutcome outcome = must(act(merge_people, admin, command));
  EXPECT_EQ(outcome.thread.own.person, anna.person);
  EXPECT_EQ(outcome.thread.strands, (std::vector{conversation_of(anna), strand}));
  EXPECT_EQ(recognised_again(anna_by_mail).person, anna.person);
}

TEST_F(MergePeopleTest, TellsThePersonWithANoticeThatIsNoHuman) {
  must(act(merge_people, admin, command));
  const auto told = events_of<EntryAdded>();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].entry.author.kind, AuthorKind::notice);
  EXPECT_FALSE(told[0].entry.author.machine.empty());
  EXPECT_EQ(told[0].entry.strand, conversation_of(anna));
}

TEST_F(MergePeopleTest, TellsBothConversationsAndTheLiveConnections) {
  must(act(merge_people, admin, command));
  const auto changed = events_of<ConversationChanged>();
  ASSERT_EQ(changed.size(), 2U);
  EXPECT_EQ(changed[0].thread.strands.size(), 2U);
  EXPECT_EQ(changed[1].person.merged_into, anna.person);
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(events_of<SessionsEnded>()[0].sessions, std::vector{*anna_by_mail.session});
}

TEST_F(MergePeopleTest, IsUndoneWithoutATrace) {
  const auto before = person(anna_by_mail.person);
  must(act(merge_people, admin, command));
  events.clear();
  const MergeOutcome undone = must(act(undo_merge, admin, UndoMerge{command.id}));
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(events_of<SessionsEnded>()[0].sessions, std::vector{*anna_by_mail.session});
  EXPECT_EQ(person(anna_by_mail.person), before);
  EXPECT_EQ(undone.thread.own.person, anna_by_mail.person);
  EXPECT_EQ(thread_of(anna).strands, std::vector{conversation_of(anna)});
  EXPECT_EQ(thread_of(anna_by_mail).strands, std::vector{conversation_of(anna_by_mail)});
}

TEST_F(MergePeopleTest, HappensOnceHoweverOftenItIsAsked) {
  must(act(merge_people, admin, command));
  const auto so_far = events.size();
  must(act(merge_people, admin, command));
  EXPECT_EQ(events.size(), so_far);
  MergePeople other = command;
  other.reason = "another reason";
  expect_error(act(merge_people, admin, other), Errc::conflict);
}

TEST_F(MergePeopleTest, IsUndoneOnce) {
  must(act(merge_people, admin, command));
  must(act(undo_merge, admin, UndoMerge{command.id}));
  const auto so_far = events.size();
  must(act(undo_merge, admin, UndoMerge{command.id}));
  EXPECT_EQ(events.size(), so_far);
}

TEST_F(MergePeopleTest, RefusesHerselfAndCircles) {
  expect_error(act(merge_people, admin, MergePeople{new_id<MergeId>(), anna.person, anna.person, ""}), Errc::invalid);
  must(act(merge_people, admin, command));
  expect_error(act(merge_people, admin, MergePeople{new_id<MergeId>(), anna.person, anna_by_mail.person, ""}),
               Errc::conflict);
}

TEST_F(MergePeopleTest, RefusesSomebodyInTheTeam) {
  expect_error(act(merge_people, admin, MergePeople{new_id<MergeId>(), admin.person, anna.person, ""}), Errc::conflict);
  expect_error(act(merge_people, admin, MergePeople{new_id<MergeId>(), anna.person, admin.person, ""}), Errc::conflict);
}

TEST_F(MergePeopleTest, IsDecidedByAHuman) {
  expect_error(act(merge_people, anna, command), Errc::not_allowed);
  expect_error(act(merge_people, program(kReadPeople | kManageSettings), command), Errc::not_allowed);
}

TEST_F(MergePeopleTest, WaitsSinceTheOlderWordAndForgetsNoneWhenUndone) {
  given_word(anna_by_mail.person, "hello by mail");
  const Time mailed = clock.now();
  clock.advance(std::chrono::minutes(5));
  must(act(merge_people, admin, command));
  EXPECT_EQ(thread_of(anna).own.waiting_since, mailed);
  must(act(undo_merge, admin, UndoMerge{command.id}));
  EXPECT_EQ(thread_of(anna).own.waiting_since, std::nullopt);
  EXPECT_EQ(thread_of(anna_by_mail).own.waiting_since, mailed);
}

TEST_F(MergePeopleTest, GoesThroughChainsAndComesBackLinkByLink) {
  const Actor third = given_visitor();
  const MergePeople onward{new_id<MergeId>(), anna.person, third.person, ""};
  must(act(merge_people, admin, command));
  must(act(merge_people, admin, onward));
  EXPECT_EQ(thread_of(anna_by_mail).strands.size(), 3U);
  must(act(undo_merge, admin, UndoMerge{command.id}));
  EXPECT_EQ(thread_of(anna_by_mail).strands.size(), 1U);
  EXPECT_EQ(thread_of(third).strands.size(), 2U);
  must(act(undo_merge, admin, UndoMerge{onward.id}));
  EXPECT_EQ(thread_of(third).strands.size(), 1U);
}

}  // namespace
}  // namespace kith
