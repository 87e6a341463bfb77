// What every store must do with units of work: each whole or not at all, events and changes only of what is kept.
#include <array>
#include <atomic>
#include <span>
#include <thread>

#include "storage/store_contract.h"

namespace kith {
namespace {

// A unit made of a few lines.
class Unit : public WriteUnit {
 public:
  explicit Unit(std::function<bool(Tx&)> body) : body_(std::move(body)) {}
  bool run(Tx& tx) override { return body_(tx); }

 private:
  std::function<bool(Tx&)> body_;
};

class UnitContract : public StoreContract {
 protected:
  Person nobody(std::string called) {
    return {.id = new_id<PersonId>(),
            .called = std::move(called),
            .languages = {},
            .access_needs = {},
            .merged_into = {},
            .created_at = clock.now()};
  }
  bool knows(const Person& person) {
    return look([&](const Snapshot& now) { return now.people().find(person.id); }).has_value();
  }
  GroupOutcome commit(std::span<Unit> units) {
    std::vector<WriteUnit*> pointers;
    for (Unit& unit : units) pointers.push_back(&unit);
    return store().commit_group(pointers, clock.now(), random);
  }

  // What is left of some units: what they drew, the events they brought about, the entries that are kept.
  struct Day {
    std::array<std::uint64_t, 5> drawn{};
    std::vector<std::pair<Seq, std::size_t>> events;
    std::vector<Entry> kept;
    std::size_t found = 0;
    bool operator==(const Day&) const = default;
  };
  // Says one thing, touches what a message touches, and fails at the end when it was to be undone.
  static bool say(Tx& tx, const Conversation& conversation, const std::string& text, std::uint64_t& drawn) {
    Entry entry{.id = tx.new_id<EntryId>(), .strand = conversation.id, .text = text, .at = tx.now()};
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.author = {.kind = AuthorKind::customer, .person = conversation.person};
    if (!tx.entries().add(entry)) return false;
    tx.emit({entry.seq, conversation.id, EntryAdded{entry}});
    const Thread thread = *tx.conversations().thread_of(conversation.person);
    if (!tx.conversations().save(thread.own)) return false;
    const Person person = *tx.people().find(conversation.person);
    tx.emit({tx.next_seq(), conversation.id, ConversationChanged{thread, person}});
    drawn = tx.random().next();
    return text != "undone";
  }
  void tell(Day& day, std::span<Unit> units) {
    const GroupOutcome outcome = commit(units);
    EXPECT_TRUE(outcome.commit);
    for (const Event& event : outcome.events) day.events.emplace_back(event.seq, event.body.index());
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, UnitContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(UnitContract, UndoesAFailingUnitAndOnlyIt) {
  const Person a = nobody("A");
  const Person b = nobody("B");
  const Person c = nobody("C");
  std::vector<Unit> units;
  units.emplace_back([&](Tx& tx) { return tx.people().add(a).has_value(); });
  units.emplace_back([&](Tx& tx) {
    EXPECT_TRUE(tx.people().add(b));
    Person changed = a;
    changed.called = "changed by the unit that fails";
    EXPECT_TRUE(tx.people().save(changed));
    return false;
  });
  units.emplace_back([&](Tx& tx) {
    EXPECT_TRUE(tx.people().find(a.id));
    EXPECT_EQ(tx.people().find(b.id).error().code, Errc::not_found);
    return tx.people().add(c).has_value();
  });
  EXPECT_TRUE(commit(units).commit);
  EXPECT_TRUE(knows(a));
  EXPECT_FALSE(knows(b));
  EXPECT_TRUE(knows(c));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().find(a.id); })->called, "A");
}

TEST_P(UnitContract, TakesAThrowingUnitForAFailingOne) {
  const Person a = nobody("A");
  const Person b = nobody("B");
  std::vector<Unit> units;
  units.emplace_back([&](Tx& tx) -> bool {
    EXPECT_TRUE(tx.people().add(a));
    throw std::runtime_error("a bug");
  });
  units.emplace_back([&](Tx& tx) { return tx.people().add(b).has_value(); });
  EXPECT_TRUE(commit(units).commit);
  EXPECT_FALSE(knows(a));
  EXPECT_TRUE(knows(b));
}

TEST_P(UnitContract, UndoesEverythingAFailingUnitCouldTouch) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "first words");
  const Seq newest = look([&](const Snapshot& now) { return now.changes().newest(); }).value();
  Person person = look([&](const Snapshot& now) { return now.people().find(anna.person); }).value();
  std::vector<Unit> units;
  units.emplace_back([&](Tx& tx) {
    Entry second = new_entry(anna, "never said");
    second.seq = second.changed_seq = tx.next_seq();
    EXPECT_TRUE(tx.entries().add(second));
    EXPECT_TRUE(
        tx.entries().add_version({tx.new_id<ActId>(), entry.id, 2, tx.next_seq(), "never edited", false, tx.now()}));
    EXPECT_TRUE(tx.conversations().save_ask({anna.id, "called", AskState::answered}));
    EXPECT_TRUE(tx.house().save_settings({"Elsewhere", "", "", "", 9}));
    EXPECT_TRUE(tx.outbox().add({tx.new_id<OutboxId>(), "email", "never sent", 0, Time{1}}));
    EXPECT_TRUE(tx.access().save_account({anna.person, "anna@shop.example", "", "", false, 0, ""}));
    tx.emit({tx.next_seq(), anna.id, PersonChanged{person}});
    return false;
  });
  const GroupOutcome outcome = commit(units);
  EXPECT_TRUE(outcome.commit);
  EXPECT_TRUE(outcome.events.empty());
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.entries().after({}, 0, 10).value(), std::vector{entry});
    EXPECT_EQ(now.entries().versions(entry.id)->size(), 1U);
    EXPECT_TRUE(now.conversations().asks(anna.id)->empty());
    EXPECT_EQ(now.conversations().find(anna.id)->last_entry, entry.seq);
    EXPECT_EQ(now.house().settings().value(), Settings{});
    EXPECT_FALSE(now.access().account(anna.person));
    EXPECT_TRUE(
        now.search().entries({.words = "never", .before = {}, .strands = {}, .from = {}, .until = {}})->empty());
    EXPECT_EQ(now.search().entries({.words = "first", .before = {}, .strands = {}, .from = {}, .until = {}})->size(),
              1U);
    EXPECT_EQ(now.changes().newest().value(), newest);
    return 0;
  });
  const auto changes =
      look([&](const Snapshot& now) { return now.changes().after({.everything = true, .strands = {}}, 0, 10); });
  EXPECT_TRUE(changes->empty());
  EXPECT_TRUE(write([&](Tx& tx) { return tx.outbox().due(Time{9}, 10); })->empty());
  EXPECT_TRUE(house_->is_sound());
}

