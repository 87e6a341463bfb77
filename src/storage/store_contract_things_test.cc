// What every store must do with topics, notes, promises and attachments, and with what must leave the house.
#include "storage/store_contract.h"

namespace kith {
namespace {

class ThingContract : public StoreContract {
 protected:
  Topic new_topic(const Conversation& conversation, std::string title) {
    return {.id = new_id<TopicId>(), .strand = conversation.id, .title = std::move(title), .until = {}, .entries = {}};
  }
  Promise new_promise(const Conversation& conversation, PersonId by, Time due) {
    return {.id = new_id<PromiseId>(),
            .strand = conversation.id,
            .to = conversation.person,
            .by = by,
            .what = "call back",
            .given_at = Time{1},
            .from = {},
            .due = due,
            .apology = {}};
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ThingContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(ThingContract, KeepsATopicAsItIs) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "the invoice is wrong");
  const Entry more = given_entry(anna, "and late");
  Topic topic = new_topic(anna, "The wrong invoice");
  topic.entries = {entry.id};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.topics().add(topic); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.topics().find(topic.id); }).value(), topic);
  EXPECT_EQ(write([&](Tx& tx) { return tx.topics().add(topic); }).error().code, Errc::conflict);
  topic.title = "The wrong and late invoice";
  topic.state = TopicState::waiting_for_date;
  topic.until = Time{500};
  topic.settled_by = SettledBy::silence;
  topic.entries = {entry.id, more.id};
  topic.changed_seq = 77;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.topics().save(topic); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.topics().find(topic.id); }).value(), topic);
  topic.entries = {more.id};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.topics().save(topic); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.topics().find(topic.id); }).value(), topic);
  topic.id = new_id<TopicId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.topics().save(topic); }).error().code, Errc::not_found);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.topics().find(topic.id); }).error().code, Errc::not_found);
}

TEST_P(ThingContract, ListsTopicsOldestFirstOverStrands) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Conversation other = given_conversation("Other");
  const Topic first = new_topic(b, "first");
  const Topic second = new_topic(a, "second");
  const Topic third = new_topic(b, "third");
  for (const Topic& topic : {first, second, third, new_topic(other, "not theirs")})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.topics().add(topic); }));
  const std::vector<ConversationId> both{a.id, b.id};
  EXPECT_EQ(look([&](const Snapshot& now) { return now.topics().of_strands(both); }).value(),
            (std::vector{first, second, third}));
  EXPECT_TRUE(look([&](const Snapshot& now) { return now.topics().of_strands({}); })->empty());
}

TEST_P(ThingContract, FindsTopicsWhoseDateHasCome) {
  const Conversation anna = given_conversation("Anna");
  Topic soon = new_topic(anna, "soon");
  soon.state = TopicState::waiting_for_date;
  soon.until = Time{100};
  Topic later = soon;
  later.id = new_id<TopicId>();
  later.until = Time{200};
  Topic elsewhere = soon;
  elsewhere.id = new_id<TopicId>();
  elsewhere.state = TopicState::settled;
  for (const Topic& topic : {later, soon, elsewhere})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.topics().add(topic); }));
  auto due = [&](Time now, std::size_t limit) {
    return look([&](const Snapshot& snapshot) { return snapshot.topics().waiting_until(now, limit); }).value();
  };
  EXPECT_TRUE(due(Time{99}, 10).empty());
  EXPECT_EQ(due(Time{100}, 10), std::vector{soon});
  EXPECT_EQ(due(Time{200}, 10).size(), 2U);
  EXPECT_EQ(due(Time{200}, 1).size(), 1U);
}

TEST_P(ThingContract, KeepsNotesAboutPeopleTakenBackOnesToo) {
  const Person anna = given_person("Anna");
  const Person bert = given_person("Bert");
  const Person lena = given_person("Lena");
  Note first{new_id<NoteId>(), bert.id, lena.id, "likes to be called in the morning", 1, false, Time{5}, 3};
  const Note second{new_id<NoteId>(), anna.id, lena.id, "moving house", 1, false, Time{6}, 4};
  const Note about_lena{new_id<NoteId>(), lena.id, bert.id, "kind", 1, false, Time{7}, 5};
  for (const Note& note : {first, second, about_lena}) ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().add(note); }));
  first.text = "";
  first.version = 2;
  first.taken_back = true;
  first.changed_seq = 9;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().save(first); }));
  look([&](const Snapshot& now) {
    const std::vector<PersonId> both{anna.id, bert.id};
    EXPECT_EQ(now.notes().find(first.id).value(), first);
    EXPECT_EQ(now.notes().about(both).value(), (std::vector{first, second}));
    EXPECT_TRUE(now.notes().about({})->empty());
    EXPECT_EQ(now.notes().find(new_id<NoteId>()).error().code, Errc::not_found);
    return 0;
  });
  EXPECT_EQ(write([&](Tx& tx) { return tx.notes().add(first); }).error().code, Errc::conflict);
  first.id = new_id<NoteId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.notes().save(first); }).error().code, Errc::not_found);
}

