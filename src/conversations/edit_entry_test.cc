#include "conversations/edit_entry.h"

#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "people/test_house.h"

namespace kith {
namespace {

class EditEntryTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    entry = say(anna, "helo");
    events.clear();
  }
  Entry say(const Actor& actor, std::string text) {
    return must(
        act(write_message, actor,
            WriteMessage{.id = new_id<EntryId>(), .conversation = thread_of(anna).own.id, .text = std::move(text)}));
  }
  EditEntry edit(std::string text) { return {new_id<ActId>(), entry.id, std::move(text)}; }
  std::vector<EntryVersion> versions_for(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return list_versions(now, actor, entry.id); }));
  }
  Actor anna, mara;
  Entry entry;
};

TEST_F(EditEntryTest, AddsAVersionThatBothSidesCanSee) {
  const Entry edited = must(act(edit_entry, anna, edit("hello")));
  EXPECT_EQ(edited.text, "hello");
  EXPECT_EQ(edited.version, 2U);
  EXPECT_EQ(edited.seq, entry.seq);
  EXPECT_GT(edited.changed_seq, entry.seq);
  ASSERT_EQ(events_of<EntryChanged>().size(), 1U);
  EXPECT_EQ(events_of<EntryChanged>()[0].entry, edited);
  for (const Actor& reader : {anna, mara}) {
    ASSERT_EQ(versions_for(reader).size(), 2U);
    EXPECT_EQ(versions_for(reader)[0].text, "helo");
  }
}

TEST_F(EditEntryTest, ShowsWhatWasSaidBeforeToNobodyElse) {
  must(act(edit_entry, anna, edit("hello")));
  const Actor stranger = given_visitor();
  expect_error(look([&](const Snapshot& now) { return list_versions(now, stranger, entry.id); }), Errc::not_found);
  expect_error(look([&](const Snapshot& now) { return list_versions(now, program(kReadPeople), entry.id); }),
               Errc::not_allowed);
}

TEST_F(EditEntryTest, IsDoneOnceHoweverOftenItIsAsked) {
  const EditEntry command = edit("hello");
  const Entry edited = must(act(edit_entry, anna, command));
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(must(act(edit_entry, anna, command)), edited);
  EXPECT_EQ(events_of<EntryChanged>().size(), 1U);
  EditEntry other = command;
  other.text = "hallo";
  expect_error(act(edit_entry, anna, other), Errc::conflict);
}

TEST_F(EditEntryTest, IsForTheAuthorOnly) {
  expect_error(act(edit_entry, mara, edit("hello")), Errc::not_allowed);
  expect_error(act(edit_entry, given_visitor(), edit("hello")), Errc::not_found);
  const Entry answer = say(mara, "Hello");
  expect_error(act(edit_entry, anna, EditEntry{new_id<ActId>(), answer.id, "x"}), Errc::not_allowed);
  expect_error(act(edit_entry, admin, EditEntry{new_id<ActId>(), answer.id, "x"}), Errc::not_allowed);
  must(act(edit_entry, mara, EditEntry{new_id<ActId>(), answer.id, "Hello Anna"}));
}

TEST_F(EditEntryTest, EndsAfterFifteenMinutesForBothSides) {
  const Entry answer = say(mara, "Hello");
  clock.advance(std::chrono::minutes(15));
  must(act(edit_entry, anna, edit("hello")));
  clock.advance(std::chrono::microseconds(1));
  expect_error(act(edit_entry, anna, edit("hello!")), Errc::not_allowed);
  expect_error(act(take_back_entry, anna, TakeBackEntry{new_id<ActId>(), entry.id}), Errc::not_allowed);
  expect_error(act(edit_entry, mara, EditEntry{new_id<ActId>(), answer.id, "x"}), Errc::not_allowed);
}

TEST_F(EditEntryTest, EndsAfterAHundredVersionsButCanStillBeTakenBack) {
  for (std::uint32_t made = entry.version; made < kMostVersions; ++made)
    must(act(edit_entry, anna, edit("word " + std::to_string(made))));
  const std::string last = must(look([&](const Snapshot& now) { return now.entries().find(entry.id); })).text;
  expect_error(act(edit_entry, anna, edit("one too many")), Errc::not_allowed);
  EXPECT_EQ(must(look([&](const Snapshot& now) { return now.entries().find(entry.id); })).text, last);
  EXPECT_TRUE(must(act(take_back_entry, anna, TakeBackEntry{new_id<ActId>(), entry.id})).taken_back);
  EXPECT_EQ(versions_for(mara).size(), kMostVersions + 1);
}

TEST_F(EditEntryTest, RefusesWhatIsNoText) {
  expect_error(act(edit_entry, anna, edit(" ")), Errc::invalid, "text");
  expect_error(act(edit_entry, anna, edit("\xff")), Errc::invalid, "text");
}

TEST_F(EditEntryTest, MakesNoVersionOfTheSameWords) {
  must(act(edit_entry, anna, edit("helo")));
  EXPECT_TRUE(events.empty());
}

TEST_F(EditEntryTest, TakesBackWithoutHidingWhatWasSaid) {
  const TakeBackEntry command{new_id<ActId>(), entry.id};
  const Entry gone = must(act(take_back_entry, anna, command));
  EXPECT_TRUE(gone.taken_back);
  EXPECT_TRUE(gone.text.empty());
  EXPECT_EQ(must(act(take_back_entry, anna, command)), gone);
  EXPECT_EQ(events_of<EntryChanged>().size(), 1U);
  EXPECT_EQ(versions_for(mara)[0].text, "helo");
  expect_error(act(edit_entry, anna, edit("again")), Errc::conflict);
}

TEST_F(EditEntryTest, StopsWaitingWhenTheOnlyQuestionWasTakenBack) {
  must(act(take_back_entry, anna, TakeBackEntry{new_id<ActId>(), entry.id}));
  EXPECT_EQ(thread_of(anna).own.waiting_since, std::nullopt);
  EXPECT_EQ(events_of<ConversationChanged>().size(), 1U);
}

TEST_F(EditEntryTest, GoesOnWaitingForTheOtherQuestion) {
  clock.advance(std::chrono::minutes(1));
  say(anna, "are you there?");
  must(act(take_back_entry, anna, TakeBackEntry{new_id<ActId>(), entry.id}));
  EXPECT_EQ(thread_of(anna).own.waiting_since, clock.now());
}

TEST_F(EditEntryTest, LetsTheVisitorEditWhatSheSaidBeforeAMerge) {
  const Actor later = given_visitor();
  must(act(merge_people, mara, MergePeople{new_id<MergeId>(), anna.person, later.person, ""}));
  must(act(edit_entry, recognised_again(later), edit("hello")));
}

}  // namespace
}  // namespace kith
