#include "conversations/later.h"

#include "conversations/desk_test_house.h"
#include "conversations/pause.h"
#include "people/recognise.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

class LaterTest : public DeskTest {
 protected:
  PutOff until(std::optional<Time> time, std::optional<ConversationId> where = {}) {
    return {where.value_or(conversation), time, !time, "ask about the foot"};
  }
  std::optional<Later> standing(const Actor& actor, std::optional<ConversationId> where = {}) {
    return view(actor, where.value_or(conversation)).later;
  }
};

TEST_F(LaterTest, IsForHerAlone) {
  say(anna, "hello");
  events.clear();
  must(act(put_off, mara, until(clock.now() + 1h)));
  ASSERT_TRUE(standing(mara));
  EXPECT_EQ(standing(mara)->words, "ask about the foot");
  EXPECT_FALSE(standing(nils));
  EXPECT_EQ(seen_by<LaterChanged>(mara).size(), 1U);
  for (const Actor& actor : {nils, anna, program(~0U)}) {
    EXPECT_TRUE(seen_by<LaterChanged>(actor).empty());
    EXPECT_TRUE(bodies<LaterChanged>(actor, caught_up(actor, 0)).empty());
  }
}

TEST_F(LaterTest, TheTimeBringsHerBackAndIsTold) {
  must(act(put_off, mara, until(clock.now() + 1h)));
  events.clear();
  EXPECT_EQ(must(act(wake_laters, system_actor(), std::size_t{10})).next, clock.now() + 1h);
  EXPECT_TRUE(standing(mara));
  clock.advance(1h);
  const Passed passed = must(act(wake_laters, system_actor(), std::size_t{10}));
  EXPECT_EQ(passed.done, 1U);
  EXPECT_FALSE(passed.next);
  EXPECT_FALSE(standing(mara));
  const auto told = seen_by<LaterChanged>(mara);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].standing);
  EXPECT_TRUE(told[0].later.words.empty()) << "what she noted for herself is gone";
}

TEST_F(LaterTest, AWordOfTheCustomerBringsHerBackForEverybody) {
  must(act(put_off, mara, until(clock.now() + 1h)));
  must(act(put_off, nils, until({})));
  say(nils, "one moment");
  EXPECT_TRUE(standing(mara)) << "a colleague's word does not";
  say(anna, "are you there?");
  EXPECT_FALSE(standing(mara));
  EXPECT_FALSE(standing(nils));
}

TEST_F(LaterTest, IsBroughtBackByHerselfAndRepeatsAreHarmless) {
  must(act(bring_back, mara, BringBack{conversation}));
  const PutOff command = until(clock.now() + 1h);
  must(act(put_off, mara, command));
  events.clear();
  must(act(put_off, mara, command));
  EXPECT_TRUE(events.empty());
  must(act(bring_back, mara, BringBack{conversation}));
  must(act(bring_back, mara, BringBack{conversation}));
  EXPECT_EQ(events_of<LaterChanged>().size(), 1U);
  EXPECT_FALSE(standing(mara));
  ASSERT_EQ(bodies<LaterChanged>(mara, caught_up(mara, 0)).size(), 1U);
  EXPECT_FALSE(bodies<LaterChanged>(mara, caught_up(mara, 0))[0].standing);
}

TEST_F(LaterTest, NeedsATimeToComeOrHerWord) {
  expect_error(act(put_off, mara, until(clock.now())), Errc::invalid, "until");
  expect_error(act(put_off, mara, PutOff{conversation, {}, false, ""}), Errc::invalid, "until");
  expect_error(act(put_off, anna, until(clock.now() + 1h)), Errc::not_allowed);
  expect_error(act(wake_laters, mara, std::size_t{10}), Errc::not_allowed);
}

TEST_F(LaterTest, IsReadThroughJoinedStrands) {
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  must(act(put_off, mara, until(clock.now() + 1h, other)));
  const Merge merge = join(bela, anna);
  EXPECT_TRUE(standing(mara));
  say(anna, "hello");
  EXPECT_FALSE(standing(mara));
  take_apart(merge);
  EXPECT_FALSE(standing(mara, other));
}