TEST_P(UnitContract, GivesEventsOfKeptUnitsInSeqOrder) {
  const Conversation anna = given_conversation("Anna");
  const Person person = nobody("B");
  std::vector<Unit> units;
  units.emplace_back([&](Tx& tx) {
    const Seq first = tx.next_seq();
    const Seq second = tx.next_seq();
    EXPECT_LT(first, second);
    tx.emit(
        {second, anna.id, NoteChanged{{new_id<NoteId>(), anna.person, anna.person, "second", 1, false, {}, second}}});
    tx.emit({first, std::nullopt, PersonChanged{person}});
    return true;
  });
  units.emplace_back([&](Tx& tx) {
    tx.emit({tx.next_seq(), {}, SettingsChanged{}});
    return false;
  });
  units.emplace_back([&](Tx& tx) {
    tx.emit({tx.next_seq(), {}, SessionsEnded{{new_id<SessionId>()}}});
    return true;
  });
  const GroupOutcome outcome = commit(units);
  ASSERT_EQ(outcome.events.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<PersonChanged>(outcome.events[0].body));
  EXPECT_TRUE(std::holds_alternative<NoteChanged>(outcome.events[1].body));
  EXPECT_TRUE(std::holds_alternative<SessionsEnded>(outcome.events[2].body));
  EXPECT_LT(outcome.events[0].seq, outcome.events[1].seq);
  EXPECT_LT(outcome.events[1].seq, outcome.events[2].seq);
}

// One write that fails may have a store run its whole group again; what the others did, were told and tell must be the
// same as if each had been alone.
TEST_P(UnitContract, GivesEveryUnitTheSameWhateverHappensToOthersOfItsGroup) {
  auto day = [&](bool is_apart) {
    house_ = GetParam().open();
    clock = FakeClock();
    random = SeededRandom(7);
    const Conversation anna = given_conversation("Anna");
    Day told;
    std::vector<Unit> units;
    for (const std::string text : {"first", "undone", "second", "undone", "third"})
      units.emplace_back([&, text, at = units.size()](Tx& tx) { return say(tx, anna, text, told.drawn[at]); });
    for (std::size_t i = 0; i < units.size(); i += is_apart ? 1 : units.size())
      tell(told, std::span(units).subspan(i, is_apart ? 1 : units.size()));
    told.kept = *look([&](const Snapshot& now) { return now.entries().after({}, 0, 10); });
    told.found = look([&](const Snapshot& now) { return now.search().entries({.words = "undone"}); })->size();
    EXPECT_TRUE(house_->is_sound());
    return told;
  };
  const Day together = day(false);
  EXPECT_EQ(together, day(true));
  EXPECT_EQ(together.kept.size(), 3U);
  EXPECT_EQ(together.found, 0U);
  EXPECT_EQ(together.events.size(), 6U);
}

TEST_P(UnitContract, CommitsAnEmptyGroup) {
  std::vector<Unit> none;
  const GroupOutcome outcome = commit(none);
  EXPECT_TRUE(outcome.commit);
  EXPECT_TRUE(outcome.events.empty());
}

