#include "conversations/write_message.h"

#include "conversations/attachments.h"
#include "conversations/edit_entry.h"
#include "conversations/topics.h"
#include "people/colleagues.h"
#include "people/merge_people.h"
#include "people/test_house.h"

namespace kith {
namespace {

class WriteMessageTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    conversation = thread_of(anna).own.id;
    events.clear();
  }
  WriteMessage words(std::string text) {
    return {.id = new_id<EntryId>(), .conversation = conversation, .text = std::move(text)};
  }
  Entry say(const Actor& actor, std::string text) { return must(act(write_message, actor, words(std::move(text)))); }
  Attachment given_attachment(const Actor& actor) {
    const AttachmentId id = new_id<AttachmentId>();
    must(act(begin_attachment, actor, BeginAttachment{id, conversation, "a.txt", "", 3}));
    return must(act(finish_attachment, actor, FinishAttachment{id, sha256("abc"), 3, "abc"}));
  }
  Actor anna, mara;
  ConversationId conversation;
};

TEST_F(WriteMessageTest, KeepsWhatTheVisitorSaysWordForWord) {
  WriteMessage command = words("  Hello,\n\tI have a question: 🙂 ");
  command.conversation.reset();
  const Entry entry = must(act(write_message, anna, command));
  EXPECT_EQ(entry.text, command.text);
  EXPECT_EQ(entry.strand, conversation);
  EXPECT_EQ(entry.author.kind, AuthorKind::customer);
  EXPECT_EQ(entry.author.person, anna.person);
  EXPECT_EQ(must(look([&](const Snapshot& now) { return now.entries().find(entry.id); })), entry);
}

TEST_F(WriteMessageTest, KeepsTheSameEntryWhenTheClientRepeats) {
  const WriteMessage command = words("hello");
  const Entry first = must(act(write_message, anna, command));
  EXPECT_EQ(must(act(write_message, anna, command)), first);
  EXPECT_EQ(events_of<EntryAdded>().size(), 1U);
}

TEST_F(WriteMessageTest, KnowsARepeatEvenAfterAnEdit) {
  const WriteMessage command = words("helo");
  must(act(write_message, anna, command));
  must(act(edit_entry, anna, EditEntry{new_id<ActId>(), command.id, "hello"}));
  EXPECT_EQ(must(act(write_message, anna, command)).text, "hello");
}

TEST_F(WriteMessageTest, RefusesAnIdThatBelongsToOtherWordsOrAnotherAuthor) {
  const WriteMessage command = words("hello");
  must(act(write_message, anna, command));
  WriteMessage other = command;
  other.text = "good-bye";
  expect_error(act(write_message, anna, other), Errc::conflict);
  expect_error(act(write_message, mara, command), Errc::conflict);
  const Actor bela = given_visitor();
  other = command;
  other.conversation.reset();
  expect_error(act(write_message, bela, other), Errc::conflict);
  EXPECT_EQ(events_of<EntryAdded>().size(), 1U);
}

TEST_F(WriteMessageTest, RefusesAnIdThatBelongsToAnotherConversation) {
  WriteMessage command = words("hello");
  must(act(write_message, mara, command));
  command.conversation = thread_of(given_visitor()).own.id;
  expect_error(act(write_message, mara, command), Errc::conflict);
}

TEST_F(WriteMessageTest, TellsOfTheFirstContactAndOfWaiting) {
  say(anna, "hello");
  say(anna, "are you there?");
  const auto changed = events_of<ConversationChanged>();
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].thread.own.waiting_since, clock.now());
  EXPECT_EQ(changed[0].thread.own.last_entry, events_of<EntryAdded>()[0].entry.seq);
}

TEST_F(WriteMessageTest, WaitsSinceTheOldestUnansweredWord) {
  const Time first = clock.now();
  say(anna, "hello");
  clock.advance(std::chrono::minutes(3));
  say(anna, "hello?");
  EXPECT_EQ(thread_of(anna).own.waiting_since, first);
}

