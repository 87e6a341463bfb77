#include "conversations/catch_up.h"

#include "conversations/companions.h"
#include "conversations/drafts.h"
#include "conversations/edit_entry.h"
#include "conversations/handovers.h"
#include "conversations/later.h"
#include "conversations/may_see.h"
#include "conversations/notes.h"
#include "conversations/pause.h"
#include "conversations/promises.h"
#include "conversations/read_marks.h"
#include "conversations/schedule.h"
#include "conversations/topics.h"
#include "conversations/write_message.h"
#include "people/colleagues.h"
#include "people/merge_people.h"
#include "people/persons.h"
#include "people/test_house.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

// Which thing an event is about, so that newer news can replace older.
struct ThingOf {
  std::string operator()(const EntryAdded& it) const { return "entry " + it.entry.id.text(); }
  std::string operator()(const EntryChanged& it) const { return "entry " + it.entry.id.text(); }
  std::string operator()(const ConversationChanged& it) const { return "conversation " + it.thread.own.id.text(); }
  std::string operator()(const PersonChanged& it) const { return "person " + it.person.id.text(); }
  std::string operator()(const TopicChanged& it) const { return "topic " + it.topic.id.text(); }
  std::string operator()(const NoteChanged& it) const { return "note " + it.note.id.text(); }
  std::string operator()(const PromiseChanged& it) const { return "promise " + it.promise.id.text(); }
  std::string operator()(const ReadMarkChanged& it) const { return "read mark " + it.mark.id.text(); }
  std::string operator()(const CompanionsChanged& it) const { return "companions " + it.strand.text(); }
  std::string operator()(const HandoverChanged& it) const { return "handover " + it.handover.id.text(); }
  std::string operator()(const DraftChanged& it) const { return "draft " + it.draft.id.text(); }
  std::string operator()(const LaterChanged& it) const { return "later " + it.later.id.text(); }
  std::string operator()(const ScheduledChanged& it) const { return "scheduled " + it.scheduled.id.text(); }
  std::string operator()(const ColleagueChanged& it) const { return "colleague " + it.person.id.text(); }
  std::string operator()(const SettingsChanged&) const { return "settings"; }
  std::string operator()(const SessionsEnded&) const { return "sessions"; }
};

// What a client shows: enough of each thing to notice when it is not the newest.
struct StateOf {
  std::string operator()(const EntryAdded& it) const { return it.entry.text + std::to_string(it.entry.version); }
  std::string operator()(const EntryChanged& it) const { return it.entry.text + std::to_string(it.entry.version); }
  std::string operator()(const ConversationChanged& it) const {
    return std::to_string(it.thread.strands.size()) + " " +
           std::to_string(it.thread.own.waiting_since.value_or(Time{}).us);
  }
  std::string operator()(const PersonChanged& it) const { return it.person.called; }
  std::string operator()(const TopicChanged& it) const { return std::to_string(static_cast<int>(it.topic.state)); }
  std::string operator()(const NoteChanged& it) const { return it.note.text; }
  std::string operator()(const PromiseChanged& it) const { return std::to_string(static_cast<int>(it.promise.state)); }
  std::string operator()(const ReadMarkChanged& it) const { return std::to_string(it.seq_read); }
  std::string operator()(const CompanionsChanged& it) const {
    std::string people;
    for (const PersonId person : it.companions) people += person.text() + " ";
    return people;
  }
  std::string operator()(const HandoverChanged& it) const {
    return std::to_string(static_cast<int>(it.handover.state));
  }
  std::string operator()(const DraftChanged& it) const { return it.draft.text; }
  std::string operator()(const LaterChanged& it) const { return it.standing ? it.standing->words : "back"; }
  std::string operator()(const ScheduledChanged& it) const {
    return it.scheduled.text + std::to_string(static_cast<int>(it.scheduled.state));
  }
  std::string operator()(const ColleagueChanged& it) const { return it.hello_line + (it.is_in_team ? "+" : "-"); }
  std::string operator()(const SettingsChanged& it) const { return std::to_string(it.settings.version); }
  std::string operator()(const SessionsEnded&) const { return ""; }
};

using Screen = std::map<std::string, std::string>;

void show(Screen& screen, const Event& event) {
  screen[std::visit(ThingOf{}, event.body)] = std::visit(StateOf{}, event.body);
}

