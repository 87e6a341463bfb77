// What every store must find: newest first, whole words, the last one as far as it was typed.
#include "storage/store_contract.h"

namespace kith {
namespace {

class SearchContract : public StoreContract {
 protected:
  EntrySearch query(std::string words) {
    return {.words = std::move(words), .before = {}, .strands = {}, .from = {}, .until = {}};
  }
  std::vector<EntryId> find(const EntrySearch& search) {
    std::vector<EntryId> found;
    auto entries = look([&](const Snapshot& now) { return now.search().entries(search); });
    EXPECT_TRUE(entries);
    if (entries)
      for (const Entry& entry : *entries) found.push_back(entry.id);
    return found;
  }
  std::vector<EntryId> find(std::string words) { return find(query(std::move(words))); }
  std::vector<std::string> people(std::string_view words, std::size_t limit = 10) {
    std::vector<std::string> found;
    auto persons = look([&](const Snapshot& now) { return now.search().people(words, limit); });
    EXPECT_TRUE(persons);
    if (persons)
      for (const Person& person : *persons) found.push_back(person.called);
    return found;
  }
  const std::vector<EntryId> nothing;
};
INSTANTIATE_TEST_SUITE_P(Stores, SearchContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

TEST_P(SearchContract, FindsEveryWordInEitherCaseNewestFirst) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Entry first = given_entry(a, "The Invoice is wrong");
  given_entry(a, "The parcel is late");
  const Entry second = given_entry(b, "wrong again: this invoice!");
  EXPECT_EQ(find("invoice"), (std::vector{second.id, first.id}));
  EXPECT_EQ(find("INVOICE wrong"), (std::vector{second.id, first.id}));
  EXPECT_EQ(find("wrong the"), std::vector{first.id});
  EXPECT_EQ(find("invoice parcel"), nothing);
}

TEST_P(SearchContract, TakesOnlyTheLastWordForABeginning) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "invoice number seven");
  EXPECT_EQ(find("invoice numb"), std::vector{entry.id});
  EXPECT_EQ(find("inv"), std::vector{entry.id});
  EXPECT_EQ(find("inv number"), nothing);
  EXPECT_EQ(find("voice"), nothing);
}

TEST_P(SearchContract, FindsWordsThatStandTogether) {
  const Conversation anna = given_conversation("Anna");
  const Entry together = given_entry(anna, "the red blue-green bicycle");
  given_entry(anna, "green grass, blue sky, red bicycle");
  EXPECT_EQ(find("blue-green"), std::vector{together.id});
  EXPECT_EQ(find("\"blue green\""), std::vector{together.id});
  EXPECT_EQ(find("bicycle \"red blue"), std::vector{together.id});
}

TEST_P(SearchContract, FindsNotesThatStandTheLatestFirst) {
  const Conversation anna = given_conversation("Anna");
  const Person noor = given_person("Noor");
  auto given_note = [&](std::string text, Time at) {
    const Note note{
        .id = new_id<NoteId>(), .about = anna.person, .author = noor.id, .text = std::move(text), .written_at = at};
    EXPECT_TRUE(write([&](Tx& tx) { return tx.notes().add(note); }));
    return note;
  };
  auto notes = [&](std::string_view words, std::optional<Place<NoteId>> after = {}, std::size_t limit = 9) {
    return look([&](const Snapshot& now) { return now.search().notes(words, after, limit); }).value();
  };
  Note first = given_note("rings in the morning, prefers Mr. Oak", Time{10});
  const Note second = given_note("her dog is called Oak", Time{20});
  EXPECT_EQ(notes("oak"), (std::vector{second, first}));
  EXPECT_EQ(notes("OAK morn"), std::vector{first});
  EXPECT_EQ(notes("oak", {}, 1), std::vector{second});
  EXPECT_EQ(notes("oak", place_of(second)), std::vector{first});
  EXPECT_TRUE(notes("").empty());
  EXPECT_TRUE(notes("elm").empty());
  EXPECT_EQ(find("oak"), nothing) << "a note is no entry";
  first.text = "prefers Mrs. Elm";
  ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().save(first); }));
  EXPECT_EQ(notes("oak"), std::vector{second});
  EXPECT_EQ(notes("elm"), std::vector{first});
  first.text.clear();
  first.taken_back = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.notes().save(first); }));
  EXPECT_TRUE(notes("elm").empty());
}

TEST_P(SearchContract, FindsTheNewestVersionOnly) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "my address is Oak Street");
  ASSERT_TRUE(given_version(entry, 2, "my address is Elm Street"));
  EXPECT_EQ(find("oak"), nothing);
  EXPECT_EQ(find("elm"), std::vector{entry.id});
  ASSERT_TRUE(given_version(entry, 3, "", true));
  EXPECT_EQ(find("elm"), nothing);
  EXPECT_EQ(find("address"), nothing);
}

