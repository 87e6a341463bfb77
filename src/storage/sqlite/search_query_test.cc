#include "storage/sqlite/search_query.h"

#include <sqlite3.h>

#include "base/random.h"

namespace kith::sqlite {
namespace {

TEST(EntryQuery, AsksForEveryWordAndTheBeginningOfTheLast) {
  EXPECT_EQ(entry_query("wrong invo"), R"("wrong" "invo" *)");
}

TEST(EntryQuery, KeepsWordsInQuotesTogether) {
  EXPECT_EQ(entry_query(R"(late "moving house")"), R"("late" "moving house")");
  EXPECT_EQ(entry_query(R"("moving hou)"), R"("moving hou" *)") << "the quotes are not closed yet";
}

TEST(EntryQuery, IgnoresWhatHoldsNoWord) {
  EXPECT_EQ(entry_query(" - ?! ... "), "");
  EXPECT_EQ(entry_query("really ?!"), R"("really" *)");
  EXPECT_EQ(entry_query(R"("" " " "!")"), "");
  EXPECT_EQ(entry_query(""), "");
}

TEST(EntryQuery, LeavesNothingTypedAnOperator) {
  EXPECT_EQ(entry_query("a OR b"), R"("a" "OR" "b" *)");
  EXPECT_EQ(entry_query("text:secret NEAR(x) ^y c*"), R"q("text:secret" "NEAR(x)" "^y" "c*" *)q");
}

TEST(EntryQuery, IsBoundedWhateverIsTyped) {
  EXPECT_LT(entry_query(std::string(100'000, 'x')).size(), 300U);
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "w ";
  EXPECT_LT(entry_query(many).size(), 300U);
}

TEST(PersonQuery, TakesEveryWordAsABeginning) {
  EXPECT_EQ(person_query("ad lov"), R"("ad" * "lov" *)");
  EXPECT_EQ(person_query("ada@ex.org"), R"("ada" * "ex" * "org" *)");
}

// The real index is the judge of what is a question.
struct SearchQuery : testing::Test {
  SearchQuery() {
    sqlite3_open(":memory:", &database);
    sqlite3_exec(database,
                 "create virtual table words using fts5 (text, tokenize = 'unicode61 remove_diacritics 2');"
                 "insert into words values ('Grüße from the moving house'), ('nothing')",
                 nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(database, "select count(*) from words where words match ?", -1, &statement, nullptr);
  }
  ~SearchQuery() override {
    sqlite3_finalize(statement);
    sqlite3_close(database);
  }
  // How many texts match; -1 when the index does not understand the question.
  int matches(const std::string& query) {
    sqlite3_bind_text(statement, 1, query.data(), static_cast<int>(query.size()), SQLITE_STATIC);
    int count = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_reset(statement);
    return count;
  }
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
};

TEST_F(SearchQuery, FindsWordsWhateverTheirAccentsAndCase) {
  EXPECT_EQ(matches(entry_query("grusse")), 0);
  EXPECT_EQ(matches(entry_query("GRUßE hou")), 1);
  EXPECT_EQ(matches(entry_query("\"moving house\"")), 1);
  EXPECT_EQ(matches(entry_query("\"house moving\"")), 0);
}

TEST_F(SearchQuery, IgnoresCharactersThatAreNoLetters) {
  EXPECT_EQ(matches(entry_query("👋 house")), 1);
  EXPECT_EQ(matches(entry_query("— house")), 1);
}

TEST_F(SearchQuery, IsAlwaysUnderstood) {
  SeededRandom random(20261122);
  const std::string_view pieces[] = {"\"",
                                     "*",
                                     "(",
                                     ")",
                                     "AND",
                                     "NOT",
                                     "NEAR(",
                                     "^",
                                     ":",
                                     "-",
                                     "+",
                                     "{",
                                     "}",
                                     " ",
                                     "a",
                                     "\xc3",
                                     "\xf0\x9f\x91\x8b",
                                     "house",
                                     std::string_view("\0", 1),
                                     "'",
                                     "\\",
                                     "\n",
                                     ","};
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (std::uint64_t left = random.below(12); left > 0; --left) typed += pieces[random.below(std::size(pieces))];
    for (const std::string& query : {entry_query(typed), person_query(typed)})
      if (!query.empty()) {
        ASSERT_NE(matches(query), -1) << typed << " became " << query;
      }
  }
}

}  // namespace
}  // namespace kith::sqlite