class CatchUpTest : public TestHouse {
 protected:
  void SetUp() override {
    mara = given_colleague("Mara");
    anna = given_visitor();
    bela = given_visitor();
  }
  Entry say(const Actor& actor, std::string text) {
    return must(act(write_message, actor, WriteMessage{.id = new_id<EntryId>(), .text = std::move(text)}));
  }
  Result<CaughtUp> caught(const Actor& actor, Seq after, std::size_t limit = 200) {
    return look([&](const Snapshot& now) { return catch_up(now, actor, {after, limit}, clock.now()); });
  }
  Seq newest() {
    return must(look([&](const Snapshot& now) { return open_live(now, mara); })).newest;
  }
  Screen screen_after(const Actor& actor, Seq after, std::size_t limit) {
    Screen screen;
    for (bool more = true; more;) {
      const CaughtUp part = must(caught(actor, after, limit));
      for (const Event& event : part.events) show(screen, event);
      EXPECT_TRUE(!part.more || part.reached > after);
      after = part.reached;
      more = part.more;
    }
    EXPECT_EQ(after, newest());
    return screen;
  }
  // What somebody would show who was connected all the time since event number `first`.
  Screen screen_of_live(const Actor& actor, std::optional<ConversationId> own, std::size_t first) {
    Screen screen;
    for (std::size_t i = first; i < events.size(); ++i)
      if (may_see(actor, own, events[i])) show(screen, events[i]);
    return screen;
  }
  void given_a_busy_day() {
    const Entry hello = say(anna, "helo");
    say(bela, "good morning");
    must(act(edit_entry, anna, EditEntry{new_id<ActId>(), hello.id, "hello"}));
    const ConversationId annas = thread_of(anna).own.id;
    const TopicId topic = new_id<TopicId>();
    must(act(create_topic, mara, CreateTopic{topic, annas, "hello", {hello.id}}));
    must(act(write_note, mara, WriteNote{new_id<NoteId>(), anna.person, "friendly"}));
    const PromiseId promise = new_id<PromiseId>();
    must(act(make_promise, mara, MakePromise{promise, annas, "call", {}, clock.now() + std::chrono::hours(1)}));
    must(act(write_message, mara,
             WriteMessage{.id = new_id<EntryId>(), .conversation = annas, .text = "Hello Anna", .topics = {topic}}));
    must(act(keep_promise, mara, KeepPromise{promise}));
    must(act(settle_topic, anna, SettleTopic{topic}));
    given_a_busy_desk(annas);
    must(act(rename_person, anna, RenamePerson{anna.person, "Anna", {}, {}}));
    must(act(set_hello_line, mara, SetHelloLine{mara.person, "Hi!"}));
    must(act(save_settings, admin, SaveSettings{0, "Shop", "", "", ""}));
  }
  void given_a_busy_desk(ConversationId annas) {
    must(act(mark_read, mara, MarkRead{annas, newest()}));
    must(act(mark_read, anna, MarkRead{annas, newest()}));
    must(act(keep_draft, mara, KeepDraft{annas, "Dear", false, {}}));
    must(act(keep_draft, mara, KeepDraft{annas, "Dear Anna", false, {}}));
    must(act(put_off, mara, PutOff{annas, {}, true, "ask again"}));
    must(act(schedule_entry, mara, ScheduleEntry{new_id<EntryId>(), annas, "Later", {}, {}, clock.now() + 1h}));
    must(act(bring_in, mara, BringIn{new_id<NoteId>(), annas, admin.person, "look"}));
    const HandoverId handover = new_id<HandoverId>();
    must(act(offer_handover, mara, OfferHandover{handover, annas, admin.person, "patient"}));
    must(act(accept_handover, admin, AnswerHandover{handover}));
    say(anna, "I am back");
    must(act(pause_for_a_minute, anna, Pause{clock.now() + 1h}));
  }
  Actor mara, anna, bela;
};

TEST_F(CatchUpTest, GivesAwayNothingWhenNothingHappened) {
  const Seq here = newest();
  const CaughtUp nothing = must(caught(anna, here));
  EXPECT_TRUE(nothing.events.empty());
  EXPECT_EQ(nothing.reached, here);
  EXPECT_FALSE(nothing.more);
}

TEST_F(CatchUpTest, TellsInTheOrderOfSeq) {
  given_a_busy_day();
  const CaughtUp all = must(caught(mara, 0));
  EXPECT_TRUE(std::ranges::is_sorted(all.events, std::ranges::less_equal(), &Event::seq));
  EXPECT_EQ(all.reached, newest());
}

TEST_F(CatchUpTest, MakesEveryScreenTheSameAsIfSheHadBeenThere) {
  const Seq gone = newest();
  const std::size_t first = events.size();
  given_a_busy_day();
  for (const Actor& actor : {anna, bela, mara, program(kReadConversations), program(kReadPeople)}) {
    const bool is_visitor = actor.kind == ActorKind::visitor;
    const auto own = is_visitor ? std::optional(thread_of(actor).own.id) : std::nullopt;
    const Screen live = screen_of_live(actor, own, first);
    EXPECT_FALSE(live.empty());
    for (const std::size_t limit : {1U, 2U, 3U, 500U}) EXPECT_EQ(screen_after(actor, gone, limit), live) << limit;
  }
}

