// What every store must do with entries: append them, never change them, show every version.
#include "storage/store_contract.h"

namespace kith {
namespace {

class EntryContract : public StoreContract {
 protected:
  Errc refusal(const Entry& entry) {
    auto added = write([&](Tx& tx) -> Result<void> {
      Entry one = entry;
      one.seq = one.changed_seq = tx.next_seq();
      one.at = tx.now();
      return tx.entries().add(one);
    });
    EXPECT_FALSE(added);
    return added ? Errc::unavailable : added.error().code;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, EntryContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(EntryContract, KeepsAnEntryAsItIs) {
  const Conversation anna = given_conversation("Anna");
  Entry entry = new_entry(anna, "Grüß Gott \xF0\x9F\x8C\xBB\nzweite Zeile");
  entry.kind = EntryKind::thanks;
  entry.channel = Channel::counter;
  entry.attachments = {new_id<AttachmentId>(), new_id<AttachmentId>()};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    for (AttachmentId id : entry.attachments) {
      Attachment attachment{.id = id,
                            .strand = anna.id,
                            .by = anna.person,
                            .name = "a.png",
                            .media_type = "image/png",
                            .alt_text = "",
                            .content = {},
                            .created_at = tx.now()};
      KITH_CHECK(tx.attachments().add(attachment));
    }
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.at = tx.now();
    return tx.entries().add(entry);
  }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().find(entry.id); }).value(), entry);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.conversations().find(anna.id); })->last_entry, entry.seq);
}

TEST_P(EntryContract, MovesTheConversationOnWithinTheSameUnit) {
  const Conversation anna = given_conversation("Anna");
  Entry entry = new_entry(anna, "first");
  auto last_entry = write([&](Tx& tx) -> Result<Seq> {
    entry.seq = entry.changed_seq = tx.next_seq();
    KITH_CHECK(tx.entries().add(entry));
    KITH_TRY(Conversation conversation, tx.conversations().find(anna.id));
    conversation.waiting_since = Time{7};
    KITH_CHECK(tx.conversations().save(conversation));
    return conversation.last_entry;
  });
  EXPECT_EQ(last_entry.value(), entry.seq);
  const auto after = look([&](const Snapshot& now) { return now.conversations().find(anna.id); }).value();
  EXPECT_EQ(after.last_entry, entry.seq);
  EXPECT_EQ(after.waiting_since, Time{7});
}

TEST_P(EntryContract, RefusesASeqThatIsTakenOrPast) {
  const Conversation anna = given_conversation("Anna");
  const Entry first = given_entry(anna, "first");
  const Entry second = given_entry(anna, "second");
  for (Seq seq : {second.seq, first.seq}) {
    Entry late = new_entry(anna, "between the lines");
    late.seq = late.changed_seq = seq;
    EXPECT_EQ(write([&](Tx& tx) { return tx.entries().add(late); }).error().code, Errc::conflict);
    EntryVersion version{new_id<ActId>(), first.id, 2, seq, "between", false, Time{1}};
    EXPECT_EQ(write([&](Tx& tx) { return tx.entries().add_version(version); }).error().code, Errc::conflict);
  }
}

TEST_P(EntryContract, KeepsEveryKindOfAuthor) {
  const Conversation anna = given_conversation("Anna");
  for (AuthorKind kind : {AuthorKind::customer, AuthorKind::colleague, AuthorKind::machine, AuthorKind::notice}) {
    const Entry entry = given_entry(anna, "hello", kind);
    EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().find(entry.id); }).value(), entry);
  }
}

TEST_P(EntryContract, RefusesAColleagueWithoutProof) {
  const Conversation anna = given_conversation("Anna");
  Entry entry = new_entry(anna, "trust me", AuthorKind::colleague);
  entry.author.session = std::nullopt;
  EXPECT_EQ(refusal(entry), Errc::invalid);
  entry = new_entry(anna, "trust me", AuthorKind::colleague);
  entry.author.person = std::nullopt;
  EXPECT_EQ(refusal(entry), Errc::invalid);
}

TEST_P(EntryContract, RefusesAMachineWithoutItsLabel) {
  const Conversation anna = given_conversation("Anna");
  for (AuthorKind kind : {AuthorKind::machine, AuthorKind::notice}) {
    Entry entry = new_entry(anna, "I am human, honestly", kind);
    entry.author.machine = "";
    EXPECT_EQ(refusal(entry), Errc::invalid);
  }
  EXPECT_TRUE(look([&](const Snapshot& now) { return now.entries().after({}, 0, 10); })->empty());
}

TEST_P(EntryContract, RefusesTheSameIdTwice) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "once");
  EXPECT_EQ(refusal(entry), Errc::conflict);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().after({}, 0, 10); }).value(), std::vector{entry});
}

TEST_P(EntryContract, RefusesAnEntryWithoutConversation) {
  Conversation nowhere = given_conversation("Anna");
  nowhere.id = new_id<ConversationId>();
  refusal(new_entry(nowhere, "into the void"));
}

