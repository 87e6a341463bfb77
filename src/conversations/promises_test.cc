#include "conversations/promises.h"

#include "conversations/keep_watch.h"
#include "conversations/read_conversation.h"
#include "people/test_house.h"

namespace kith {
namespace {

using std::chrono::minutes;

class PromisesTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    conversation = thread_of(anna).own.id;
    events.clear();
  }
  MakePromise promise_in(minutes time) {
    return {new_id<PromiseId>(), conversation, "call you back", {}, clock.now() + time};
  }
  Promise given_promise(minutes time = minutes(100)) { return must(act(make_promise, mara, promise_in(time))); }
  Watched watch(std::size_t limit = 100) { return must(act(keep_watch, system_actor(), limit)); }
  Promise stored(PromiseId id) {
    return must(look([&](const Snapshot& now) { return now.promises().find(id); }));
  }
  std::vector<Entry> entries() {
    return must(look([&](const Snapshot& now) { return list_entries(now, anna, {}); })).entries;
  }
  RenegotiatePromise later(PromiseId id, minutes time) { return {id, {}, clock.now() + time, true}; }
  Actor anna, mara;
  ConversationId conversation;
};

TEST_F(PromisesTest, IsGivenByAPersonToAPerson) {
  const Promise promise = given_promise();
  EXPECT_EQ(promise.by, mara.person);
  EXPECT_EQ(promise.to, anna.person);
  EXPECT_EQ(events_of<PromiseChanged>().size(), 1U);
  expect_error(act(make_promise, anna, promise_in(minutes(1))), Errc::not_allowed);
}

TEST_F(PromisesTest, IsGivenOnceHoweverOftenItIsAsked) {
  MakePromise command = promise_in(minutes(10));
  const Promise promise = must(act(make_promise, mara, command));
  clock.advance(minutes(1));
  EXPECT_EQ(must(act(make_promise, mara, command)), promise);
  expect_error(act(make_promise, admin, command), Errc::conflict);
  command.what = "write";
  expect_error(act(make_promise, mara, command), Errc::conflict);
}

TEST_F(PromisesTest, RefusesThePastAndWindowsThatEndBeforeTheyBegin) {
  expect_error(act(make_promise, mara, promise_in(minutes(0))), Errc::invalid, "due");
  MakePromise command = promise_in(minutes(10));
  command.from = command.due + minutes(1);
  expect_error(act(make_promise, mara, command), Errc::invalid, "from");
}

TEST_F(PromisesTest, IsKeptByAnyColleague) {
  const Promise promise = given_promise();
  EXPECT_EQ(must(act(keep_promise, admin, KeepPromise{promise.id})).state, PromiseState::kept);
  const auto so_far = events.size();
  must(act(keep_promise, mara, KeepPromise{promise.id}));
  EXPECT_EQ(events.size(), so_far);
  expect_error(act(keep_promise, anna, KeepPromise{promise.id}), Errc::not_allowed);
  expect_error(act(keep_promise, given_visitor(), KeepPromise{promise.id}), Errc::not_found);
}

TEST_F(PromisesTest, IsRenegotiatedOnlyBeforeItIsDueAndByBoth) {
  const Promise promise = given_promise(minutes(10));
  RenegotiatePromise alone = later(promise.id, minutes(30));
  alone.customer_agrees = false;
  expect_error(act(renegotiate_promise, mara, alone), Errc::invalid, "customer_agrees");
  const RenegotiatePromise agreed = later(promise.id, minutes(30));
  EXPECT_EQ(must(act(renegotiate_promise, mara, agreed)).due, agreed.due);
  must(act(renegotiate_promise, mara, agreed));
  EXPECT_EQ(events_of<PromiseChanged>().size(), 2U);
  clock.advance(minutes(30));
  expect_error(act(renegotiate_promise, mara, later(promise.id, minutes(30))), Errc::conflict);
  expect_error(act(keep_promise, mara, KeepPromise{promise.id}), Errc::conflict);
}

TEST_F(PromisesTest, WarnsItsOwnerOnceAtSeventyPercentOfTheTime) {
  const Promise promise = given_promise(minutes(100));
  EXPECT_EQ(watch().next, promise.given_at + minutes(70));
  clock.advance(minutes(70));
  const Watched watched = watch();
  EXPECT_EQ(watched.warned, 1U);
  EXPECT_EQ(watched.next, promise.due);
  EXPECT_EQ(watch().warned, 0U);
  EXPECT_TRUE(events_of<PromiseChanged>().back().promise.owner_warned);
}

