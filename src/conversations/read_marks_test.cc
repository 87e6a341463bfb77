#include "conversations/read_marks.h"

#include "conversations/desk_test_house.h"

namespace kith {
namespace {

class MarkReadTest : public DeskTest {
 protected:
  void read(const Actor& actor, Seq seq, std::optional<ConversationId> where = {}) {
    must(act(mark_read, actor, MarkRead{where.value_or(conversation), seq}));
  }
};

TEST_F(MarkReadTest, TellsEachSideHowFarTheOtherHasRead) {
  const Entry hello = say(anna, "hello");
  read(mara, hello.seq);
  EXPECT_EQ(view(mara, conversation).read_seq, hello.seq);
  EXPECT_EQ(view(nils, conversation).read_seq, 0) << "hers alone";
  EXPECT_EQ(view(anna).read_by_other, hello.seq);
  EXPECT_EQ(view(mara, conversation).read_by_other, 0);
  const Entry answer = say(mara, "good morning");
  read(anna, answer.seq);
  EXPECT_EQ(view(anna).read_seq, answer.seq);
  EXPECT_EQ(view(nils, conversation).read_by_other, answer.seq);
}

TEST_F(MarkReadTest, OnlyMovesForwardAndNotBeyondWhatWasSaid) {
  const Entry first = say(anna, "one");
  const Entry second = say(anna, "two");
  read(mara, second.seq);
  events.clear();
  read(mara, first.seq);
  read(mara, second.seq);
  EXPECT_TRUE(events.empty());
  read(nils, second.seq + 1000);
  EXPECT_EQ(view(nils, conversation).read_seq, second.seq);
}

TEST_F(MarkReadTest, ShowsAColleaguesMarkToHerselfAndTheTeamsToTheCustomerWithoutSayingWho) {
  const Entry hello = say(anna, "hello");
  events.clear();
  read(mara, hello.seq);
  const auto of_mara = seen_by<ReadMarkChanged>(mara);
  ASSERT_EQ(of_mara.size(), 1U);
  EXPECT_EQ(of_mara[0].mark.person, mara.person);
  EXPECT_TRUE(seen_by<ReadMarkChanged>(nils).empty());
  EXPECT_TRUE(seen_by<ReadMarkChanged>(program(~0U)).empty());
  const auto of_anna = seen_by<ReadMarkChanged>(anna);
  ASSERT_EQ(of_anna.size(), 1U);
  EXPECT_EQ(of_anna[0].mark.by, ReadBy::team);
  EXPECT_FALSE(of_anna[0].mark.person);
  EXPECT_EQ(of_anna[0].seq_read, hello.seq);
  events.clear();
  read(nils, hello.seq);
  EXPECT_TRUE(seen_by<ReadMarkChanged>(anna).empty()) << "the team had read it already";
}

TEST_F(MarkReadTest, ShowsTheCustomersMarkToTheDeskAndToHer) {
  say(anna, "hello");
  const Entry answer = say(mara, "good morning");
  events.clear();
  read(anna, answer.seq);
  for (const Actor& actor : {mara, nils, anna}) EXPECT_EQ(seen_by<ReadMarkChanged>(actor).size(), 1U);
  EXPECT_TRUE(seen_by<ReadMarkChanged>(given_visitor()).empty());
}

TEST_F(MarkReadTest, IsCaughtUpOnWithItsNewestState) {
  const Entry first = say(anna, "one");
  const Entry second = say(anna, "two");
  const Seq before = newest();
  read(mara, first.seq);
  read(mara, second.seq);
  const auto of_mara = bodies<ReadMarkChanged>(mara, caught_up(mara, before));
  ASSERT_EQ(of_mara.size(), 1U);
  EXPECT_EQ(of_mara[0].seq_read, second.seq);
  EXPECT_TRUE(bodies<ReadMarkChanged>(nils, caught_up(nils, before)).empty());
  const auto of_anna = bodies<ReadMarkChanged>(anna, caught_up(anna, before));
  ASSERT_EQ(of_anna.size(), 1U);
  EXPECT_FALSE(of_anna[0].mark.person);
}

TEST_F(MarkReadTest, NeverTakesSomethingUnreadForReadWhenStrandsAreJoinedOrTakenApart) {
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  const Entry early = say(bela, "from work", other);
  read(mara, early.seq, other);
  const Entry unread = say(bela, "and again", other);
  const Entry late = say(anna, "from home");
  read(mara, late.seq);
  const Merge merge = join(bela, anna);
  EXPECT_EQ(view(mara, conversation).read_seq, unread.seq - 1);
  EXPECT_EQ(view(anna).read_by_other, unread.seq - 1);
  const Seq now = view(mara, conversation).thread.own.last_entry;
  read(mara, now);
  EXPECT_EQ(view(mara, conversation).read_seq, now);
  take_apart(merge);
  EXPECT_GE(view(mara, other).read_seq, unread.seq);
  EXPECT_GE(view(mara, conversation).read_seq, late.seq);
}

TEST_F(MarkReadTest, IsForWhoMayReadTheConversation) {
  const Entry hello = say(anna, "hello");
  expect_error(act(mark_read, given_visitor(), MarkRead{conversation, hello.seq}), Errc::not_found);
  expect_error(act(mark_read, program(~0U), MarkRead{conversation, hello.seq}), Errc::not_allowed);
  expect_error(act(mark_read, Actor{}, MarkRead{conversation, hello.seq}), Errc::not_signed_in);
}

}  // namespace
}  // namespace kith
