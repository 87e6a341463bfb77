// What every store must do when the invented people are erased: nothing of them stays, nothing else goes.
#include "storage/store_contract.h"

namespace kith {
namespace {

class EraseContract : public StoreContract {
 protected:
  Person given_sample(std::string called) {
    Person person = given_person(std::move(called));
    person.is_sample = true;
    EXPECT_TRUE(write([&](Tx& tx) { return tx.people().save(person); }));
    return person;
  }
  Result<std::int64_t> erase() {
    return write([&](Tx& tx) { return tx.erase_sample(); });
  }
  std::size_t found(std::string words) {
    const EntrySearch search{.words = std::move(words), .before = {}, .strands = {}, .from = {}, .until = {}};
    return look([&](const Snapshot& now) { return now.search().entries(search); })->size();
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, EraseContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(EraseContract, HasNothingToEraseInARealHouse) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "real words");
  EXPECT_EQ(erase().value(), 0);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().find(entry.id); }).value(), entry);
  EXPECT_TRUE(house_->is_sound());
}

TEST_P(EraseContract, ErasesEverythingInventedAndNothingElse) {
  const Conversation anna = given_conversation("Anna");
  const Conversation invented = given_conversation(given_sample("Invented"));
  const Entry real = given_entry(anna, "real words");
  const Entry made_up = given_entry(invented, "invented words");
  ASSERT_TRUE(given_version(made_up, 2, "invented and edited words"));
  ASSERT_TRUE(given_version(real, 2, "real and edited words"));
  const Team team{new_id<TeamId>(), "Sample team", true};
  const Inbox inbox{.id = new_id<InboxId>(), .name = "Real site", .team = team.id};
  const Topic topic{.id = new_id<TopicId>(), .strand = invented.id, .title = "t", .entries = {made_up.id}};
  const Note note{new_id<NoteId>(), anna.person, invented.person, "by somebody invented", 1, false, Time{1}, 0};
  const Identity mail{
      new_id<IdentityId>(), IdentityKind::email, "invented@shop.example", IdentityState::claimed, "", {}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.house().save_team(team));
    KITH_CHECK(tx.house().save_inbox(inbox));
    KITH_CHECK(tx.topics().add(topic));
    KITH_CHECK(tx.notes().add(note));
    KITH_CHECK(tx.identities().add(mail));
    KITH_CHECK(tx.identities().link({mail.id, invented.person, 1}));
    KITH_CHECK(tx.conversations().save_ask({invented.id, "called", AskState::asked}));
    KITH_CHECK(tx.access().save_account({invented.person, "invented@team.example", "", "", false, 0, ""}));
    tx.emit({tx.next_seq(), invented.id, TopicChanged{topic}});
    return {};
  }));
  EXPECT_EQ(erase().value(), 1);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().find(invented.person).error().code, Errc::not_found);
    EXPECT_EQ(now.conversations().find(invented.id).error().code, Errc::not_found);
    EXPECT_EQ(now.entries().find(made_up.id).error().code, Errc::not_found);
    EXPECT_EQ(now.topics().find(topic.id).error().code, Errc::not_found);
    EXPECT_EQ(now.notes().find(note.id).error().code, Errc::not_found);
    EXPECT_EQ(now.identities().find(mail.id).error().code, Errc::not_found);
    EXPECT_EQ(now.access().account_by_email("invented@team.example").error().code, Errc::not_found);
    EXPECT_EQ(now.house().find_team(team.id).error().code, Errc::not_found);
    EXPECT_EQ(now.house().find_inbox(inbox.id)->team, std::nullopt);
    EXPECT_TRUE(now.changes().after({.everything = true, .strands = {}}, 0, 10)->empty());
    EXPECT_EQ(now.entries().after({}, 0, 10)->size(), 1U);
    EXPECT_EQ(now.entries().versions(real.id)->size(), 2U);
    EXPECT_TRUE(now.search().people("invented", 10)->empty());
    return 0;
  });
  EXPECT_EQ(found("invented"), 0U);
  EXPECT_EQ(found("real"), 1U);
  EXPECT_TRUE(house_->is_sound());
  EXPECT_EQ(erase().value(), 0);
}

