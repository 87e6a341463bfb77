#include "conversations/topics.h"

#include "conversations/write_message.h"
#include "people/test_house.h"

namespace kith {
namespace {

class TopicsTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    conversation = thread_of(anna).own.id;
    question = say(anna, "Three questions ...").id;
    events.clear();
  }
  Entry say(const Actor& actor, std::string text) {
    return must(act(write_message, actor,
                    WriteMessage{.id = new_id<EntryId>(), .conversation = conversation, .text = std::move(text)}));
  }
  CreateTopic about(std::string title, std::vector<EntryId> entries = {}) {
    return {new_id<TopicId>(), conversation, std::move(title), std::move(entries)};
  }
  Topic given_topic() { return must(act(create_topic, mara, about("the parcel", {question}))); }
  Result<Topic> move_to(TopicId topic, TopicState to, std::optional<Time> until = {}) {
    return act(move_topic, mara, MoveTopic{topic, to, until});
  }
  Time tomorrow() { return clock.now() + std::chrono::hours(24); }
  Actor anna, mara;
  ConversationId conversation;
  EntryId question;
};

TEST_F(TopicsTest, SplitsOneMessageIntoThreeThatEachWait) {
  for (const char* title : {"parcel", "invoice", "address"})
    EXPECT_EQ(must(act(create_topic, mara, about(title, {question}))).state, TopicState::waiting_for_us);
  EXPECT_EQ(events_of<TopicChanged>().size(), 3U);
}

TEST_F(TopicsTest, IsCreatedOnceHoweverOftenItIsAsked) {
  CreateTopic command = about("parcel", {question});
  const Topic topic = must(act(create_topic, mara, command));
  EXPECT_EQ(must(act(create_topic, mara, command)), topic);
  EXPECT_EQ(events_of<TopicChanged>().size(), 1U);
  command.title = "invoice";
  expect_error(act(create_topic, mara, command), Errc::conflict);
}

TEST_F(TopicsTest, IsMadeByColleaguesFromEntriesOfThisConversation) {
  expect_error(act(create_topic, anna, about("mine")), Errc::not_allowed);
  expect_error(act(create_topic, given_visitor(), about("mine")), Errc::not_found);
  expect_error(act(create_topic, mara, about("x", {new_id<EntryId>()})), Errc::invalid, "entry");
  expect_error(act(create_topic, mara, about(" ")), Errc::invalid, "title");
}

TEST_F(TopicsTest, StaysWaitingUntilAnAnswerIsLinked) {
  const Topic topic = given_topic();
  const Entry answer = say(mara, "It comes tomorrow.");
  const LinkEntry link{topic.id, answer.id};
  EXPECT_EQ(must(act(link_entry, mara, link)).state, TopicState::answered);
  const auto so_far = events.size();
  must(act(link_entry, mara, link));
  EXPECT_EQ(events.size(), so_far);
  EXPECT_EQ(must(act(unlink_entry, mara, link)).entries, std::vector{question});
}

TEST_F(TopicsTest, IsSettledByTheCustomersWordAndMayReopen) {
  const Topic topic = given_topic();
  const Topic settled = must(act(settle_topic, anna, SettleTopic{topic.id, SettledBy::silence}));
  EXPECT_EQ(settled.settled_by, SettledBy::customer_word);
  EXPECT_EQ(must(act(settle_topic, mara, SettleTopic{topic.id})).changed_seq, settled.changed_seq);
  const Topic reopened = must(act(reopen_topic, anna, ReopenTopic{topic.id}));
  EXPECT_EQ(reopened.state, TopicState::open);
  EXPECT_EQ(reopened.settled_by, SettledBy::nobody);
  EXPECT_EQ(must(act(reopen_topic, anna, ReopenTopic{topic.id})).changed_seq, reopened.changed_seq);
}

TEST_F(TopicsTest, IsHiddenFromStrangers) {
  const Topic topic = given_topic();
  const Actor bela = given_visitor();
  expect_error(act(settle_topic, bela, SettleTopic{topic.id}), Errc::not_found);
  expect_error(act(reopen_topic, bela, ReopenTopic{topic.id}), Errc::not_found);
}

TEST_F(TopicsTest, MovesOnlyAlongItsTable) {
  const Topic topic = given_topic();
  expect_error(move_to(topic.id, TopicState::settled), Errc::invalid, "state");
  must(move_to(topic.id, TopicState::answered));
  expect_error(move_to(topic.id, TopicState::waiting_for_date, tomorrow()), Errc::conflict);
  must(act(settle_topic, mara, SettleTopic{topic.id, SettledBy::silence}));
  expect_error(move_to(topic.id, TopicState::answered), Errc::conflict);
  expect_error(act(move_topic, anna, MoveTopic{topic.id, TopicState::answered, {}}), Errc::not_allowed);
}

TEST_F(TopicsTest, WaitsForADateInTheFutureAndForNothingElseWithADate) {
  const Topic topic = given_topic();
  expect_error(move_to(topic.id, TopicState::waiting_for_date), Errc::invalid, "until");
  expect_error(move_to(topic.id, TopicState::waiting_for_date, clock.now()), Errc::invalid, "until");
  expect_error(move_to(topic.id, TopicState::waiting_for_you, tomorrow()), Errc::invalid, "until");
  EXPECT_EQ(must(move_to(topic.id, TopicState::waiting_for_date, tomorrow())).until, tomorrow());
  const Time later = tomorrow() + std::chrono::hours(24);
  EXPECT_EQ(must(move_to(topic.id, TopicState::waiting_for_date, later)).until, later);
  EXPECT_EQ(must(move_to(topic.id, TopicState::answered)).until, std::nullopt);
}

TEST_F(TopicsTest, WakesWhenItsDateHasCome) {
  const Topic topic = given_topic();
  must(move_to(topic.id, TopicState::waiting_for_date, tomorrow()));
  const auto wake = [&] { return must(act(wake_topics, system_actor(), std::size_t{10})); };
  EXPECT_EQ(wake(), 0U);
  clock.advance(std::chrono::hours(24));
  EXPECT_EQ(wake(), 1U);
  EXPECT_EQ(wake(), 0U);
  EXPECT_EQ(events_of<TopicChanged>().back().topic.state, TopicState::waiting_for_us);
  expect_error(act(wake_topics, mara, std::size_t{10}), Errc::not_allowed);
}

TEST_F(TopicsTest, TakesAnotherName) {
  const Topic topic = given_topic();
  EXPECT_EQ(must(act(rename_topic, mara, RenameTopic{topic.id, "the lost parcel"})).title, "the lost parcel");
  expect_error(act(rename_topic, anna, RenameTopic{topic.id, "x"}), Errc::not_allowed);
}

}  // namespace
}  // namespace kith
