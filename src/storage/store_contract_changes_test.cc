// What every store must remember of changes for those who were away.
#include "storage/store_contract.h"

namespace kith {
namespace {

class ChangeContract : public StoreContract {
 protected:
  Person nobody(std::string called) {
    return {.id = new_id<PersonId>(),
            .called = std::move(called),
            .languages = {},
            .access_needs = {},
            .merged_into = {},
            .created_at = clock.now()};
  }
  std::vector<Change> changes_after(Seq after, std::size_t limit = 100) {
    return look([&](const Snapshot& now) {
             return now.changes().after({.everything = true, .strands = {}}, after, limit);
           })
        .value();
  }
  // Emits a change of the person in the conversation.
  Seq change(const Person& person, std::optional<ConversationId> conversation) {
    return write([&](Tx& tx) -> Result<Seq> {
             const Seq seq = tx.next_seq();
             tx.emit({seq, conversation, PersonChanged{person}});
             return seq;
           })
        .value();
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ChangeContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(ChangeContract, KeepsOneRowPerThingThatMovesForward) {
  const Conversation anna = given_conversation("Anna");
  const Person person = nobody("Anna");
  const Person other = nobody("Other");
  const Seq first = change(person, anna.id);
  const Seq second = change(other, anna.id);
  const Seq third = change(person, anna.id);
  const auto changes = changes_after(0);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].seq, second);
  EXPECT_EQ(changes[0].object, other.id.bytes);
  EXPECT_EQ(changes[1].seq, third);
  EXPECT_EQ(changes[1].kind, ChangeKind::person);
  EXPECT_EQ(changes[1].object, person.id.bytes);
  EXPECT_EQ(changes_after(first).size(), 2U);
  EXPECT_EQ(changes_after(second).size(), 1U);
  EXPECT_EQ(changes_after(0, 1).size(), 1U);
  EXPECT_TRUE(changes_after(third).empty());
  EXPECT_EQ(look([&](const Snapshot& now) { return now.changes().newest(); }).value(), third);
}

TEST_P(ChangeContract, TellsApartKindsWithTheSameId) {
  const Conversation anna = given_conversation("Anna");
  const Person person = nobody("Lena");
  change(person, anna.id);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    tx.emit({tx.next_seq(), std::nullopt, ColleagueChanged{person, "hi", true}});
    return {};
  }));
  const auto changes = changes_after(0);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].kind, ChangeKind::person);
  EXPECT_EQ(changes[1].kind, ChangeKind::colleague);
}

TEST_P(ChangeContract, RemembersEveryKindOfChangeButNewEntriesAndEndedSessions) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "hello");
  const Person person = look([&](const Snapshot& now) { return now.people().find(anna.person); }).value();
  const Thread thread = look([&](const Snapshot& now) { return now.conversations().thread_of(anna.person); }).value();
  const TopicId topic = new_id<TopicId>();
  const NoteId note = new_id<NoteId>();
  const PromiseId promise = new_id<PromiseId>();
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    Topic a_topic{.id = topic, .strand = anna.id, .title = "t", .until = {}, .entries = {}};
    Note a_note{note, anna.person, anna.person, "n", 1, false, {}, 0};
    Promise a_promise{.id = promise,
                      .strand = anna.id,
                      .to = anna.person,
                      .by = anna.person,
                      .what = "w",
                      .given_at = {},
                      .from = {},
                      .due = {},
                      .apology = {}};
    KITH_CHECK(tx.topics().add(a_topic));
    KITH_CHECK(tx.notes().add(a_note));
    KITH_CHECK(tx.promises().add(a_promise));
    const std::vector<EventBody> bodies{EntryAdded{entry},
                                        EntryChanged{entry},
                                        ConversationChanged{thread, person},
                                        PersonChanged{person},
                                        TopicChanged{a_topic},
                                        NoteChanged{a_note},
                                        PromiseChanged{a_promise},
                                        ColleagueChanged{person, "", true},
                                        SettingsChanged{},
                                        SessionsEnded{}};
    for (const EventBody& body : bodies) tx.emit({tx.next_seq(), anna.id, body});
    return {};
  }));
  const auto changes = changes_after(0);
  const std::vector<std::pair<ChangeKind, IdBytes>> expected{
      {ChangeKind::entry, entry.id.bytes},      {ChangeKind::conversation, anna.id.bytes},
      {ChangeKind::person, person.id.bytes},    {ChangeKind::topic, topic.bytes},
      {ChangeKind::note, note.bytes},           {ChangeKind::promise, promise.bytes},
      {ChangeKind::colleague, person.id.bytes}, {ChangeKind::settings, IdBytes{}}};
  std::vector<std::pair<ChangeKind, IdBytes>> found;
  for (const Change& one : changes) found.emplace_back(one.kind, one.object);
  EXPECT_EQ(found, expected);
}

TEST_P(ChangeContract, TellsChangesOnlyToThoseTheyConcern) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Seq of_a = change(nobody("of A"), a.id);
  const Seq of_b = change(nobody("of B"), b.id);
  change(nobody("of nobody's conversation"), std::nullopt);
  const Seq of_house = write([&](Tx& tx) -> Result<Seq> {
                         const Seq seq = tx.next_seq();
                         tx.emit({seq, std::nullopt, ColleagueChanged{nobody("of the house"), "", true}});
                         return seq;
                       }).value();
  auto seqs = [&](ChangeScope scope) {
    std::vector<Seq> found;
    for (const Change& one : look([&](const Snapshot& now) { return now.changes().after(scope, 0, 10); }).value())
      found.push_back(one.seq);
    return found;
  };
  EXPECT_EQ(seqs({.strands = {a.id}}), std::vector{of_a});
  EXPECT_EQ(seqs({.strands = {b.id, a.id}}), (std::vector{of_a, of_b}));
  EXPECT_EQ(seqs({.strands = {a.id}, .house_too = true}), (std::vector{of_a, of_house}));
  EXPECT_EQ(seqs({.strands = {}}), std::vector<Seq>{});
  EXPECT_EQ(seqs({.strands = {}, .house_too = true}), std::vector{of_house});
  EXPECT_EQ(seqs({.everything = true, .strands = {}}).size(), 4U);
}

TEST_P(ChangeContract, RemembersChangesWhenTheProcessEnds) {
  const Conversation anna = given_conversation("Anna");
  const Seq seq = change(nobody("Anna"), anna.id);
  house_->reopen();
  ASSERT_EQ(changes_after(0).size(), 1U);
  EXPECT_EQ(changes_after(0)[0].seq, seq);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.changes().newest(); }).value(), seq);
}

}  // namespace
}  // namespace kith