TEST_F(CatchUpTest, MakesScreensTheSameFromAnyMomentOfADayOfChance) {
  given_a_busy_day();
  SeededRandom dice(2026);
  std::vector<std::pair<Seq, Screen>> seen;  // what Mara showed when her connection broke
  std::vector<EntryId> said;
  Screen live = screen_after(mara, 0, 500);
  std::size_t told = events.size();
  for (int step = 0; step < 200; ++step) {
    clock.advance(std::chrono::seconds(1));
    const Actor& somebody = dice.below(2) ? anna : bela;
    if (said.empty() || dice.below(3) != 0) said.push_back(say(somebody, std::to_string(step)).id);
    if (dice.below(3) == 0) {
      const EntryId one = said[dice.below(said.size())];
      for (const Actor& actor : {anna, bela})
        std::ignore = act(edit_entry, actor, EditEntry{new_id<ActId>(), one, "edited " + std::to_string(step)});
    }
    for (; told < events.size(); ++told)
      if (may_see(mara, {}, events[told])) show(live, events[told]);
    seen.emplace_back(newest(), live);
  }
  for (auto& [moment, screen] : seen) {
    const Screen missed = screen_after(mara, moment, 1 + dice.below(20));
    for (const auto& [thing, state] : missed) screen[thing] = state;
    EXPECT_EQ(screen, live);
  }
}

TEST_F(CatchUpTest, TellsEachThingOnceInOnePage) {
  given_a_busy_day();
  std::map<std::string, int> told;
  for (const Event& event : must(caught(mara, 0)).events) ++told[std::visit(ThingOf{}, event.body)];
  for (const auto& [thing, times] : told) EXPECT_EQ(times, 1) << thing;
}

TEST_F(CatchUpTest, NeverTellsAVisitorOfOthersOrOfNotes) {
  given_a_busy_day();
  for (const Event& event : must(caught(bela, 0)).events) {
    const bool is_front_of_the_house =
        std::holds_alternative<ColleagueChanged>(event.body) || std::holds_alternative<SettingsChanged>(event.body);
    EXPECT_TRUE(is_front_of_the_house || event.conversation == thread_of(bela).own.id);
    EXPECT_FALSE(std::holds_alternative<NoteChanged>(event.body));
  }
}

TEST_F(CatchUpTest, TellsOfEveryStrandAfterAMerge) {
  const Seq gone = newest();
  say(bela, "by mail");
  must(act(merge_people, mara, MergePeople{new_id<MergeId>(), bela.person, anna.person, ""}));
  std::vector<std::string> texts;
  for (const Event& event : must(caught(anna, gone)).events) {
    EXPECT_TRUE(!event.conversation || event.conversation == thread_of(anna).own.id);
    if (const auto* added = std::get_if<EntryAdded>(&event.body)) texts.push_back(added->entry.text);
  }
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0], "by mail");
}

TEST_F(CatchUpTest, TellsWhoIsOnHerOwnAgainNothingOfTheOther) {
  const MergeId merge = new_id<MergeId>();
  must(act(merge_people, mara, MergePeople{merge, bela.person, anna.person, ""}));
  say(recognised_again(bela), "written while both were one");
  must(act(undo_merge, mara, UndoMerge{merge}));
  const auto own = thread_of(bela).own.id;
  bool is_told_of_her_conversation = false;
  for (const Event& event : must(caught(bela, 0)).events) {
    EXPECT_TRUE(!event.conversation || event.conversation == own);
    is_told_of_her_conversation |= std::holds_alternative<ConversationChanged>(event.body);
  }
  EXPECT_TRUE(is_told_of_her_conversation);
}

TEST_F(CatchUpTest, RefusesACursorFromTheFutureOrBelowNothing) {
  expect_error(caught(anna, newest() + 1), Errc::invalid, "after");
  expect_error(caught(anna, -1), Errc::invalid, "after");
}

TEST_F(CatchUpTest, IsForThoseWhoMayRead) {
  expect_error(caught(Actor{}, 0), Errc::not_signed_in);
  expect_error(caught(program(kWriteEntries), 0), Errc::not_allowed);
  expect_error(look([&](const Snapshot& now) { return open_live(now, program(kWriteEntries)); }), Errc::not_allowed);
}

TEST_F(CatchUpTest, BeginsAVisitorWithHerThreadAndAColleagueWithTheNewestSeq) {
  const auto hers = must(look([&](const Snapshot& now) { return open_live(now, anna); }));
  EXPECT_EQ(hers.thread->own.person, anna.person);
  EXPECT_FALSE(must(look([&](const Snapshot& now) { return open_live(now, mara); })).thread);
}

}  // namespace
}  // namespace kith