TEST_P(ThingContract, KeepsAPromiseAsItIs) {
  const Conversation anna = given_conversation("Anna");
  const Person lena = given_person("Lena");
  const Entry sorry = given_entry(anna, "I am sorry", AuthorKind::colleague);
  Promise promise = new_promise(anna, lena.id, Time{900});
  promise.from = Time{800};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.promises().add(promise); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.promises().find(promise.id); }).value(), promise);
  EXPECT_EQ(write([&](Tx& tx) { return tx.promises().add(promise); }).error().code, Errc::conflict);
  promise.state = PromiseState::owned;
  promise.owner_warned = true;
  promise.apology = sorry.id;
  promise.from = std::nullopt;
  promise.changed_seq = 12;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.promises().save(promise); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.promises().find(promise.id); }).value(), promise);
  promise.id = new_id<PromiseId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.promises().save(promise); }).error().code, Errc::not_found);
}

TEST_P(ThingContract, ListsPromisesStillToBeKeptSoonestFirst) {
  const Conversation anna = given_conversation("Anna");
  const Person lena = given_person("Lena");
  const Person omar = given_person("Omar");
  const Promise late = new_promise(anna, lena.id, Time{300});
  const Promise soon = new_promise(anna, omar.id, Time{100});
  Promise moved = new_promise(anna, lena.id, Time{200});
  moved.state = PromiseState::renegotiated;
  std::vector<Promise> all{late, soon, moved};
  for (PromiseState ended : {PromiseState::kept, PromiseState::broken, PromiseState::owned}) {
    all.push_back(new_promise(anna, lena.id, Time{50}));
    all.back().state = ended;
  }
  for (const Promise& promise : all) ASSERT_TRUE(write([&](Tx& tx) { return tx.promises().add(promise); }));
  look([&](const Snapshot& now) {
    const std::vector<ConversationId> strand{anna.id};
    EXPECT_EQ(now.promises().alive({}, {}, 10).value(), (std::vector{soon, moved, late}));
    EXPECT_EQ(now.promises().alive(lena.id, {}, 10).value(), (std::vector{moved, late}));
    EXPECT_EQ(now.promises().alive({}, {}, 2).value(), (std::vector{soon, moved}));
    EXPECT_EQ(now.promises().alive({}, place_of(moved), 2).value(), std::vector{late});
    EXPECT_EQ(now.promises().alive(lena.id, place_of(soon), 1).value(), std::vector{moved});
    EXPECT_TRUE(now.promises().alive(lena.id, place_of(late), 9)->empty());
    EXPECT_TRUE(now.promises().due(Time{99}, 10)->empty());
    EXPECT_EQ(now.promises().due(Time{200}, 10).value(), (std::vector{soon, moved}));
    EXPECT_EQ(now.promises().due(Time{200}, 1).value(), std::vector{soon});
    EXPECT_EQ(now.promises().of_strands(strand).value(), all);
    EXPECT_TRUE(now.promises().of_strands({})->empty());
    return 0;
  });
}

TEST_P(ThingContract, CountsWhoUsesTheSameBytes) {
  const Conversation anna = given_conversation("Anna");
  const Digest picture = sha256("a picture");
  Attachment one{.id = new_id<AttachmentId>(),
                 .strand = anna.id,
                 .by = anna.person,
                 .name = "../../etc/passwd",
                 .media_type = "image/png",
                 .alt_text = "my cat",
                 .size_bytes = 9,
                 .content = {},
                 .created_at = Time{100}};
  Attachment other = one;
  other.id = new_id<AttachmentId>();
  other.created_at = Time{200};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.attachments().add(one));
    return tx.attachments().add(other);
  }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.attachments().references(picture); }).value(), 0);
  for (Attachment* attachment : {&one, &other}) {
    attachment->state = AttachmentState::kept;
    attachment->content = picture;
    ASSERT_TRUE(write([&](Tx& tx) { return tx.attachments().save(*attachment); }));
  }
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.attachments().find(one.id).value(), one);
    EXPECT_EQ(now.attachments().references(picture).value(), 2);
    EXPECT_EQ(now.attachments().references(sha256("another")).value(), 0);
    return 0;
  });
  ASSERT_TRUE(write([&](Tx& tx) { return tx.attachments().remove(one.id); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.attachments().references(picture); }).value(), 1);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.attachments().find(one.id); }).error().code, Errc::not_found);
  EXPECT_EQ(write([&](Tx& tx) { return tx.attachments().save(one); }).error().code, Errc::not_found);
  EXPECT_EQ(write([&](Tx& tx) { return tx.attachments().add(other); }).error().code, Errc::conflict);
}