TEST_P(SearchContract, FindsNothingWithoutALetterOrDigit) {
  const Conversation anna = given_conversation("Anna");
  given_entry(anna, "?! ... -- \"");
  for (const char* words : {"", "  ", "?!", "\"", "\"\"", "* -", "()", "...", "\t\n"})
    EXPECT_EQ(find(words), nothing) << words;
}

// Nothing a person types is an operator or an error.
TEST_P(SearchContract, TakesEverythingTypedForWords) {
  const Conversation anna = given_conversation("Anna");
  const Entry entry = given_entry(anna, "cats AND dogs OR near text NOT column");
  for (const char* words : {"cats AND dogs", "OR", "NOT col", "near", "cats* dogs", "^cats", "text:", "(cats", "cats)",
                            "cats \"dogs", "cats + dogs", "{cats}", "cats -dogs", "'cats'", "dogs;--"})
    EXPECT_EQ(find(words), std::vector{entry.id}) << words;
  EXPECT_EQ(find("cats OR birds"), nothing);
  EXPECT_EQ(find("cats\x01 dogs"), std::vector{entry.id});
}

TEST_P(SearchContract, KeepsToStrandsTimesAndCursor) {
  const Conversation a = given_conversation("A");
  const Conversation b = given_conversation("B");
  const Entry one = given_entry(a, "tea");
  const Entry two = given_entry(b, "tea");
  const Entry three = given_entry(a, "tea");
  EntrySearch search = query("tea");
  search.strands = {a.id};
  EXPECT_EQ(find(search), (std::vector{three.id, one.id}));
  search.strands = {a.id, b.id};
  search.limit = 2;
  EXPECT_EQ(find(search), (std::vector{three.id, two.id}));
  search.before = two.seq;
  EXPECT_EQ(find(search), std::vector{one.id});
  search = query("tea");
  search.from = two.at;
  EXPECT_EQ(find(search), (std::vector{three.id, two.id}));
  search.until = three.at;
  EXPECT_EQ(find(search), std::vector{two.id});
  search.limit = 0;
  EXPECT_EQ(find(search), nothing);
}

TEST_P(SearchContract, FindsWordsOfEveryScript) {
  const Conversation anna = given_conversation("Anna");
  const Entry german = given_entry(anna, "Die Straße nach Öblarn");
  const Entry greek = given_entry(anna, "καλημέρα κόσμε");
  EXPECT_EQ(find("Straße"), std::vector{german.id});
  EXPECT_EQ(find("Öblarn"), std::vector{german.id});
  EXPECT_EQ(find("κόσμε"), std::vector{greek.id});
}

TEST_P(SearchContract, FindsPeopleByTheBeginningsOfTheirNames) {
  given_person("Anna Berger");
  given_person("Bert Anders");
  given_person("Clara Zabel");
  EXPECT_EQ(people("an"), (std::vector<std::string>{"Bert Anders", "Anna Berger"}));
  EXPECT_EQ(people("be an"), (std::vector<std::string>{"Bert Anders", "Anna Berger"}));
  EXPECT_EQ(people("anna be"), std::vector<std::string>{"Anna Berger"});
  EXPECT_EQ(people("an", 1), std::vector<std::string>{"Bert Anders"});
  EXPECT_EQ(people("nna"), std::vector<std::string>{});
  EXPECT_EQ(people(""), std::vector<std::string>{});
  EXPECT_EQ(people("\"%_*"), std::vector<std::string>{});
}

TEST_P(SearchContract, FindsPeopleByWhatTheyReachUsWith) {
  const Person anna = given_person("Anna");
  const Identity mail{
      new_id<IdentityId>(), IdentityKind::email, "berger.anna@shop.example", IdentityState::claimed, "", {}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.identities().add(mail));
    return tx.identities().link({mail.id, anna.id, 1});
  }));
  EXPECT_EQ(people("berger"), std::vector<std::string>{"Anna"});
  EXPECT_EQ(people("berger.anna@sh"), std::vector<std::string>{"Anna"});
}

TEST_P(SearchContract, FindsARenamedPersonByHerNewNameOnly) {
  Person anna = given_person("Anna");
  anna.called = "Marie";
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(anna); }));
  EXPECT_EQ(people("anna"), std::vector<std::string>{});
  EXPECT_EQ(people("marie"), std::vector<std::string>{"Marie"});
}

TEST_P(SearchContract, FindsNobodyWhoIsMergedAway) {
  const Person away = given_person("Anna");
  const Person target = given_person("Anna Berger");
  const Merge merge = given_merge(away.id, target.id);
  EXPECT_EQ(people("anna"), std::vector<std::string>{"Anna Berger"});
  given_undone(merge);
  EXPECT_EQ(people("anna").size(), 2U);
}

}  // namespace
}  // namespace kith
