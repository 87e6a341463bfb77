// What every store must do for whoever writes: her transaction sees the thread as it stands, whatever was written,
// undone, merged or erased since it was met last.
#include "storage/store_contract.h"

namespace kith {
namespace {

class ThreadContract : public StoreContract {
 protected:
  // Met inside a transaction, by person and by conversation, and then by a reader: all see the same.
  Thread thread_of(const Conversation& conversation) {
    const auto met = write([&](Tx& tx) { return tx.conversations().thread_of(conversation.person); });
    const auto by_strand = write([&](Tx& tx) { return tx.conversations().thread_with(conversation.id); });
    const auto read = look([&](const Snapshot& now) { return now.conversations().thread_of(conversation.person); });
    EXPECT_EQ(met->own, read->own);
    EXPECT_EQ(met->strands, read->strands);
    EXPECT_EQ(by_strand->own, read->own);
    EXPECT_EQ(by_strand->strands, read->strands);
    return *met;
  }
  std::size_t laters_in(const Conversation& conversation) {
    const std::vector strands{conversation.id};
    const auto met = write([&](Tx& tx) { return tx.laters().set_in(strands); });
    EXPECT_EQ(*met, *look([&](const Snapshot& now) { return now.laters().set_in(strands); }));
    return met->size();
  }
  Result<void> let_wait(Conversation conversation, std::optional<Time> since, bool keep = true) {
    return write([&](Tx& tx) -> Result<void> {
      KITH_TRY(const Thread thread, tx.conversations().thread_of(conversation.person));
      conversation = thread.own;
      conversation.waiting_since = since;
      conversation.last_entry = 0;  // a save says nothing of it
      KITH_CHECK(tx.conversations().save(conversation));
      if (!keep) return fail(Errc::invalid, "undone");
      return {};
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ThreadContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(ThreadContract, SeesWhatWasSaidAndSaved) {
  const Conversation anna = given_conversation("Anna");
  EXPECT_EQ(thread_of(anna).own.last_entry, 0);
  const Entry first = given_entry(anna, "hello");
  EXPECT_EQ(thread_of(anna).own.last_entry, first.seq);
  ASSERT_TRUE(let_wait(anna, Time{7}));
  EXPECT_EQ(thread_of(anna).own.waiting_since, Time{7});
  const Entry second = given_entry(anna, "still there");
  EXPECT_EQ(thread_of(anna).own.last_entry, second.seq);
  EXPECT_EQ(thread_of(anna).own.waiting_since, Time{7});
  ASSERT_TRUE(let_wait(anna, {}));
  EXPECT_FALSE(thread_of(anna).own.waiting_since);
}

TEST_P(ThreadContract, SeesNothingOfWhatWasUndone) {
  const Conversation anna = given_conversation("Anna");
  const Conversation berta = given_conversation("Berta");
  const Entry kept = given_entry(anna, "kept");
  EXPECT_EQ(thread_of(anna).own.last_entry, kept.seq);
  EXPECT_FALSE(let_wait(anna, Time{9}, false));
  EXPECT_FALSE(thread_of(anna).own.waiting_since);
  EXPECT_FALSE(write([&](Tx& tx) -> Result<void> {
    Entry entry = new_entry(anna, "undone");
    entry.seq = entry.changed_seq = tx.next_seq();
    KITH_CHECK(tx.entries().add(entry));
    Person merged = *tx.people().find(anna.person);
    merged.merged_into = berta.person;
    KITH_CHECK(tx.people().save(merged));
    return fail(Errc::invalid, "undone");
  }));
  EXPECT_EQ(thread_of(anna).own.last_entry, kept.seq);
  EXPECT_EQ(thread_of(berta).strands, std::vector{berta.id});
}

TEST_P(ThreadContract, SeesARefusedEntryNowhere) {
  const Conversation anna = given_conversation("Anna");
  const Entry kept = given_entry(anna, "kept");
  // The unit goes on although its entry was refused, as it does when a client repeats itself.
  EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.conversations().thread_of(anna.person));
    Entry again = kept;
    again.seq = again.changed_seq = tx.next_seq();
    EXPECT_EQ(tx.entries().add(again).error().code, Errc::conflict);
    EXPECT_EQ(tx.conversations().thread_of(anna.person)->own.last_entry, kept.seq);
    return {};
  }));
  EXPECT_EQ(thread_of(anna).own.last_entry, kept.seq);
}

TEST_P(ThreadContract, SeesMergesAndTheirUndoing) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation c = given_conversation("C");
  for (const Conversation& one : {a, b, c}) EXPECT_EQ(thread_of(one).strands, std::vector{one.id});
  const Merge first = given_merge(a.person, b.person);
  EXPECT_EQ(thread_of(a).strands, (std::vector{b.id, a.id}));
  const Merge second = given_merge(b.person, c.person);
  EXPECT_EQ(thread_of(a).strands, (std::vector{c.id, a.id, b.id}));
  EXPECT_EQ(thread_of(c).own.id, c.id);
  given_undone(second);
  EXPECT_EQ(thread_of(c).strands, std::vector{c.id});
  EXPECT_EQ(thread_of(b).strands, (std::vector{b.id, a.id}));
  given_undone(first);
  for (const Conversation& one : {a, b, c}) EXPECT_EQ(thread_of(one).strands, std::vector{one.id});
  const Entry entry = given_entry(b, "mine alone");
  EXPECT_EQ(thread_of(b).own.last_entry, entry.seq);
  EXPECT_EQ(thread_of(a).own.last_entry, 0);
}

TEST_P(ThreadContract, SeesWhoPutItOff) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  EXPECT_EQ(thread_of(anna).strands.size(), 1U);
  EXPECT_EQ(laters_in(anna), 0U);
  Later later{.id = new_id<LaterId>(), .strand = anna.id, .person = noor.id, .is_set = true, .until = Time{100}};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.laters().add(later); }));
  EXPECT_EQ(laters_in(anna), 1U);
  later.is_set = false;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.laters().save(later); }));
  EXPECT_EQ(laters_in(anna), 0U);
  later.is_set = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.laters().save(later); }));
  EXPECT_EQ(laters_in(anna), 1U);
}

TEST_P(ThreadContract, SeesNoThreadOfWhoWasErased) {
  Person invented = given_person("Invented");
  const Conversation anna = given_conversation("Anna");
  const Conversation gone = given_conversation(invented);
  EXPECT_EQ(thread_of(gone).strands.size(), 1U);
  EXPECT_EQ(thread_of(anna).strands.size(), 1U);
  invented.is_sample = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(invented); }));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.erase_sample(); }));
  const auto asked = [&](Tx& tx) { return tx.conversations().thread_of(invented.id); };
  EXPECT_EQ(write(asked).error().code, Errc::not_found);
  EXPECT_EQ(thread_of(anna).own.id, anna.id);
}

}  // namespace
}  // namespace kith
