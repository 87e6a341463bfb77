#include "conversations/schedule.h"

#include "conversations/attachments.h"
#include "conversations/desk_test_house.h"
#include "conversations/topics.h"
#include "people/colleagues.h"
#include "people/recognise.h"
#include "people/sign_in.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

class ScheduleTest : public DeskTest {
 protected:
  ScheduleEntry in_an_hour(std::string text = "Good morning, Anna") {
    return {
        .id = new_id<EntryId>(), .conversation = conversation, .text = std::move(text), .send_at = clock.now() + 1h};
  }
  Passed send() { return must(act(send_scheduled, system_actor(), std::size_t{10})); }
  Scheduled find(EntryId id) {
    return must(look([&](const Snapshot& now) { return now.scheduled().find(id); }));
  }
};

TEST_F(ScheduleTest, IsSentInHerNameWithTheSameIdWhenItsTimeHasCome) {
  say(anna, "hello");
  const ScheduleEntry command = in_an_hour();
  must(act(schedule_entry, mara, command));
  events.clear();
  EXPECT_EQ(send().next, command.send_at);
  EXPECT_TRUE(events_of<EntryAdded>().empty());
  clock.advance(1h);
  EXPECT_EQ(send().done, 1U);
  const auto added = events_of<EntryAdded>();
  ASSERT_EQ(added.size(), 1U);
  EXPECT_EQ(added[0].entry.id, command.id);
  EXPECT_EQ(added[0].entry.author.kind, AuthorKind::colleague);
  EXPECT_EQ(added[0].entry.author.person, mara.person);
  EXPECT_EQ(added[0].entry.author.session, mara.session) << "the proof that she wrote it";
  EXPECT_EQ(added[0].entry.at, clock.now());
  EXPECT_FALSE(thread_of(anna).own.waiting_since) << "it is an answer";
  EXPECT_EQ(view(mara, conversation).companions, std::vector{mara.person});
  EXPECT_EQ(find(command.id).state, ScheduledState::sent);
  EXPECT_EQ(send().done, 0U);
}

TEST_F(ScheduleTest, IsSentOnceEvenWhenTheWatchForgotThatItWasSent) {
  const ScheduleEntry command = in_an_hour();
  must(act(schedule_entry, mara, command));
  clock.advance(1h);
  send();
  must(write([&](Tx& tx) -> Result<void> {
    Scheduled again = *tx.scheduled().find(command.id);
    again.state = ScheduledState::waiting;
    return tx.scheduled().save(again);
  }));
  events.clear();
  send();
  EXPECT_TRUE(events_of<EntryAdded>().empty());
  EXPECT_EQ(find(command.id).state, ScheduledState::sent);
}

TEST_F(ScheduleTest, IsHeldWhenSheHasLeftAndWaitsAgainWhenSheSaysSo) {
  const ScheduleEntry command = in_an_hour();
  must(act(schedule_entry, mara, command));
  must(act(end_colleague, admin, EndColleague{mara.person}));
  clock.advance(1h);
  events.clear();
  EXPECT_EQ(send().done, 1U);
  EXPECT_TRUE(events_of<EntryAdded>().empty());
  EXPECT_EQ(find(command.id).state, ScheduledState::held);
  EXPECT_FALSE(send().next);
}

TEST_F(ScheduleTest, IsSentAfterSheSignedOut) {
  must(act(schedule_entry, mara, in_an_hour()));
  must(write([&](Tx& tx) { return sign_out(tx, mara); }));
  clock.advance(1h);
  send();
  EXPECT_EQ(events_of<EntryAdded>().size(), 1U);
}

TEST_F(ScheduleTest, IsSentAfterHerSessionRanOut) {
  ScheduleEntry command = in_an_hour();
  command.send_at = clock.now() + std::chrono::hours(2401);
  must(act(schedule_entry, mara, command));
  clock.advance(std::chrono::hours(2401));
  must(write([&](Tx& tx) { return tx.access().forget_expired(tx.now()); }));
  send();
  EXPECT_EQ(events_of<EntryAdded>().size(), 1U);
}

TEST_F(ScheduleTest, WaitsForHerWhenSomebodyElseEndedWhatSheHadOpen) {
  const ScheduleEntry open = in_an_hour();
  const ScheduleEntry signed_out = in_an_hour();
  const Actor before = signed_in(mara.person);
  must(act(schedule_entry, mara, open));
  must(act(schedule_entry, before, signed_out));
  must(write([&](Tx& tx) { return sign_out(tx, before); }));
  const ScheduleEntry of_nils = in_an_hour();
  must(act(schedule_entry, nils, of_nils));
  must(act(change_password, system_actor(), ChangePassword{mara.person, {}, "another hash"}));
  events.clear();
  clock.advance(1h);
  send();
  ASSERT_EQ(events_of<EntryAdded>().size(), 1U);
  EXPECT_EQ(events_of<EntryAdded>()[0].entry.id, of_nils.id) << "what others wrote is theirs";
  for (const EntryId id : {open.id, signed_out.id}) EXPECT_EQ(find(id).state, ScheduledState::held);

  const Actor back = signed_in(mara.person);
  EXPECT_EQ(must(look([&](const Snapshot& now) { return list_scheduled(now, back, 9); })).size(), 2U);
  must(act(change_scheduled, back, ChangeScheduled{open.id, open.text, clock.now() + 1h}));
  clock.advance(1h);
  send();
  ASSERT_EQ(events_of<EntryAdded>().size(), 2U);
  EXPECT_EQ(events_of<EntryAdded>()[1].entry.author.session, back.session) << "the proof is that of today";
}

