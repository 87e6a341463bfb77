// What every store must do with what a desk keeps in mind.
#include "storage/store_contract.h"

namespace kith {
namespace {

class DeskContract : public StoreContract {
 protected:
  template <class Find>
  auto find(Find find) {
    return look([&](const Snapshot& now) { return find(now); });
  }
  Later given_later(const Conversation& anna, PersonId person, std::optional<Time> until, Seq changed) {
    Later later{.id = new_id<LaterId>(),
                .strand = anna.id,
                .person = person,
                .is_set = true,
                .until = until,
                .until_she_writes = !until,
                .words = "ask about the foot",
                .changed_seq = changed};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.laters().add(later); }));
    return later;
  }
  Scheduled new_scheduled(const Conversation& anna, PersonId by, Time send_at) {
    return {.id = new_id<EntryId>(),
            .strand = anna.id,
            .by = by,
            .session = new_id<SessionId>(),
            .text = "Good morning",
            .attachments = {new_id<AttachmentId>(), new_id<AttachmentId>()},
            .topics = {new_id<TopicId>()},
            .send_at = send_at,
            .changed_seq = 3};
  }
  Handover given_handover(const Conversation& anna, PersonId from, PersonId to, HandoverState state) {
    const Handover handover{.id = new_id<HandoverId>(),
                            .strand = anna.id,
                            .from = from,
                            .to = to,
                            .words = "she is patient",
                            .state = state,
                            .at = Time{5},
                            .changed_seq = 9};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.handovers().add(handover); }));
    return handover;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, DeskContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(DeskContract, KeepsOneReadMarkForEachReaderOfAStrand) {
  const Conversation anna = given_conversation("Anna");
  const Conversation bela = given_conversation("Bela");
  const Person noor = given_person("Noor");
  ReadMark hers{new_id<ReadMarkId>(), anna.id, ReadBy::customer, {}, 7};
  const ReadMark noors{new_id<ReadMarkId>(), anna.id, ReadBy::colleague, noor.id, 8};
  const ReadMark team{new_id<ReadMarkId>(), anna.id, ReadBy::team, {}, 9};
  const ReadMark elsewhere{new_id<ReadMarkId>(), bela.id, ReadBy::customer, {}, 2};
  for (const ReadMark& mark : {hers, noors, team, elsewhere})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.read_marks().add(mark); }));
  ReadMark second = hers;
  second.id = new_id<ReadMarkId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.read_marks().add(second); }).error().code, Errc::conflict);
  hers.seq = 11;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.read_marks().save(hers); }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.read_marks().save(second); }).error().code, Errc::not_found);
  const std::vector<ConversationId> strands{bela.id, anna.id};
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.read_marks().find(hers.id).value(), hers);
    EXPECT_EQ(now.read_marks().of_strands(strands, ReadBy::customer, {}).value(), (std::vector{elsewhere, hers}));
    EXPECT_EQ(now.read_marks().of_strands(strands, ReadBy::colleague, noor.id).value(), std::vector{noors});
    EXPECT_EQ(now.read_marks().of_strands(strands, ReadBy::team, {}).value(), std::vector{team});
    EXPECT_TRUE(now.read_marks().of_strands(strands, ReadBy::colleague, anna.person)->empty());
    return 0;
  });
}

TEST_P(DeskContract, TellsCompanionsTheLatestFirstEachOnce) {
  const Conversation anna = given_conversation("Anna");
  const Conversation bela = given_conversation("Bela");
  const Person noor = given_person("Noor");
  const Person ines = given_person("Ines");
  const std::vector<ConversationId> both{anna.id, bela.id};
  auto companions = [&](std::span<const ConversationId> strands, std::size_t limit) {
    return look([&](const Snapshot& now) { return now.companions().of_strands(strands, limit); }).value();
  };
  for (const Companion& one : {Companion{anna.id, noor.id, 1}, Companion{anna.id, ines.id, 2},
                               Companion{bela.id, noor.id, 3}, Companion{bela.id, ines.id, 1}})
    ASSERT_TRUE(write([&](Tx& tx) { return tx.companions().save(one); }));
  EXPECT_EQ(companions(both, 5), (std::vector{noor.id, ines.id}));
  EXPECT_EQ(companions(std::span(both).first(1), 5), (std::vector{ines.id, noor.id}));
  EXPECT_EQ(companions(both, 1), std::vector{noor.id});
  ASSERT_TRUE(write([&](Tx& tx) { return tx.companions().save({anna.id, ines.id, 8}); }));
  EXPECT_EQ(companions(both, 5), (std::vector{ines.id, noor.id}));
}

