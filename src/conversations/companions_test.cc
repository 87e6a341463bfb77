#include "conversations/companions.h"

#include "conversations/desk_test_house.h"
#include "conversations/notes.h"

namespace kith {
namespace {

class CompanionsTest : public DeskTest {
 protected:
  using People = std::vector<PersonId>;
  BringIn bring(const Actor& colleague) {
    return {new_id<NoteId>(), conversation, colleague.person, "you know this lamp best"};
  }
};

TEST_F(CompanionsTest, AreThoseWhoAnsweredTheLatestFirst) {
  say(anna, "hello");
  EXPECT_TRUE(view(mara, conversation).companions.empty());
  say(mara, "good morning");
  say(nils, "and from me");
  EXPECT_EQ(view(mara, conversation).companions, (People{nils.person, mara.person}));
  say(mara, "again");
  EXPECT_EQ(view(anna).companions, (People{mara.person, nils.person}));
}

TEST_F(CompanionsTest, AreToldToTheDeskAndTheCustomerWhenTheyChange) {
  say(anna, "hello");
  events.clear();
  say(mara, "good morning");
  say(mara, "how are you?");
  for (const Actor& actor : {mara, nils, anna}) EXPECT_EQ(seen_by<CompanionsChanged>(actor).size(), 1U);
  EXPECT_TRUE(seen_by<CompanionsChanged>(given_visitor()).empty());
}

TEST_F(CompanionsTest, AreCaughtUpOnOnceWithTheNewestState) {
  say(anna, "hello");
  const Seq before = newest();
  say(mara, "good morning");
  say(nils, "hello");
  const auto told = bodies<CompanionsChanged>(anna, caught_up(anna, before));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].companions, (People{nils.person, mara.person}));
}

TEST_F(CompanionsTest, AreReadThroughStrandsAndPartedAgainExactly) {
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  say(anna, "hello");
  say(bela, "hello", other);
  say(mara, "good morning");
  say(nils, "good morning", other);
  const Merge merge = join(bela, anna);
  EXPECT_EQ(view(mara, conversation).companions, (People{nils.person, mara.person}));
  take_apart(merge);
  EXPECT_EQ(view(mara, conversation).companions, People{mara.person});
  EXPECT_EQ(view(mara, other).companions, People{nils.person});
}

TEST_F(CompanionsTest, BringInMakesHerACompanionWithANoteThatMentionsHer) {
  say(anna, "hello");
  events.clear();
  const BringIn command = bring(nils);
  const BroughtIn brought = must(act(bring_in, mara, command));
  EXPECT_EQ(brought.companions, People{nils.person});
  EXPECT_EQ(brought.note.mentions, People{nils.person});
  EXPECT_EQ(brought.note.about, anna.person);
  EXPECT_EQ(seen_by<NoteChanged>(nils).size(), 1U);
  EXPECT_TRUE(seen_by<NoteChanged>(anna).empty());
  events.clear();
  EXPECT_EQ(must(act(bring_in, mara, command)).note, brought.note);
  EXPECT_TRUE(events.empty());
}

TEST_F(CompanionsTest, BringInIsForTheTeamAndForColleaguesInIt) {
  say(anna, "hello");
  expect_error(act(bring_in, anna, bring(nils)), Errc::not_allowed);
  expect_error(act(bring_in, mara, bring(given_visitor())), Errc::invalid, "colleague");
  BringIn empty = bring(nils);
  empty.words = "  ";
  expect_error(act(bring_in, mara, empty), Errc::invalid, "words");
  EXPECT_TRUE(view(mara, conversation).companions.empty());
}

TEST_F(CompanionsTest, MentionsAreListedForWhomTheyMeanNewestFirst) {
  must(act(bring_in, mara, bring(nils)));
  const WriteNote second{new_id<NoteId>(), anna.person, "and this", {nils.person, mara.person}};
  must(act(write_note, mara, second));
  auto mentions = [&](const Actor& actor, ListMentions query) {
    return must(look([&](const Snapshot& now) { return list_mentions(now, actor, query); }));
  };
  const MentionPage newest_one = mentions(nils, {.limit = 1});
  ASSERT_EQ(newest_one.mentions.size(), 1U);
  EXPECT_EQ(newest_one.mentions[0].note.id, second.id);
  EXPECT_EQ(newest_one.mentions[0].conversation, conversation);
  ASSERT_TRUE(newest_one.next);
  EXPECT_EQ(mentions(nils, {.before = newest_one.next}).mentions.size(), 1U);
  EXPECT_EQ(mentions(mara, {}).mentions.size(), 1U);
  must(act(take_back_note, mara, TakeBackNote{second.id}));
  EXPECT_TRUE(mentions(mara, {}).mentions.empty());
}

TEST_F(CompanionsTest, AreHeardOfInHerOwnStrandByWhoWasAwayWhileItWasJoined) {
  const Actor bela = given_visitor();
  say(mara, "hello Bela", thread_of(bela).own.id);
  const Seq left = newest();
  const Merge merge = join(bela, anna);
  say(mara, "hello Anna");  // first among the companions of both already
  take_apart(merge);
  const auto told = bodies<CompanionsChanged>(anna, caught_up(anna, left));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].companions, std::vector{mara.person});
}

TEST_F(CompanionsTest, MentionsAreOfTheTeamEachOnce) {
  auto mention = [&](std::vector<PersonId> people) {
    return act(write_note, mara, WriteNote{new_id<NoteId>(), anna.person, "look", std::move(people)});
  };
  expect_error(mention({anna.person}), Errc::invalid, "mentions");
  expect_error(mention({nils.person, nils.person}), Errc::invalid, "mentions");
  const WriteNote note{new_id<NoteId>(), anna.person, "look", {nils.person}};
  must(act(write_note, mara, note));
  WriteNote other = note;
  other.mentions = {mara.person};
  expect_error(act(write_note, mara, other), Errc::conflict);
}

TEST_F(CompanionsTest, ASecondAnswerIsHeldWhenAColleagueAnsweredMeanwhile) {
  const Entry hello = say(anna, "hello");
  WriteMessage hers{.id = new_id<EntryId>(), .conversation = conversation, .text = "good morning", .after = hello.seq};
  const Entry first = must(act(write_message, mara, hers));
  EXPECT_EQ(must(act(write_message, mara, hers)), first) << "a repeat is the same entry";
  WriteMessage his{.id = new_id<EntryId>(), .conversation = conversation, .text = "hello Anna", .after = hello.seq};
  expect_error(act(write_message, nils, his), Errc::answered_meanwhile);
  EXPECT_EQ(view(mara, conversation).thread.own.last_entry, first.seq) << "nothing was written";
  his.after = first.seq;
  must(act(write_message, nils, his));
}

TEST_F(CompanionsTest, NeitherTheCustomerNorHerselfNorWhatWasTakenBackHoldsAnAnswer) {
  const Entry hello = say(anna, "hello");
  say(mara, "one moment");
  say(anna, "thank you");
  must(act(
      write_message, mara,
      WriteMessage{.id = new_id<EntryId>(), .conversation = conversation, .text = "here it is", .after = hello.seq}));
}

}  // namespace
}  // namespace kith