TEST_F(ScheduleTest, WaitsForHerWhenHerNewPasswordEndedTheSessionItWasWrittenWith) {
  const ScheduleEntry elsewhere = in_an_hour();
  const ScheduleEntry here = in_an_hour();
  const Actor other_device = signed_in(mara.person);
  must(act(schedule_entry, other_device, elsewhere));
  must(act(schedule_entry, mara, here));
  events.clear();
  must(act(change_password, mara, ChangePassword{mara.person, "hash of Mara", "another hash"}));
  ASSERT_EQ(seen_by<ScheduledChanged>(mara).size(), 1U) << "her desk is told";
  clock.advance(1h);
  send();
  EXPECT_EQ(find(elsewhere.id).state, ScheduledState::held);
  EXPECT_EQ(find(here.id).state, ScheduledState::sent);
}

TEST_F(ScheduleTest, IsChangedAndWithdrawnByItsAuthorUntilItIsSent) {
  const ScheduleEntry command = in_an_hour();
  const Scheduled first = must(act(schedule_entry, mara, command)).thing;
  EXPECT_EQ(must(act(schedule_entry, mara, command)).thing, first) << "a repeat is the same";
  expect_error(act(change_scheduled, nils, ChangeScheduled{command.id, "x", clock.now() + 2h}), Errc::not_found);
  expect_error(act(withdraw_scheduled, nils, WithdrawScheduled{command.id}), Errc::not_found);
  const ChangeScheduled change{command.id, "Good evening, Anna", clock.now() + 2h};
  EXPECT_EQ(must(act(change_scheduled, mara, change)).thing.text, "Good evening, Anna");
  clock.advance(1h);
  EXPECT_EQ(send().done, 0U);
  must(act(withdraw_scheduled, mara, WithdrawScheduled{command.id}));
  must(act(withdraw_scheduled, mara, WithdrawScheduled{command.id}));
  clock.advance(1h);
  EXPECT_EQ(send().done, 0U);
  expect_error(act(change_scheduled, mara, change), Errc::conflict);
  const ScheduleEntry second = in_an_hour();
  must(act(schedule_entry, mara, second));
  clock.advance(1h);
  send();
  expect_error(act(withdraw_scheduled, mara, WithdrawScheduled{second.id}), Errc::conflict);
}

TEST_F(ScheduleTest, IsSeenByItsAuthorAloneUntilItIsSent) {
  must(act(schedule_entry, mara, in_an_hour()));
  EXPECT_EQ(seen_by<ScheduledChanged>(mara).size(), 1U);
  for (const Actor& actor : {nils, admin, anna, program(~0U)}) {
    EXPECT_TRUE(seen_by<ScheduledChanged>(actor).empty());
    EXPECT_TRUE(bodies<ScheduledChanged>(actor, caught_up(actor, 0)).empty());
  }
  auto mine = [&](const Actor& actor) {
    return must(look([&](const Snapshot& now) { return list_scheduled(now, actor, 9); })).size();
  };
  EXPECT_EQ(mine(mara), 1U);
  EXPECT_EQ(mine(nils), 0U);
}

TEST_F(ScheduleTest, RefusesWhatCouldNotBeWrittenNow) {
  ScheduleEntry past = in_an_hour();
  past.send_at = clock.now();
  expect_error(act(schedule_entry, mara, past), Errc::invalid, "send_at");
  past.send_at = clock.now() + std::chrono::hours(24 * 400);
  expect_error(act(schedule_entry, mara, past), Errc::invalid, "send_at");
  expect_error(act(schedule_entry, mara, in_an_hour(" ")), Errc::invalid, "text");
  ScheduleEntry taken = in_an_hour();
  taken.id = say(mara, "hello").id;
  expect_error(act(schedule_entry, mara, taken), Errc::conflict);
  expect_error(act(schedule_entry, anna, in_an_hour()), Errc::not_allowed);
}

TEST_F(ScheduleTest, CarriesItsTopicsAndFilesAndLeavesOutATopicThatIsGoneElsewhere) {
  say(anna, "the lamp is broken");
  const Topic topic = must(act(create_topic, mara, CreateTopic{new_id<TopicId>(), conversation, "The lamp", {}}));
  const AttachmentId file = new_id<AttachmentId>();
  must(act(begin_attachment, mara, BeginAttachment{file, conversation, "a.txt", "", 3}));
  ScheduleEntry command = in_an_hour();
  command.attachments = {file};
  expect_error(act(schedule_entry, mara, command), Errc::invalid, "attachments");
  must(act(finish_attachment, mara, FinishAttachment{file, sha256("abc"), 3, "abc"}));
  command.topics = {topic.id};
  must(act(schedule_entry, mara, command));
  clock.advance(1h);
  events.clear();
  send();
  EXPECT_EQ(events_of<EntryAdded>().at(0).entry.attachments, std::vector{file});
  EXPECT_EQ(events_of<TopicChanged>().at(0).topic.entries, std::vector{command.id});
}

TEST_F(ScheduleTest, IsWrittenWhereHerStoryIsToldByThen) {
  const ScheduleEntry command = in_an_hour();
  must(act(schedule_entry, mara, command));
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  join(anna, bela);
  clock.advance(1h);
  send();
  EXPECT_EQ(must(look([&](const Snapshot& now) { return now.entries().find(command.id); })).strand, other);
}

}  // namespace
}  // namespace kith