TEST_P(DeskContract, KeepsDraftsOfEachAuthorEmptyOnesToo) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  const Person ines = given_person("Ines");
  Draft draft{.id = new_id<DraftId>(),
              .strand = anna.id,
              .author = noor.id,
              .text = "Dear Anna",
              .only_for_us = true,
              .attachments = {new_id<AttachmentId>()},
              .changed_seq = 4};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.drafts().add(draft); }));
  Draft second = draft;
  second.id = new_id<DraftId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.drafts().add(second); }).error().code, Errc::conflict);
  const std::vector<ConversationId> strands{anna.id};
  EXPECT_EQ(find([&](const Snapshot& now) { return now.drafts().find(draft.id); }).value(), draft);
  EXPECT_EQ(find([&](const Snapshot& now) { return now.drafts().of_author(noor.id, 9); }).value(), std::vector{draft});
  EXPECT_TRUE(find([&](const Snapshot& now) { return now.drafts().of_author(ines.id, 9); })->empty());
  EXPECT_TRUE(find([&](const Snapshot& now) { return now.drafts().of_strands(strands, ines.id); })->empty());
  draft.text.clear();
  draft.attachments.clear();
  draft.changed_seq = 5;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.drafts().save(draft); }));
  EXPECT_TRUE(find([&](const Snapshot& now) { return now.drafts().of_author(noor.id, 9); })->empty());
  EXPECT_EQ(find([&](const Snapshot& now) { return now.drafts().of_strands(strands, noor.id); }).value(),
            std::vector{draft});
}

TEST_P(DeskContract, FindsWhatIsToBeSentSoonestFirst) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  Scheduled late = new_scheduled(anna, noor.id, Time{200});
  const Scheduled soon = new_scheduled(anna, noor.id, Time{100});
  for (const Scheduled& one : {late, soon}) ASSERT_TRUE(write([&](Tx& tx) { return tx.scheduled().add(one); }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.scheduled().add(soon); }).error().code, Errc::conflict);
  auto due = [&](Time now) {
    return find([&](const Snapshot& snapshot) { return snapshot.scheduled().due(now, 9); }).value();
  };
  EXPECT_EQ(find([&](const Snapshot& now) { return now.scheduled().find(soon.id); }).value(), soon);
  EXPECT_TRUE(due(Time{99}).empty());
  EXPECT_EQ(due(Time{100}), std::vector{soon});
  EXPECT_EQ(due(Time{200}), (std::vector{soon, late}));
  late.state = ScheduledState::held;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.scheduled().save(late); }));
  EXPECT_EQ(due(Time{200}), std::vector{soon});
  EXPECT_EQ(find([&](const Snapshot& now) { return now.scheduled().open_of(noor.id, 9); }).value(),
            (std::vector{soon, late}));
  late.state = ScheduledState::withdrawn;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.scheduled().save(late); }));
  EXPECT_EQ(find([&](const Snapshot& now) { return now.scheduled().open_of(noor.id, 9); }).value(), std::vector{soon});
}

TEST_P(DeskContract, KnowsWhoIsPutOffByWhomAndUntilWhen) {
  const Conversation anna = given_conversation("Anna");
  const Conversation bela = given_conversation("Bela");
  const Person noor = given_person("Noor");
  const Person ines = given_person("Ines");
  Later noors = given_later(anna, noor.id, Time{100}, 4);
  const Later of_ines = given_later(anna, ines.id, {}, 5);
  const Later other = given_later(bela, noor.id, Time{50}, 6);
  Later second = noors;
  second.id = new_id<LaterId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.laters().add(second); }).error().code, Errc::conflict);
  const std::vector<ConversationId> both{anna.id, bela.id};
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.laters().find(noors.id).value(), noors);
    EXPECT_EQ(now.laters().of_strands(both, noor.id).value(), (std::vector{other, noors}));
    EXPECT_EQ(now.laters().set_in(both).value(), (std::vector{noors, of_ines, other}));
    EXPECT_TRUE(now.laters().due(Time{49}, 9)->empty());
    EXPECT_EQ(now.laters().due(Time{100}, 9).value(), (std::vector{other, noors}));
    return 0;
  });
  noors.is_set = false;
  noors.until.reset();
  noors.changed_seq = 8;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.laters().save(noors); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.laters().of_strands(both, noor.id).value(), (std::vector{noors, other}));
    EXPECT_EQ(now.laters().set_in(both).value(), (std::vector{of_ines, other}));
    EXPECT_EQ(now.laters().due(Time{100}, 9).value(), std::vector{other});
    return 0;
  });
}