TEST_F(WriteMessageTest, StopsWaitingWithAColleaguesWord) {
  say(anna, "hello");
  events.clear();
  say(mara, "Hello Anna");
  EXPECT_EQ(thread_of(anna).own.waiting_since, std::nullopt);
  ASSERT_EQ(events_of<ConversationChanged>().size(), 1U);
  say(mara, "How can I help?");
  EXPECT_EQ(events_of<ConversationChanged>().size(), 1U);
}

TEST_F(WriteMessageTest, DoesNotMakeThanksWait) {
  WriteMessage thanks = words("thank you!");
  thanks.kind = EntryKind::thanks;
  must(act(write_message, anna, thanks));
  EXPECT_EQ(thread_of(anna).own.waiting_since, std::nullopt);
}

TEST_F(WriteMessageTest, LetsNoMachineEndWaiting) {
  say(anna, "hello");
  const Entry entry = say(program(kWriteEntries), "Your parcel has left.");
  EXPECT_EQ(entry.author.kind, AuthorKind::machine);
  EXPECT_EQ(entry.author.machine, "till 2.1");
  EXPECT_EQ(entry.author.person, std::nullopt);
  EXPECT_TRUE(thread_of(anna).own.waiting_since);
}

TEST_F(WriteMessageTest, ProvesAColleagueByHerSession) {
  const Entry entry = say(mara, "hello");
  EXPECT_EQ(entry.author.kind, AuthorKind::colleague);
  EXPECT_EQ(entry.author.session, mara.session);
}

TEST_F(WriteMessageTest, RefusesAColleagueWhoseSessionEndedMeanwhile) {
  must(act(end_colleague, admin, EndColleague{mara.person}));
  expect_error(act(write_message, mara, words("one more thing")), Errc::not_signed_in);
}

TEST_F(WriteMessageTest, RefusesAColleagueWhoseSessionRanOutMeanwhile) {
  clock.advance(std::chrono::hours(2400));
  expect_error(act(write_message, mara, words("one more thing")), Errc::not_signed_in);
}

TEST_F(WriteMessageTest, RefusesProgramsWithoutTheRightAndNobody) {
  expect_error(act(write_message, program(kReadConversations), words("x")), Errc::not_allowed);
  expect_error(act(write_message, Actor{}, words("x")), Errc::not_signed_in);
  expect_error(act(write_message, system_actor(), words("x")), Errc::not_allowed);
}

TEST_F(WriteMessageTest, HidesAStrangersConversation) {
  expect_error(act(write_message, given_visitor(), words("x")), Errc::not_found);
  WriteMessage nowhere = words("x");
  nowhere.conversation = new_id<ConversationId>();
  expect_error(act(write_message, mara, nowhere), Errc::not_found);
  nowhere.conversation.reset();
  expect_error(act(write_message, mara, nowhere), Errc::invalid, "conversation");
}

TEST_F(WriteMessageTest, RefusesWhatIsNoText) {
  expect_error(act(write_message, anna, words("")), Errc::invalid, "text");
  expect_error(act(write_message, anna, words(" \n\t ")), Errc::invalid, "text");
  expect_error(act(write_message, anna, words("a\xc3")), Errc::invalid, "text");
  expect_error(act(write_message, anna, words(std::string("a\0b", 3))), Errc::invalid, "text");
  expect_error(act(write_message, anna, words("a\x1b[31m")), Errc::invalid, "text");
  EXPECT_TRUE(events.empty());
}

TEST_F(WriteMessageTest, TakesExactlyFiftyThousandCharactersOfAnySize) {
  std::string longest;
  for (std::size_t i = 0; i < kLongestMessage; ++i) longest += "é";
  say(anna, longest);
  expect_error(act(write_message, anna, words(longest + "x")), Errc::invalid, "text");
}

TEST_F(WriteMessageTest, LeavesNotesToBothToColleagues) {
  WriteMessage note = words("Agreed on Friday.");
  note.kind = EntryKind::note_to_both;
  expect_error(act(write_message, anna, note), Errc::invalid, "kind");
  must(act(write_message, mara, note));
  note.id = new_id<EntryId>();
  note.kind = EntryKind::notice;
  expect_error(act(write_message, mara, note), Errc::invalid, "kind");
}