TEST_P(ThingContract, KnowsWhoseOwnerIsToBeWarnedAndWhenToLookAgain) {
  const Conversation anna = given_conversation("Anna");
  const Person lena = given_person("Lena");
  const auto next = [&] { return look([](const Snapshot& now) { return now.promises().next_watch(); }).value(); };
  EXPECT_EQ(next(), std::nullopt);
  const auto given = [&](std::int64_t due, bool is_warned, PromiseState state = PromiseState::given) {
    const Promise promise{.id = new_id<PromiseId>(),
                          .strand = anna.id,
                          .to = anna.person,
                          .by = lena.id,
                          .what = "call",
                          .given_at = Time{0},
                          .due = Time{due},
                          .state = state,
                          .owner_warned = is_warned,
                          .changed_seq = 1};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.promises().add(promise); }));
    return promise;
  };
  const Promise late = given(1000, false);
  EXPECT_EQ(next(), Time{700});
  given(600, true);
  EXPECT_EQ(next(), Time{600});
  const Promise soon = given(500, false, PromiseState::renegotiated);
  given(400, false, PromiseState::kept);
  EXPECT_EQ(next(), Time{350});
  const auto to_warn = [&](std::int64_t now, std::size_t limit) {
    return look([&](const Snapshot& seen) { return seen.promises().to_warn(Time{now}, limit); }).value();
  };
  EXPECT_TRUE(to_warn(349, 9).empty());
  EXPECT_EQ(to_warn(350, 9), std::vector{soon});
  EXPECT_TRUE(to_warn(500, 9).empty()) << "it is due already";
  EXPECT_EQ(to_warn(700, 9), std::vector{late});
  EXPECT_TRUE(to_warn(700, 0).empty());
}

TEST_P(ThingContract, FindsUploadsNobodyFinished) {
  const Conversation anna = given_conversation("Anna");
  Attachment upload{.id = new_id<AttachmentId>(),
                    .strand = anna.id,
                    .by = anna.person,
                    .name = "a",
                    .media_type = "",
                    .alt_text = "",
                    .content = {},
                    .created_at = Time{100}};
  Attachment kept = upload;
  kept.id = new_id<AttachmentId>();
  kept.state = AttachmentState::kept;
  kept.content = sha256("kept");
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.attachments().add(upload));
    return tx.attachments().add(kept);
  }));
  look([&](const Snapshot& now) {
    EXPECT_TRUE(now.attachments().unfinished(Time{100}, 10)->empty());
    EXPECT_EQ(now.attachments().unfinished(Time{101}, 10).value(), std::vector{upload});
    EXPECT_TRUE(now.attachments().unfinished(Time{101}, 0)->empty());
    return 0;
  });
}

TEST_P(ThingContract, FindsKeptFilesThatNobodySaidAndNobodyIsAboutToSay) {
  const Conversation anna = given_conversation("Anna");
  const auto given_kept = [&](Time at) {
    const Attachment file{.id = new_id<AttachmentId>(),
                          .strand = anna.id,
                          .by = anna.person,
                          .name = "tea.png",
                          .state = AttachmentState::kept,
                          .content = sha256("tea"),
                          .created_at = at};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.attachments().add(file); }));
    return file.id;
  };
  const AttachmentId said = given_kept(Time{100});
  const AttachmentId in_draft = given_kept(Time{100});
  const AttachmentId for_later = given_kept(Time{100});
  const AttachmentId held = given_kept(Time{100});
  const AttachmentId withdrawn = given_kept(Time{100});
  const AttachmentId fresh = given_kept(Time{200});
  const auto later = [&](AttachmentId file, ScheduledState state) {
    return Scheduled{.id = new_id<EntryId>(),
                     .strand = anna.id,
                     .by = anna.person,
                     .session = new_id<SessionId>(),
                     .attachments = {new_id<AttachmentId>(), file},
                     .send_at = Time{900},
                     .state = state,
                     .changed_seq = 3};
  };
  Entry entry = new_entry(anna, "look", AuthorKind::customer);
  entry.attachments = {said};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.at = tx.now();
    KITH_CHECK(tx.entries().add(entry));
    KITH_CHECK(tx.drafts().add({.id = new_id<DraftId>(),
                                .strand = anna.id,
                                .author = anna.person,
                                .attachments = {in_draft},
                                .changed_seq = 4}));
    KITH_CHECK(tx.scheduled().add(later(for_later, ScheduledState::waiting)));
    KITH_CHECK(tx.scheduled().add(later(held, ScheduledState::held)));
    return tx.scheduled().add(later(withdrawn, ScheduledState::withdrawn));
  }));
  const std::vector<AttachmentId> all{said, in_draft, for_later, held, withdrawn, fresh};
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.attachments().unsaid(Time{101}, 10).value(), std::vector{withdrawn});
    EXPECT_EQ(now.attachments().unsaid(Time{201}, 10)->size(), 2U);
    EXPECT_EQ(now.attachments().unsaid(Time{201}, 1)->size(), 1U);
    EXPECT_TRUE(now.attachments().unsaid(Time{100}, 10)->empty());
    EXPECT_EQ(now.attachments().unsaid_among(all).value(), (std::vector{withdrawn, fresh}));
    return 0;
  });
}