TEST_P(DeskContract, ListsWhomSomebodyPutOffPageByPageTheSoonestFirst) {
  const Person noor = given_person("Noor");
  const Later whenever = given_later(given_conversation("Anna"), noor.id, {}, 4);
  const Later late = given_later(given_conversation("Bela"), noor.id, Time{200}, 5);
  const Later soon = given_later(given_conversation("Cleo"), noor.id, Time{50}, 6);
  Later over = given_later(given_conversation("Dora"), noor.id, Time{10}, 7);
  over.is_set = false;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.laters().save(over); }));
  given_later(given_conversation("Emil"), given_person("Ines").id, Time{1}, 8);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.laters().set_by(noor.id, {}, 9).value(), (std::vector{soon, late, whenever}));
    EXPECT_EQ(now.laters().set_by(noor.id, {}, 1).value(), std::vector{soon});
    EXPECT_EQ(now.laters().set_by(noor.id, place_of(soon), 9).value(), (std::vector{late, whenever}));
    EXPECT_TRUE(now.laters().set_by(noor.id, place_of(whenever), 9)->empty());
    return 0;
  });
}

TEST_P(DeskContract, ListsHandoversTheLatestOfferFirst) {
  const Conversation anna = given_conversation("Anna");
  const Conversation bela = given_conversation("Bela");
  const Person noor = given_person("Noor");
  const Person ines = given_person("Ines");
  const Handover first = given_handover(anna, noor.id, ines.id, HandoverState::declined);
  Handover second = given_handover(bela, ines.id, noor.id, HandoverState::offered);
  const Handover third = given_handover(anna, noor.id, ines.id, HandoverState::offered);
  const std::vector<ConversationId> both{anna.id, bela.id};
  EXPECT_EQ(write([&](Tx& tx) { return tx.handovers().add(first); }).error().code, Errc::conflict);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.handovers().find(first.id).value(), first);
    EXPECT_EQ(now.handovers().of_strands(both, 9).value(), (std::vector{third, second, first}));
    EXPECT_EQ(now.handovers().of_strands(both, 2).value(), (std::vector{third, second}));
    EXPECT_EQ(now.handovers().open_with(noor.id, 9).value(), (std::vector{third, second}));
    return 0;
  });
  second.state = HandoverState::accepted;
  second.changed_seq = 12;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.handovers().save(second); }));
  EXPECT_EQ(find([&](const Snapshot& now) { return now.handovers().open_with(ines.id, 9); }).value(),
            std::vector{third});
}

TEST_P(DeskContract, FindsNotesByWhomTheyMention) {
  const Person anna = given_person("Anna");
  const Person noor = given_person("Noor");
  const Person ines = given_person("Ines");
  auto note = [&](Seq seq, std::vector<PersonId> mentions) {
    return Note{.id = new_id<NoteId>(),
                .about = anna.id,
                .author = ines.id,
                .text = "look",
                .written_at = Time{1},
                .changed_seq = seq,
                .mentions = std::move(mentions)};
  };
  const Note first = note(1, {noor.id, ines.id});
  Note second = note(2, {noor.id});
  for (const Note& one : {first, second, note(3, {})}) ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().add(one); }));
  auto mentioning = [&](std::optional<Seq> before, std::size_t limit) {
    return find([&](const Snapshot& now) { return now.notes().mentioning(noor.id, before, limit); }).value();
  };
  EXPECT_EQ(mentioning({}, 9), (std::vector{Mention{second, 2}, Mention{first, 1}}));
  EXPECT_EQ(mentioning({}, 1), (std::vector{Mention{second, 2}}));
  EXPECT_EQ(mentioning(2, 9), (std::vector{Mention{first, 1}}));
  second.version = 2;
  second.changed_seq = 9;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().save(second); }));
  EXPECT_EQ(mentioning({}, 1), (std::vector{Mention{second, 2}})) << "its place among the mentions stays";
  second.taken_back = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().save(second); }));
  EXPECT_EQ(mentioning({}, 9), (std::vector{Mention{first, 1}}));
}