TEST_P(EraseContract, FreesRealPeopleFromInventedMerges) {
  const Conversation anna = given_conversation("Anna");
  const Conversation invented = given_conversation(given_sample("Invented"));
  given_merge(anna.person, invented.person);
  EXPECT_EQ(erase().value(), 1);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().resolve(anna.person)->id, anna.person);
    EXPECT_TRUE(now.people().merges_of(anna.person)->empty());
    EXPECT_EQ(now.conversations().thread_of(anna.person)->strands, std::vector{anna.id});
    return 0;
  });
}

// What somebody invented said to a real person belongs to that person's memory; the door behind her is closed.
TEST_P(EraseContract, LeavesTheWordsThatARealPersonWasTold) {
  const Conversation anna = given_conversation("Anna");
  const Person invented = given_sample("Invented");
  const Team team{new_id<TeamId>(), "Sample team", true};
  const Role role{new_id<RoleId>(), invented.id, RoleKind::colleague, team.id, Time{1}, {}};
  Entry answer{.id = new_id<EntryId>(), .strand = anna.id, .text = "an answer to somebody real"};
  answer.author = {.kind = AuthorKind::colleague, .person = invented.id, .session = new_id<SessionId>()};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.house().save_team(team));
    KITH_CHECK(tx.people().add_role(role));
    KITH_CHECK(tx.access().save_account({invented.id, "invented@team.example", "hash", "", false, 0, "hello"}));
    KITH_CHECK(tx.access().save_preferences(invented.id, {.volume = 10}));
    answer.seq = tx.next_seq();
    return tx.entries().add(answer);
  }));
  EXPECT_EQ(erase().value(), 0);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.entries().find(answer.id)->text, answer.text);
    EXPECT_EQ(now.people().find(invented.id)->called, "Invented");
    EXPECT_TRUE(now.people().roles(invented.id)->empty());
    EXPECT_TRUE(now.people().team_members(Time{2})->empty());
    EXPECT_EQ(now.access().account(invented.id).error().code, Errc::not_found);
    EXPECT_EQ(now.access().preferences(invented.id).value(), Preferences());
    return 0;
  });
  EXPECT_TRUE(house_->is_sound());
}

TEST_P(EraseContract, TakesInventedFacesAlong) {
  const Person anna = given_person("Anna");
  const Person invented = given_sample("Invented");
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.people().add_face({"real-key", anna.id, "image/png", "bytes"}));
    return tx.people().add_face({"invented-key", invented.id, "image/png", "bytes"});
  }));
  EXPECT_EQ(erase().value(), 1);
  look([&](const Snapshot& now) {
    EXPECT_TRUE(now.people().face("real-key"));
    EXPECT_EQ(now.people().face("invented-key").error().code, Errc::not_found);
    return 0;
  });
}

// The chain is begun anew, and goes on from there.
TEST_P(EraseContract, LetsTheHouseGoOnAfterwards) {
  const Conversation anna = given_conversation("Anna");
  given_entry(given_conversation(given_sample("Invented")), "invented words");
  const Entry before = given_entry(anna, "before");
  EXPECT_EQ(erase().value(), 1);
  const Entry after = given_entry(anna, "after");
  EXPECT_GT(after.seq, before.seq);
  EXPECT_TRUE(house_->is_sound());
  house_->reopen();
  EXPECT_TRUE(house_->is_sound());
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().after({}, 0, 10); })->size(), 2U);
}

TEST_P(EraseContract, IsUndoneWithItsUnit) {
  const Conversation invented = given_conversation(given_sample("Invented"));
  const Entry entry = given_entry(invented, "invented words");
  EXPECT_FALSE(write([&](Tx& tx) -> Result<std::int64_t> {
    KITH_CHECK(tx.erase_sample());
    return fail(Errc::conflict, "thought better of it");
  }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.entries().find(entry.id); }).value(), entry);
  EXPECT_EQ(found("invented"), 1U);
  EXPECT_TRUE(house_->is_sound());
}

}  // namespace
}  // namespace kith