TEST_F(LaterTest, AListKnowsWhoIsPutOff) {
  say(anna, "hello");
  must(act(put_off, mara, until(clock.now() + 1h)));
  auto line = [&](const Actor& actor) {
    return must(look([&](const Snapshot& now) { return waiting_line(now, actor, {.limit = 10}); })).rows.at(0);
  };
  EXPECT_TRUE(line(mara).later);
  EXPECT_FALSE(line(nils).later);
}

TEST_F(LaterTest, IsListedForHerAloneTheSoonestFirst) {
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  must(act(put_off, mara, until({})));
  must(act(put_off, mara, until(clock.now() + 1h, other)));
  must(act(put_off, nils, until(clock.now() + 2h)));
  auto listed = [&](const Actor& actor, const ListLaters& query = {}) {
    return look([&](const Snapshot& now) { return list_laters(now, actor, query); });
  };
  const LaterPage page = must(listed(mara));
  ASSERT_EQ(page.laters.size(), 2U);
  EXPECT_EQ(page.laters[0].conversation, other);
  EXPECT_EQ(page.laters[0].person, bela.person);
  EXPECT_EQ(page.laters[1].conversation, conversation);
  EXPECT_FALSE(page.further);
  const LaterPage first = must(listed(mara, {.limit = 1}));
  ASSERT_TRUE(first.further);
  EXPECT_EQ(must(listed(mara, {.after = first.further, .limit = 1})).laters[0].conversation, conversation);
  expect_error(listed(anna), Errc::not_allowed);
}

TEST_F(LaterTest, IsListedOnceWhenTwoRecordsWereOneHuman) {
  const Actor bela = given_visitor();
  must(act(put_off, mara, until(clock.now() + 1h, thread_of(bela).own.id)));
  must(act(put_off, mara, until(clock.now() + 2h)));
  join(bela, anna);
  const auto laters = must(look([&](const Snapshot& now) { return list_laters(now, mara, {}); })).laters;
  ASSERT_EQ(laters.size(), 1U);
  EXPECT_EQ(laters[0].conversation, conversation);
  EXPECT_EQ(laters[0].thing.until, standing(mara)->until);
}

class PauseTest : public DeskTest {};

TEST_F(PauseTest, KeepsHerPlaceInTheLine) {
  say(anna, "hello");
  const auto since = thread_of(anna).own.waiting_since;
  clock.advance(1min);
  events.clear();
  const Thread paused = must(act(pause_for_a_minute, anna, Pause{clock.now() + 30min}));
  EXPECT_EQ(paused.own.waiting_since, since);
  EXPECT_EQ(paused.own.paused_until, clock.now() + 30min);
  for (const Actor& actor : {anna, mara}) {
    const auto told = seen_by<ConversationChanged>(actor);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].thread.own.paused_until, clock.now() + 30min);
  }
}

TEST_F(PauseTest, EndsWithHerWordByHerselfOrWithTime) {
  say(anna, "hello");
  const Pause pause{clock.now() + 30min};
  must(act(pause_for_a_minute, anna, pause));
  say(mara, "take your time");
  EXPECT_TRUE(thread_of(anna).own.paused_until) << "a colleague's word does not end it";
  say(anna, "here I am");
  EXPECT_FALSE(thread_of(anna).own.paused_until);
  must(act(pause_for_a_minute, anna, pause));
  EXPECT_FALSE(must(act(end_pause, anna, EndPause{})).own.paused_until);
  must(act(pause_for_a_minute, anna, pause));
  EXPECT_EQ(must(act(end_pauses, system_actor(), std::size_t{10})).next, pause.until);
  clock.advance(30min);
  events.clear();
  EXPECT_EQ(must(act(end_pauses, system_actor(), std::size_t{10})).done, 1U);
  EXPECT_FALSE(thread_of(anna).own.paused_until);
  EXPECT_EQ(events_of<ConversationChanged>().size(), 1U);
}

TEST_F(PauseTest, IsHersAndNotLongerThanTwoHours) {
  expect_error(act(pause_for_a_minute, anna, Pause{clock.now() + 3h}), Errc::invalid, "until");
  expect_error(act(pause_for_a_minute, anna, Pause{clock.now()}), Errc::invalid, "until");
  EXPECT_FALSE(act(pause_for_a_minute, mara, Pause{clock.now() + 1min}));
}

}  // namespace
}  // namespace kith