TEST_P(DeskContract, KnowsWhosePauseIsOver) {
  Conversation anna = given_conversation("Anna");
  anna.paused_until = Time{100};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.conversations().save(anna); }));
  auto over = [&](Time now) {
    return find([&](const Snapshot& snapshot) { return snapshot.conversations().paused_until(now, 9); }).value();
  };
  EXPECT_TRUE(over(Time{99}).empty());
  EXPECT_EQ(over(Time{100}), std::vector{anna});
  anna.paused_until.reset();
  ASSERT_TRUE(write([&](Tx& tx) { return tx.conversations().save(anna); }));
  EXPECT_TRUE(over(Time{100}).empty());
}

TEST_P(DeskContract, RemembersTheNewestChangeOfEachThing) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  const Later later = given_later(anna, noor.id, {}, 1);
  auto tell = [&](EventBody body) {
    EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
      tx.emit({tx.next_seq(), anna.id, body});
      return {};
    }));
  };
  const ReadMark mark{new_id<ReadMarkId>(), anna.id, ReadBy::customer, {}, 1};
  tell(ReadMarkChanged{mark, anna.person, 1});
  tell(LaterChanged{later, later});
  tell(CompanionsChanged{anna.id, {noor.id}});
  tell(DraftChanged{{.id = new_id<DraftId>(), .strand = anna.id}});
  tell(ScheduledChanged{new_scheduled(anna, noor.id, Time{1})});
  tell(HandoverChanged{{.id = new_id<HandoverId>(), .strand = anna.id}});
  tell(LaterChanged{later, {}});
  const ChangeScope hers{.strands = {anna.id}};
  const auto changes = find([&](const Snapshot& now) { return now.changes().after(hers, 0, 99); }).value();
  std::vector<ChangeKind> kinds;
  for (const Change& change : changes) kinds.push_back(change.kind);
  using Kind = ChangeKind;
  EXPECT_EQ(kinds, (std::vector{Kind::read_mark, Kind::companions, Kind::draft, Kind::scheduled, Kind::handover,
                                Kind::later}));
}

TEST_P(DeskContract, ErasesWhatTheInventedOnesKeptInMind) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  Person invented = given_person("Invented");
  invented.is_sample = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(invented); }));
  const Conversation hers = given_conversation(invented);
  for (const Conversation& conversation : {anna, hers}) {
    for (const PersonId person : {noor.id, invented.id}) {
      given_later(conversation, person, Time{1}, 1);
      given_handover(conversation, person, noor.id, HandoverState::offered);
      ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
        KITH_CHECK(tx.read_marks().add({tx.new_id<ReadMarkId>(), conversation.id, ReadBy::colleague, person, 1}));
        KITH_CHECK(tx.companions().save({conversation.id, person, 1}));
        KITH_CHECK(tx.drafts().add(
            {.id = tx.new_id<DraftId>(), .strand = conversation.id, .author = person, .text = "x", .changed_seq = 1}));
        KITH_CHECK(tx.notes().add({.id = tx.new_id<NoteId>(),
                                   .about = conversation.person,
                                   .author = noor.id,
                                   .text = "look",
                                   .written_at = Time{1},
                                   .changed_seq = tx.next_seq(),
                                   .mentions = {person}}));
        return tx.scheduled().add(new_scheduled(conversation, person, Time{1}));
      }));
    }
  }
  ASSERT_TRUE(write([&](Tx& tx) { return tx.erase_sample(); }));
  const std::vector<ConversationId> real{anna.id};
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.laters().due(Time{9}, 99)->size(), 1U);
    EXPECT_EQ(now.handovers().of_strands(real, 99)->size(), 1U);
    EXPECT_EQ(now.read_marks().of_strands(real, ReadBy::colleague, noor.id)->size(), 1U);
    EXPECT_EQ(now.companions().of_strands(real, 9).value(), std::vector{noor.id});
    EXPECT_EQ(now.drafts().of_author(noor.id, 9)->size(), 1U);
    EXPECT_EQ(now.scheduled().due(Time{9}, 9)->size(), 1U);
    EXPECT_EQ(now.notes().mentioning(noor.id, {}, 9)->size(), 1U);
    EXPECT_TRUE(now.notes().mentioning(invented.id, {}, 9)->empty());
    return 0;
  });
  EXPECT_TRUE(house_->is_sound());
}

}  // namespace
}  // namespace kith