TEST_F(WriteMessageTest, CarriesFilesWithoutWords) {
  WriteMessage command = words("");
  command.attachments = {given_attachment(anna).id};
  EXPECT_EQ(must(act(write_message, anna, command)).attachments, command.attachments);
}

TEST_F(WriteMessageTest, RefusesFilesThatAreNotHersOrNotCompletelyThere) {
  WriteMessage command = words("look");
  const auto write_with = [&](const Actor& actor, std::vector<AttachmentId> files) {
    command.attachments = std::move(files);
    return act(write_message, actor, command);
  };
  const AttachmentId of_mara = given_attachment(mara).id;
  const AttachmentId mine = given_attachment(anna).id;
  const AttachmentId half = new_id<AttachmentId>();
  must(act(begin_attachment, anna, BeginAttachment{half, conversation, "b.txt", "", 3}));
  expect_error(write_with(anna, {of_mara}), Errc::invalid, "attachments");
  expect_error(write_with(anna, {half}), Errc::invalid, "attachments");
  expect_error(write_with(anna, {new_id<AttachmentId>()}), Errc::invalid, "attachments");
  expect_error(write_with(anna, {mine, mine}), Errc::invalid, "attachments");
  expect_error(write_with(anna, std::vector<AttachmentId>(kMostAttachments + 1, mine)), Errc::invalid, "attachments");
  must(write_with(anna, {mine}));
}

TEST_F(WriteMessageTest, CarriesNoFileOfOneCustomerToAnother) {
  WriteMessage command = words("look");
  command.attachments = {given_attachment(mara).id};
  command.conversation = thread_of(given_visitor()).own.id;
  expect_error(act(write_message, mara, command), Errc::invalid, "attachments");
}

TEST_F(WriteMessageTest, AnswersTheTopicsItNames) {
  const Entry question = say(anna, "Where is my parcel?");
  const TopicId topic = new_id<TopicId>();
  must(act(create_topic, mara, CreateTopic{topic, conversation, "the parcel", {question.id}}));
  WriteMessage answer = words("It comes tomorrow.");
  answer.topics = {topic};
  must(act(write_message, mara, answer));
  const auto stored = [&] { return must(look([&](const Snapshot& now) { return now.topics().find(topic); })); };
  EXPECT_EQ(stored().state, TopicState::answered);
  EXPECT_EQ(stored().entries, (std::vector{question.id, answer.id}));

  WriteMessage again = words("It did not come.");
  again.topics = {topic};
  must(act(write_message, anna, again));
  EXPECT_EQ(stored().state, TopicState::waiting_for_us);
}

TEST_F(WriteMessageTest, RefusesTopicsOfOtherConversations) {
  const Actor bela = given_visitor();
  const TopicId topic = new_id<TopicId>();
  must(act(create_topic, mara, CreateTopic{topic, thread_of(bela).own.id, "hers", {}}));
  WriteMessage command = words("x");
  command.topics = {topic};
  expect_error(act(write_message, anna, command), Errc::invalid, "topics");
  EXPECT_TRUE(events_of<EntryAdded>().empty());
}

TEST_F(WriteMessageTest, WritesIntoTheThreadThatAMergeMade) {
  const Actor by_mail = given_visitor();
  const ConversationId strand = thread_of(by_mail).own.id;
  WriteMessage mail{.id = new_id<EntryId>(), .text = "hello by mail"};
  must(act(write_message, by_mail, mail));
  const MergeId merge = new_id<MergeId>();
  must(act(merge_people, mara, MergePeople{merge, by_mail.person, anna.person, ""}));
  WriteMessage answer = words("Hello Anna");
  answer.conversation = strand;
  EXPECT_EQ(must(act(write_message, mara, answer)).strand, conversation);
  EXPECT_EQ(thread_of(anna).own.waiting_since, std::nullopt);
  must(act(undo_merge, mara, UndoMerge{merge}));
  EXPECT_EQ(thread_of(by_mail).own.waiting_since, std::nullopt) << "it was answered while both were one";
}

}  // namespace
}  // namespace kith