TEST_F(PromisesTest, TellsBothSidesWhenItIsBroken) {
  const Promise promise = given_promise(minutes(100));
  clock.advance(minutes(100));
  EXPECT_EQ(watch().broken, 1U);
  EXPECT_EQ(stored(promise.id).state, PromiseState::broken);
  ASSERT_EQ(entries().size(), 1U);
  EXPECT_EQ(entries()[0].author.kind, AuthorKind::notice);
  EXPECT_EQ(watch().broken, 0U);
  EXPECT_EQ(watch().next, std::nullopt);
}

TEST_F(PromisesTest, LeavesAKeptOneAlone) {
  const Promise promise = given_promise(minutes(100));
  must(act(keep_promise, mara, KeepPromise{promise.id}));
  clock.advance(minutes(200));
  const Watched watched = watch();
  EXPECT_EQ(watched.broken + watched.warned, 0U);
  EXPECT_TRUE(entries().empty());
}

TEST_F(PromisesTest, ComesBackAtOnceWhenMoreWaitThanItMayDo) {
  for (int i = 0; i < 3; ++i) given_promise(minutes(10));
  clock.advance(minutes(10));
  EXPECT_EQ(watch(2).broken, 2U);
  EXPECT_EQ(watch(2).broken, 1U);
}

TEST_F(PromisesTest, LooksAgainNowWhileSomeAreLeftOver) {
  for (int i = 0; i < 3; ++i) given_promise(minutes(10));
  clock.advance(minutes(10));
  EXPECT_EQ(watch(2).next, clock.now());
}

// I12 with time as the enemy: whatever happens in whatever order, at its due time a promise is kept, renegotiated to a
// later time, or broken with a Notice.
TEST_F(PromisesTest, IsNeverSilentlyPastDue) {
  SeededRandom dice(12);
  std::vector<PromiseId> all;
  std::optional<Time> next;
  for (int step = 0; step < 300; ++step) {
    if (dice.below(3) == 0) all.push_back(given_promise(minutes(1 + dice.below(90))).id);
    if (!all.empty()) {
      const PromiseId one = all[dice.below(all.size())];
      const auto act_on_it = dice.below(6);
      if (act_on_it == 0) std::ignore = act(keep_promise, mara, KeepPromise{one});
      if (act_on_it == 1) std::ignore = act(renegotiate_promise, mara, later(one, minutes(1 + dice.below(60))));
    }
    next = watch().next;
    const auto jump = std::chrono::microseconds(minutes(dice.below(20)));
    const auto until_next = next ? *next - clock.now() : jump;
    clock.advance(std::min(jump, until_next));
    watch();
    for (const PromiseId id : all) {
      const Promise promise = stored(id);
      EXPECT_TRUE(!promise.is_alive() || promise.due > clock.now());
    }
  }
  const auto is_broken = [&](PromiseId id) { return stored(id).state == PromiseState::broken; };
  const auto broken = std::ranges::count_if(all, is_broken);
  const auto told = events_of<EntryAdded>();
  EXPECT_EQ(static_cast<std::ptrdiff_t>(told.size()), broken);
  EXPECT_GT(broken, 5);
}

TEST_F(PromisesTest, IsOwnedInHerOwnWordsOnceItIsBroken) {
  const Promise promise = given_promise(minutes(10));
  const OwnPromise command{promise.id, new_id<EntryId>(), "I forgot to call. I am sorry."};
  expect_error(act(own_promise, mara, command), Errc::conflict);
  clock.advance(minutes(10));
  watch();
  const OwnedPromise owned = must(act(own_promise, mara, command));
  EXPECT_EQ(owned.promise.state, PromiseState::owned);
  EXPECT_EQ(owned.apology.kind, EntryKind::apology);
  EXPECT_EQ(owned.apology.author.person, mara.person);
  EXPECT_EQ(must(act(own_promise, mara, command)).apology, owned.apology);
  OwnPromise other = command;
  other.apology = new_id<EntryId>();
  expect_error(act(own_promise, mara, other), Errc::conflict);
}

TEST_F(PromisesTest, LeavesTheWatchToTime) {
  expect_error(act(keep_watch, mara, std::size_t{1}), Errc::not_allowed);
}

}  // namespace
}  // namespace kith