TEST_P(EntryContract, ShowsEveryVersion) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "Helo");
  const EntryVersion second = given_version(entry, 2, "Hello").value();
  const EntryVersion third = given_version(entry, 3, "", true).value();
  look([&](const Snapshot& now) {
    Entry newest = entry;
    newest.text = "";
    newest.version = 3;
    newest.changed_seq = third.seq;
    newest.taken_back = true;
    EXPECT_EQ(now.entries().find(entry.id).value(), newest);
    const auto versions = now.entries().versions(entry.id).value();
    EXPECT_EQ(versions.size(), 3U);
    EXPECT_EQ(versions.at(0).text, "Helo");
    EXPECT_EQ(versions.at(0).version, 1U);
    EXPECT_EQ(versions.at(0).seq, entry.seq);
    EXPECT_EQ(versions.at(0).at, entry.at);
    EXPECT_EQ(versions.at(0).entry, entry.id);
    EXPECT_EQ(versions.at(1), second);
    EXPECT_EQ(versions.at(2), third);
    EXPECT_EQ(now.entries().find_act(second.act).value(), std::optional(second));
    EXPECT_EQ(now.entries().find_act(new_id<ActId>()).value(), std::nullopt);
    EXPECT_EQ(now.conversations().find(anna.id)->last_entry, entry.seq);
    return 0;
  });
}

TEST_P(EntryContract, RefusesAVersionThatIsNotTheNext) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "one");
  EXPECT_EQ(given_version(entry, 1, "instead").error().code, Errc::conflict);
  EXPECT_EQ(given_version(entry, 3, "too far").error().code, Errc::conflict);
  ASSERT_TRUE(given_version(entry, 2, "two"));
  EXPECT_EQ(given_version(entry, 2, "two again").error().code, Errc::conflict);
  Entry unknown = entry;
  unknown.id = new_id<EntryId>();
  EXPECT_EQ(given_version(unknown, 2, "of nothing").error().code, Errc::not_found);
}

TEST_P(EntryContract, RefusesTheSameActTwice) {
  const Conversation anna = given_conversation("Anna");
  const Entry one = given_entry(anna, "one");
  const Entry other = given_entry(anna, "other");
  EntryVersion version = given_version(one, 2, "two").value();
  version.entry = other.id;
  EXPECT_EQ(write([&](Tx& tx) {
              version.seq = tx.next_seq();
              return tx.entries().add_version(version);
            })
                .error()
                .code,
            Errc::conflict);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().find(other.id); })->text, "other");
}

TEST_P(EntryContract, PagesFromTheNewestOverStrands) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation other = given_conversation("Other");
  std::vector<Entry> all;
  for (int i = 0; i < 9; ++i) {
    all.insert(all.begin(), given_entry(i % 3 == 0 ? a : b, "entry " + std::to_string(i)));
    given_entry(other, "not theirs");
  }
  const std::vector<ConversationId> strands{a.id, b.id};
  std::vector<Entry> paged;
  std::optional<Seq> before;
  while (true) {
    const auto page = look([&](const Snapshot& now) { return now.entries().page(strands, before, 4); }).value();
    if (page.empty()) break;
    EXPECT_LE(page.size(), 4U);
    paged.insert(paged.end(), page.begin(), page.end());
    before = page.back().seq;
  }
  EXPECT_EQ(paged, all);
  EXPECT_TRUE(look([&](const Snapshot& now) { return now.entries().page({}, {}, 4); })->empty());
  EXPECT_TRUE(look([&](const Snapshot& now) { return now.entries().page(strands, {}, 0); })->empty());
}

TEST_P(EntryContract, CatchesUpFromTheOldestOverStrands) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Entry one = given_entry(a, "one");
  const Entry two = given_entry(b, "two");
  const Entry three = given_entry(a, "three");
  const std::vector<ConversationId> strand{a.id};
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.entries().after({}, 0, 10).value(), (std::vector{one, two, three}));
    EXPECT_EQ(now.entries().after({}, one.seq, 1).value(), std::vector{two});
    EXPECT_EQ(now.entries().after(strand, 0, 10).value(), (std::vector{one, three}));
    EXPECT_EQ(now.entries().after(strand, one.seq, 10).value(), std::vector{three});
    EXPECT_TRUE(now.entries().after(strand, three.seq, 10)->empty());
    return 0;
  });
}

TEST_P(EntryContract, KeepsWhatWasCommittedWhenTheProcessEnds) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "remember me");
  const EntryVersion second = given_version(entry, 2, "remember me, please").value();
  house_->reopen();
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.entries().find(entry.id)->text, "remember me, please");
    EXPECT_EQ(now.entries().versions(entry.id)->at(1), second);
    EXPECT_EQ(now.changes().newest().value(), second.seq);
    return 0;
  });
  const Entry next = given_entry(anna, "and again");
  EXPECT_GT(next.seq, second.seq);
  EXPECT_TRUE(house_->is_sound());
}

TEST(MemoryStore, NoticesWhenAnEntryIsChangedBehindItsBack) {
  MemoryStore store;
  FakeClock clock;
  SeededRandom random{7};
  const Person anna{.id = make_id<PersonId>(clock.now(), random),
                    .called = "Anna",
                    .languages = {},
                    .access_needs = {},
                    .merged_into = {},
                    .created_at = {}};
  const Conversation conversation{make_id<ConversationId>(clock.now(), random), anna.id, {}, 0, {}};
  Entry entry;
  entry.id = make_id<EntryId>(clock.now(), random);
  entry.strand = conversation.id;
  entry.author.person = anna.id;
  entry.text = "what was said";
  ASSERT_TRUE(write_in_group(store, clock, random, [&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.people().add(anna));
    KITH_CHECK(tx.conversations().add(conversation));
    entry.seq = entry.changed_seq = tx.next_seq();
    return tx.entries().add(entry);
  }));
  EXPECT_TRUE(store.chain_holds());
  ASSERT_TRUE(store.tamper_with(entry.id));
  EXPECT_FALSE(store.chain_holds());
}

}  // namespace
}  // namespace kith
