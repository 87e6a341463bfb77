// What every store must do with conversations: one per person, read together over merges, listed by what is newest.
#include "storage/store_contract.h"

namespace kith {
namespace {

class ConversationContract : public StoreContract {
 protected:
  std::vector<ConversationId> recent(std::optional<Seq> before = {}, std::size_t limit = 50) {
    std::vector<ConversationId> found;
    for (const auto& row : look([&](const Snapshot& now) { return now.conversations().recent(before, limit); }).value())
      found.push_back(row.conversation.id);
    return found;
  }
  void let_wait(const Conversation& conversation, std::optional<Time> since) {
    EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
      KITH_TRY(Conversation current, tx.conversations().find(conversation.id));
      current.waiting_since = since;
      return tx.conversations().save(current);
    }));
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ConversationContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(ConversationContract, KeepsOneConversationPerPerson) {
  const Conversation anna = given_conversation("Anna");
  Conversation second = anna;
  second.id = new_id<ConversationId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.conversations().add(second); }).error().code, Errc::conflict);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.conversations().find(anna.id).value(), anna);
    EXPECT_EQ(now.conversations().of_person(anna.person).value(), anna);
    EXPECT_EQ(now.conversations().find(second.id).error().code, Errc::not_found);
    return 0;
  });
}

TEST_P(ConversationContract, KnowsNoConversationOfStrangers) {
  const Person silent = given_person("Silent");
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.conversations().of_person(silent.id).error().code, Errc::not_found);
    EXPECT_EQ(now.conversations().thread_of(silent.id).error().code, Errc::not_found);
    EXPECT_EQ(now.conversations().thread_of(new_id<PersonId>()).error().code, Errc::not_found);
    EXPECT_EQ(now.conversations().thread_with(new_id<ConversationId>()).error().code, Errc::not_found);
    return 0;
  });
  const Conversation nobody{new_id<ConversationId>(), new_id<PersonId>(), {}, 0, clock.now()};
  EXPECT_FALSE(write([&](Tx& tx) { return tx.conversations().add(nobody); }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.conversations().save(nobody); }).error().code, Errc::not_found);
}

TEST_P(ConversationContract, ReadsStrandsTogetherOverAChainOfMerges) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation c = given_conversation("C");
  const Conversation d = given_conversation("D");
  given_merge(d.person, c.person);
  given_merge(a.person, b.person);
  const Merge last = given_merge(b.person, c.person);
  look([&](const Snapshot& now) {
    const std::vector<ConversationId> together{c.id, d.id, a.id, b.id};
    for (const Conversation& strand : {a, b, c, d}) {
      EXPECT_EQ(now.conversations().thread_of(strand.person)->own.id, c.id);
      EXPECT_EQ(now.conversations().thread_of(strand.person)->strands, together);
      EXPECT_EQ(now.conversations().thread_with(strand.id)->strands, together);
      EXPECT_EQ(now.conversations().of_person(strand.person)->id, strand.id);
    }
    return 0;
  });
  given_undone(last);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.conversations().thread_of(a.person)->strands, (std::vector{b.id, a.id}));
    EXPECT_EQ(now.conversations().thread_of(c.person)->strands, (std::vector{c.id, d.id}));
    return 0;
  });
}

TEST_P(ConversationContract, ListsTheNewestActivityFirst) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  given_conversation("Silent");
  const Entry first = given_entry(a, "one");
  const Entry second = given_entry(b, "two");
  EXPECT_EQ(recent(), (std::vector{b.id, a.id}));
  const Entry third = given_entry(a, "three");
  const auto rows = look([&](const Snapshot& now) { return now.conversations().recent({}, 50); }).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].conversation.id, a.id);
  EXPECT_EQ(rows[0].conversation.last_entry, third.seq);
  EXPECT_EQ(rows[0].person.called, "A");
  EXPECT_EQ(rows[0].newest, third);
  EXPECT_EQ(rows[1].newest, second);
}

