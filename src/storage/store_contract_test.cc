// The words of store_contract.h. What every store must do stands in store_contract_*_test.cc.
#include "storage/store_contract.h"

namespace kith {

Person StoreContract::given_person(std::string called) {
  Person person{.id = new_id<PersonId>(),
                .called = std::move(called),
                .languages = {"de-AT", "en"},
                .access_needs = "please write",
                .merged_into = {},
                .created_at = clock.now()};
  EXPECT_TRUE(write([&](Tx& tx) { return tx.people().add(person); }));
  return person;
}

Conversation StoreContract::given_conversation(const Person& person) {
  Conversation conversation{
      .id = new_id<ConversationId>(), .person = person.id, .waiting_since = {}, .created_at = clock.now()};
  EXPECT_TRUE(write([&](Tx& tx) { return tx.conversations().add(conversation); }));
  return conversation;
}

Conversation StoreContract::given_conversation(std::string called) {
  return given_conversation(given_person(std::move(called)));
}

Entry StoreContract::new_entry(const Conversation& conversation, std::string text, AuthorKind kind) {
  Entry entry;
  entry.id = new_id<EntryId>();
  entry.strand = conversation.id;
  entry.author.kind = kind;
  if (kind == AuthorKind::customer) entry.author.person = conversation.person;
  if (kind == AuthorKind::colleague) {
    entry.author.person = conversation.person;
    entry.author.session = new_id<SessionId>();
  }
  if (kind == AuthorKind::machine || kind == AuthorKind::notice) entry.author.machine = "greeter 1.0";
  entry.text = std::move(text);
  return entry;
}

Entry StoreContract::given_entry(const Conversation& conversation, std::string text, AuthorKind kind) {
  Entry entry = new_entry(conversation, std::move(text), kind);
  EXPECT_TRUE(write([&](Tx& tx) {
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.at = tx.now();
    return tx.entries().add(entry);
  }));
  return entry;
}

Result<EntryVersion> StoreContract::given_version(const Entry& entry, std::uint32_t number, std::string text,
                                                  bool taken_back) {
  EntryVersion version{new_id<ActId>(), entry.id, number, 0, std::move(text), taken_back, {}};
  return write([&](Tx& tx) -> Result<EntryVersion> {
    version.seq = tx.next_seq();
    version.at = tx.now();
    KITH_CHECK(tx.entries().add_version(version));
    return version;
  });
}

Merge StoreContract::given_merge(PersonId from, PersonId into) {
  Merge merge{new_id<MergeId>(), from, into, into, "the same voice", {}, {}, {}};
  EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
    merge.at = tx.now();
    KITH_CHECK(tx.people().add_merge(merge));
    KITH_TRY(Person person, tx.people().find(from));
    person.merged_into = into;
    return tx.people().save(person);
  }));
  return merge;
}

void StoreContract::given_undone(Merge merge) {
  EXPECT_TRUE(write([&](Tx& tx) -> Result<void> {
    merge.undone_at = tx.now();
    merge.undone_by = merge.into;
    KITH_CHECK(tx.people().save_merge(merge));
    KITH_TRY(Person person, tx.people().find(merge.from));
    person.merged_into = std::nullopt;
    return tx.people().save(person);
  }));
}

}  // namespace kith