// Nor one that was given to something that is kept, whatever happened to the process since.
TEST_P(UnitContract, NeverGivesTheSameSeqTwice) {
  Seq given = 0;
  Seq kept = 0;
  for (int i = 0; i < 8; ++i) {
    const bool keeps = i % 2 == 0;
    Seq seq = 0;
    std::vector<Unit> units;
    units.emplace_back([&](Tx& tx) {
      seq = tx.next_seq();
      tx.emit({seq, {}, SessionsEnded{{new_id<SessionId>()}}});
      return keeps;
    });
    ASSERT_TRUE(commit(units).commit);
    EXPECT_GT(seq, given);
    given = seq;
    if (keeps) kept = given;
    if (i == 5) {
      house_->reopen();
      given = kept;
    }
  }
}

TEST_P(UnitContract, TellsEveryUnitOfAGroupTheSameMoment) {
  std::vector<Unit> units;
  for (int i = 0; i < 2; ++i)
    units.emplace_back([&](Tx& tx) {
      EXPECT_EQ(tx.now(), clock.now());
      return true;
    });
  EXPECT_TRUE(commit(units).commit);
}

TEST_P(UnitContract, ShowsAReaderOnlyWhatIsCommitted) {
  const Person anna = nobody("Anna");
  auto reader = store().open_reader();
  ASSERT_TRUE(reader);
  auto sees = [&] {
    bool seen = false;
    EXPECT_TRUE((*reader)->read([&](const Snapshot& now) { seen = now.people().find(anna.id).has_value(); }));
    return seen;
  };
  EXPECT_FALSE(sees());
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().add(anna); }));
  EXPECT_TRUE(sees());
}

// Readers on other threads always see whole groups: here two conversations that always get an entry together.
TEST_P(UnitContract, ShowsReadersOnOtherThreadsWholeGroups) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  std::atomic<bool> is_done = false;
  std::atomic<int> looks = 0;
  auto watch = [&] {
    auto reader = store().open_reader();
    ASSERT_TRUE(reader);
    while (!is_done || looks == 0) {
      ASSERT_TRUE((*reader)->read([&](const Snapshot& now) {
        const std::vector<ConversationId> of_a{a.id};
        const std::vector<ConversationId> of_b{b.id};
        EXPECT_EQ(now.entries().page(of_a, {}, 100)->size(), now.entries().page(of_b, {}, 100)->size());
      }));
      ++looks;
    }
  };
  std::jthread one(watch);
  std::jthread other(watch);
  for (int i = 0; i < 30; ++i) {
    EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
      for (const Conversation& conversation : {a, b}) {
        Entry entry = new_entry(conversation, "together");
        entry.seq = entry.changed_seq = tx.next_seq();
        KITH_CHECK(tx.entries().add(entry));
      }
      return {};
    }));
  }
  is_done = true;
}

// ---- commits that fail (the store in memory can be told to) ---------------------------------------------------------

TEST(MemoryStore, KeepsNothingOfAGroupThatFindsTheDiskFull) {
  MemoryStore store;
  FakeClock clock;
  SeededRandom random{1};
  const Person anna{.id = make_id<PersonId>(clock.now(), random),
                    .called = "Anna",
                    .languages = {},
                    .access_needs = {},
                    .merged_into = {},
                    .created_at = {}};
  auto add_anna = [&](Tx& tx) -> Result<void> {
    tx.emit({tx.next_seq(), {}, SettingsChanged{}});
    return tx.people().add(anna);
  };
  std::vector<Event> events;
  store.fail_next_commit(Errc::storage_full);
  EXPECT_EQ(write_in_group(store, clock, random, add_anna, &events).error().code, Errc::storage_full);
  EXPECT_TRUE(events.empty());
  EXPECT_FALSE(look_at(store, [&](const Snapshot& now) { return now.people().find(anna.id); }));
  EXPECT_EQ(look_at(store, [&](const Snapshot& now) { return now.changes().newest(); }).value(), 0);
  EXPECT_TRUE(write_in_group(store, clock, random, add_anna, &events));
  EXPECT_EQ(events.size(), 1U);
}

TEST(MemoryStore, RefusesToWriteAfterABrokenCommitUntilItIsOpenedAnew) {
  MemoryStore store;
  FakeClock clock;
  SeededRandom random{1};
  auto save = [&](Tx& tx) { return tx.house().save_settings({"Bakery", "", "", "", 1}); };
  store.fail_next_commit(Errc::unavailable);
  EXPECT_EQ(write_in_group(store, clock, random, save).error().code, Errc::unavailable);
  EXPECT_EQ(write_in_group(store, clock, random, save).error().code, Errc::unavailable);
  EXPECT_EQ(look_at(store, [&](const Snapshot& now) { return now.house().settings(); }).value(), Settings{});
  store.reopen();
  EXPECT_TRUE(write_in_group(store, clock, random, save));
}

}  // namespace
}  // namespace kith
