#include "conversations/read_conversation.h"

#include "conversations/notes.h"
#include "conversations/page_text.h"
#include "conversations/search.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "people/persons.h"
#include "people/test_house.h"

namespace kith {
namespace {

class ReadConversationTest : public TestHouse {
 protected:
  void SetUp() override {
    mara = given_colleague("Mara");
    anna = given_visitor();
    bela = given_visitor();
  }
  Entry say(const Actor& actor, std::string text) {
    clock.advance(std::chrono::seconds(1));
    return must(act(write_message, actor, WriteMessage{.id = new_id<EntryId>(), .text = std::move(text)}));
  }
  Entry answer(const Actor& customer, std::string text) {
    return must(act(
        write_message, mara,
        WriteMessage{.id = new_id<EntryId>(), .conversation = thread_of(customer).own.id, .text = std::move(text)}));
  }
  Result<EntryPage> page(const Actor& actor, ListEntries query) {
    return look([&](const Snapshot& now) { return list_entries(now, actor, query); });
  }
  Result<FoundEntries> found(const Actor& actor, SearchEntries query) {
    return look([&](const Snapshot& now) { return search_entries(now, actor, query); });
  }
  static std::vector<std::string> texts(const std::vector<Entry>& entries) {
    std::vector<std::string> all;
    for (const Entry& entry : entries) all.push_back(entry.text);
    return all;
  }
  Actor mara, anna, bela;
};

TEST_F(ReadConversationTest, TurnsPagesFromTheNewestToTheBeginningWithoutGapsOrDoubles) {
  for (const char* text : {"1", "2", "3", "4", "5"}) say(anna, text);
  const EntryPage first = must(page(anna, {.limit = 2}));
  EXPECT_EQ(texts(first.entries), (std::vector<std::string>{"5", "4"}));
  const EntryPage second = must(page(anna, {.before = first.next, .limit = 2}));
  EXPECT_EQ(texts(second.entries), (std::vector<std::string>{"3", "2"}));
  const EntryPage last = must(page(anna, {.before = second.next, .limit = 2}));
  EXPECT_EQ(texts(last.entries), (std::vector<std::string>{"1"}));
  EXPECT_EQ(last.next, std::nullopt);
}

TEST_F(ReadConversationTest, EndsAPageOfLongTextsSoonerAndGoesOnWithTheNext) {
  const std::string text = "lamp " + std::string(50'000 - 5, 'x');
  for (int i = 0; i < 25; ++i) say(anna, text);
  std::vector<Seq> read;
  std::size_t pages = 0;
  std::optional<Seq> before;
  do {
    const EntryPage next = must(page(anna, {.before = before, .limit = 100}));
    ASSERT_LE(next.entries.size() * text.size(), kMostPageText);
    for (const Entry& entry : next.entries) read.push_back(entry.seq);
    before = next.next;
    ++pages;
  } while (before);
  EXPECT_EQ(read.size(), 25U);
  EXPECT_TRUE(std::ranges::is_sorted(read, std::greater())) << "newest first, without gaps or doubles";
  EXPECT_EQ(pages, 3U);
  const FoundEntries first = must(found(anna, {.words = "lamp", .limit = 100}));
  EXPECT_EQ(first.found.size(), 10U);
  EXPECT_EQ(must(found(anna, {.words = "lamp", .before = first.next, .limit = 100})).found.size(), 10U);
}

TEST_F(ReadConversationTest, EndsExactlyWhereAPageIsFull) {
  say(anna, "1");
  say(anna, "2");
  EXPECT_EQ(must(page(anna, {.limit = 2})).next, std::nullopt);
}

TEST_F(ReadConversationTest, ReadsBothStrandsOfAMergeInOrder) {
  say(anna, "by web");
  say(bela, "by mail");
  say(anna, "by web again");
  must(act(merge_people, mara, MergePeople{new_id<MergeId>(), bela.person, anna.person, ""}));
  const auto all = texts(must(page(anna, {})).entries);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(std::vector(all.begin() + 1, all.end()), (std::vector<std::string>{"by web again", "by mail", "by web"}));
}

TEST_F(ReadConversationTest, IsHersAndTheTeamsAlone) {
  const Entry entry = say(anna, "hello");
  const ListEntries hers{.conversation = thread_of(anna).own.id};
  EXPECT_TRUE(page(mara, hers));
  EXPECT_TRUE(page(program(kReadConversations), hers));
  expect_error(page(bela, hers), Errc::not_found);
  expect_error(page(program(kWriteEntries), hers), Errc::not_allowed);
  expect_error(page(Actor{}, hers), Errc::not_signed_in);
  expect_error(look([&](const Snapshot& now) { return view_entry(now, bela, entry.id); }), Errc::not_found);
  expect_error(look([&](const Snapshot& now) { return view_conversation(now, bela, hers.conversation); }),
               Errc::not_found);
}

TEST_F(ReadConversationTest, ListsPeopleByTheirNewestWord) {
  say(anna, "first");
  say(bela, "second");
  const auto people = [&](std::optional<Seq> before) {
    return must(look([&](const Snapshot& now) { return list_people(now, mara, {before, 1}); }));
  };
  const PeoplePage first = people({});
  ASSERT_EQ(first.rows.size(), 1U);
  EXPECT_EQ(first.rows[0].person.id, bela.person);
  const PeoplePage second = people(first.next);
  EXPECT_EQ(second.rows[0].person.id, anna.person);
  EXPECT_EQ(second.next, std::nullopt);
}

TEST_F(ReadConversationTest, LetsThoseWaitingStandInLineUntilTheyAreAnswered) {
  say(anna, "first");
  say(bela, "second");
  const auto line = [&] { return must(look([&](const Snapshot& now) { return waiting_line(now, mara, {}); })).rows; };
  ASSERT_EQ(line().size(), 2U);
  EXPECT_EQ(line()[0].person.id, anna.person);
  answer(anna, "hello");
  ASSERT_EQ(line().size(), 1U);
  EXPECT_EQ(line()[0].person.id, bela.person);
}

TEST_F(ReadConversationTest, GoesOnInTheLineWhereAPageEndedThoughOthersLeaveIt) {
  say(anna, "first");
  clock.advance(std::chrono::seconds(1));
  say(bela, "second");
  const auto page = [&](const ListLine& query) {
    return must(look([&](const Snapshot& now) { return waiting_line(now, mara, query); }));
  };
  const LinePage first = page({.limit = 1});
  ASSERT_TRUE(first.further);
  EXPECT_EQ(first.rows[0].person.id, anna.person);
  answer(anna, "hello");
  const LinePage second = page({.after = first.further, .limit = 1});
  ASSERT_EQ(second.rows.size(), 1U);
  EXPECT_EQ(second.rows[0].person.id, bela.person);
  EXPECT_FALSE(second.further);
}

TEST_F(ReadConversationTest, FindsNotesForColleaguesAndNeverForCustomers) {
  const auto note = must(act(write_note, mara, WriteNote{new_id<NoteId>(), anna.person, "prefers the morning"}));
  const auto found = [&](const Actor& actor) {
    return look([&](const Snapshot& now) { return search_notes(now, actor, {.words = "morn"}); });
  };
  const FoundNotes notes = must(found(mara));
  ASSERT_EQ(notes.found.size(), 1U);
  EXPECT_EQ(notes.found[0].note, note);
  EXPECT_EQ(notes.found[0].person.id, anna.person);
  for (const Actor& actor : {anna, bela, program(~0U), Actor{}}) EXPECT_FALSE(found(actor));
  must(act(take_back_note, mara, TakeBackNote{note.id}));
  EXPECT_TRUE(must(found(mara)).found.empty());
}

TEST_F(ReadConversationTest, HidesListsFromVisitors) {
  expect_error(look([&](const Snapshot& now) { return list_people(now, anna, {}); }), Errc::not_allowed);
  expect_error(look([&](const Snapshot& now) { return waiting_line(now, anna, {}); }), Errc::not_allowed);
  expect_error(look([&](const Snapshot& now) { return list_promises(now, anna, {}); }), Errc::not_allowed);
}

TEST_F(ReadConversationTest, FindsWordsEverywhereForColleaguesAndOnlyHersForAVisitor) {
  say(anna, "the blue teapot");
  say(bela, "my teapot is broken");
  EXPECT_EQ(must(found(mara, {.words = "teapot"})).found.size(), 2U);
  EXPECT_EQ(must(found(mara, {.words = "teapot", .conversation = thread_of(anna).own.id})).found.size(), 1U);
  const auto hers = must(found(anna, {.words = "teapot"})).found;
  ASSERT_EQ(hers.size(), 1U);
  EXPECT_EQ(hers[0].person.id, anna.person);
  expect_error(found(anna, {.words = "teapot", .conversation = thread_of(bela).own.id}), Errc::not_found);
}

TEST_F(ReadConversationTest, FindsNewestFirstPageByPage) {
  say(anna, "teapot one");
  say(bela, "teapot two");
  const auto first = must(found(mara, {.words = "teapot", .limit = 1}));
  ASSERT_EQ(first.found.size(), 1U);
  EXPECT_EQ(first.found[0].entry.text, "teapot two");
  const auto second = must(found(mara, {.words = "teapot", .before = first.next, .limit = 1}));
  EXPECT_EQ(second.found[0].entry.text, "teapot one");
  EXPECT_EQ(second.next, std::nullopt);
}

TEST_F(ReadConversationTest, FindsPeopleForTheTeamOnly) {
  must(act(rename_person, anna, RenamePerson{anna.person, "Anna Berg", {}, {}}));
  const auto people = [&](const Actor& actor) {
    return look([&](const Snapshot& now) { return search_people(now, actor, {"ber"}); });
  };
  ASSERT_EQ(must(people(mara)).size(), 1U);
  EXPECT_EQ(must(people(mara))[0].conversation, thread_of(anna).own.id);
  EXPECT_FALSE(people(bela));
}

}  // namespace
}  // namespace kith