TEST_P(ConversationContract, PagesTheListByTheSeqOfTheNewestEntry) {
  std::vector<ConversationId> all;
  for (int i = 0; i < 7; ++i) {
    const Conversation one = given_conversation("Person " + std::to_string(i));
    given_entry(one, "hello");
    all.insert(all.begin(), one.id);
  }
  std::vector<ConversationId> paged;
  std::optional<Seq> before;
  for (int page = 0; page < 4; ++page) {
    const auto rows = look([&](const Snapshot& now) { return now.conversations().recent(before, 2); }).value();
    EXPECT_EQ(rows.size(), page < 3 ? 2U : 1U);
    for (const auto& row : rows) paged.push_back(row.conversation.id);
    before = rows.back().newest->seq;
  }
  EXPECT_EQ(paged, all);
  EXPECT_TRUE(recent(before).empty());
  EXPECT_TRUE(recent({}, 0).empty());
}

TEST_P(ConversationContract, ListsAMergedThreadOnceByItsNewestStrand) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation other = given_conversation("Other");
  given_entry(b, "old");
  const Entry middle = given_entry(other, "middle");
  const Entry newest = given_entry(a, "newest, in the strand that is merged away");
  const Merge merge = given_merge(a.person, b.person);
  const auto rows = look([&](const Snapshot& now) { return now.conversations().recent({}, 50); }).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].conversation.id, b.id);
  EXPECT_EQ(rows[0].person.called, "B");
  EXPECT_EQ(rows[0].newest, newest);
  EXPECT_EQ(rows[1].newest, middle);
  EXPECT_EQ(recent(newest.seq), (std::vector{other.id}));
  EXPECT_TRUE(recent(middle.seq).empty());
  given_undone(merge);
  EXPECT_EQ(recent(), (std::vector{a.id, other.id, b.id}));
}

TEST_P(ConversationContract, ListsWhoWaitsLongestFirst) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation c = given_conversation("C");
  given_conversation("Content");
  let_wait(a, Time{300});
  let_wait(b, Time{100});
  let_wait(c, Time{200});
  const Entry word = given_entry(b, "anybody there?");
  auto waiting = [&](std::size_t limit, std::optional<Place<ConversationId>> after = {}) {
    return look([&](const Snapshot& now) { return now.conversations().waiting(after, limit); }).value();
  };
  ASSERT_EQ(waiting(10).size(), 3U);
  EXPECT_EQ(waiting(10)[0].conversation.id, b.id);
  EXPECT_EQ(waiting(10)[0].newest, word);
  EXPECT_EQ(waiting(10)[0].conversation.waiting_since, Time{100});
  EXPECT_EQ(waiting(10)[1].conversation.id, c.id);
  EXPECT_EQ(waiting(10)[2].conversation.id, a.id);
  EXPECT_EQ(waiting(10)[2].newest, std::nullopt);
  EXPECT_EQ(waiting(1).size(), 1U);
  const auto behind_b = waiting(1, Place{Time{100}, b.id});
  ASSERT_EQ(behind_b.size(), 1U);
  EXPECT_EQ(behind_b[0].conversation.id, c.id);
  EXPECT_TRUE(waiting(10, Place{Time{300}, a.id}).empty());
  let_wait(b, {});
  EXPECT_EQ(waiting(10, Place{Time{100}, b.id}).size(), 2U) << "her place stays when she has gone";
  EXPECT_EQ(waiting(10)[0].conversation.id, c.id);
}

TEST_P(ConversationContract, ListsNobodyWhoIsMergedAway) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  let_wait(a, Time{100});
  let_wait(b, Time{200});
  given_merge(a.person, b.person);
  const auto rows = look([&](const Snapshot& now) { return now.conversations().waiting({}, 10); }).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].conversation.id, b.id);
}

TEST_P(ConversationContract, RemembersWhatWasAsked) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.conversations().save_ask({a.id, "called", AskState::asked}));
    KITH_CHECK(tx.conversations().save_ask({a.id, "reply_address", AskState::declined}));
    return tx.conversations().save_ask({a.id, "called", AskState::answered});
  }));
  look([&](const Snapshot& now) {
    auto asks = now.conversations().asks(a.id).value();
    std::ranges::sort(asks, {}, &Ask::field);
    const std::vector<Ask> expected{{a.id, "called", AskState::answered}, {a.id, "reply_address", AskState::declined}};
    EXPECT_EQ(asks, expected);
    EXPECT_TRUE(now.conversations().asks(b.id)->empty());
    return 0;
  });
}

}  // namespace
}  // namespace kith