TEST_P(ThingContract, CountsTheFilesOfSomebodyThatNoEntryHoldsYet) {
  const Conversation anna = given_conversation("Anna");
  const Conversation bela = given_conversation("Bela");
  auto given_file = [&](const Conversation& whose, std::int64_t size, Time at) {
    Attachment file{.id = new_id<AttachmentId>(),
                    .strand = whose.id,
                    .by = whose.person,
                    .name = "tea.png",
                    .size_bytes = size,
                    .created_at = at};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.attachments().add(file); }));
    return file;
  };
  auto unsaid = [&](Time since) {
    return look([&](const Snapshot& now) { return now.attachments().unsaid_by(anna.person, since); }).value();
  };
  EXPECT_EQ(unsaid(Time{0}), (UnsaidFiles{0, 0}));
  given_file(anna, 10, Time{100});
  Attachment said = given_file(anna, 7, Time{200});
  given_file(bela, 99, Time{200});
  EXPECT_EQ(unsaid(Time{0}), (UnsaidFiles{2, 17}));
  EXPECT_EQ(unsaid(Time{101}), (UnsaidFiles{1, 7}));
  said.state = AttachmentState::kept;
  said.content = sha256("tea");
  ASSERT_TRUE(write([&](Tx& tx) { return tx.attachments().save(said); }));
  EXPECT_EQ(unsaid(Time{101}), (UnsaidFiles{1, 7})) << "kept, but nobody said anything with it";
  Entry entry = new_entry(anna, "look", AuthorKind::customer);
  entry.attachments = {said.id};
  ASSERT_TRUE(write([&](Tx& tx) {
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.at = tx.now();
    return tx.entries().add(entry);
  }));
  EXPECT_EQ(unsaid(Time{0}), (UnsaidFiles{1, 10}));
}

TEST_P(ThingContract, SendsWhatIsDueSoonestFirst) {
  OutboxItem later{new_id<OutboxId>(), "email", "second", 0, Time{200}};
  const OutboxItem sooner{new_id<OutboxId>(), "push", "first", 3, Time{100}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.outbox().add(later));
    return tx.outbox().add(sooner);
  }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.outbox().add(later); }).error().code, Errc::conflict);
  auto payloads = [&](Time now, std::size_t limit) {
    std::vector<std::string> found;
    auto due = write([&](Tx& tx) { return tx.outbox().due(now, limit); });
    for (const OutboxItem& item : *due)
      found.push_back(item.kind + " " + item.payload + " " + std::to_string(item.attempts));
    return found;
  };
  EXPECT_EQ(payloads(Time{99}, 10), (std::vector<std::string>{}));
  EXPECT_EQ(payloads(Time{200}, 10), (std::vector<std::string>{"push first 3", "email second 0"}));
  EXPECT_EQ(payloads(Time{200}, 1), (std::vector<std::string>{"push first 3"}));
  later.attempts = 1;
  later.next_attempt_at = Time{50};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.outbox().save(later); }));
  EXPECT_EQ(payloads(Time{200}, 10), (std::vector<std::string>{"email second 1", "push first 3"}));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.outbox().remove(later.id); }));
  EXPECT_EQ(payloads(Time{200}, 10), (std::vector<std::string>{"push first 3"}));
  EXPECT_EQ(write([&](Tx& tx) { return tx.outbox().save(later); }).error().code, Errc::not_found);
}

}  // namespace
}  // namespace kith
