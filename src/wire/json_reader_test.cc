#include "wire/json_reader.h"

#include <gtest/gtest.h>

namespace kith::wire {
namespace {

struct Read {
  std::string text = "untouched";
  std::optional<Time> due;
};

// A decoder with one field of each sort; the rest of the tests ask what it refuses.
Result<Read> read(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  Read read;
  fields.text("text", read.text, 5, Lines::many);
  fields.maybe_time("due", read.due);
  KITH_CHECK(fields.finish());
  return read;
}

// The field that is named as wrong; "?" when nothing was wrong, "" for the body as a whole.
std::string wrong_field(std::string_view body) {
  auto outcome = read(body);
  if (outcome) return "?";
  EXPECT_EQ(outcome.error().code, Errc::invalid);
  EXPECT_FALSE(outcome.error().detail.empty());
  return outcome.error().field;
}

TEST(JsonFields, ReadWhatIsThere) {
  auto outcome = read(R"({"text":"a\nb","due":"2026-11-22T09:15:30+01:00"})");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->text, "a\nb");
  EXPECT_EQ(format_time(*outcome->due), "2026-11-22T08:15:30.000000Z");
}

TEST(JsonFields, TakeNullForNothing) {
  auto outcome = read(R"({"text":"","due":null})");
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->due);
}

TEST(JsonFields, NameTheFieldThatIsMissing) {
  EXPECT_EQ(wrong_field("{}"), "text");
}

TEST(JsonFields, NameTheFieldNobodyKnows) {
  EXPECT_EQ(wrong_field(R"({"text":"a","colour":"red"})"), "colour");
}

TEST(JsonFields, ConvertNothing) {
  EXPECT_EQ(wrong_field(R"({"text":1})"), "text");
  EXPECT_EQ(wrong_field(R"({"text":null})"), "text");
  EXPECT_EQ(wrong_field(R"({"text":["a"]})"), "text");
  EXPECT_EQ(wrong_field(R"({"text":"a","due":1767225600})"), "due");
}

TEST(JsonFields, CountCharactersNotBytes) {
  EXPECT_EQ(wrong_field(R"({"text":"ÄÖÜßé"})"), "?");
  EXPECT_EQ(wrong_field(R"({"text":"ÄÖÜßéa"})"), "text");
}

TEST(JsonFields, RefuseNulAndOtherControlCharacters) {
  EXPECT_EQ(wrong_field(R"({"text":"a\u0000b"})"), "text");
  EXPECT_EQ(wrong_field(R"({"text":"a\u001bb"})"), "text");
}

TEST(JsonFields, RefuseBrokenUnicode) {
  EXPECT_EQ(wrong_field("{\"text\":\"\xff\"}"), "");
  EXPECT_EQ(wrong_field("{\"text\":\"\xc0\xaf\"}"), "");
  EXPECT_EQ(wrong_field(R"({"text":"\ud800"})"), "");
}

TEST(JsonFields, RefuseAFieldThatIsWrittenTwice) {
  EXPECT_EQ(wrong_field(R"({"text":"a","text":"b"})"), "");
  EXPECT_EQ(wrong_field(R"({"text":"a","te\u0078t":"b"})"), "");
  EXPECT_EQ(wrong_field(R"({"text":"a:\"b:"})"), "?") << "colons inside text are not fields";
  EXPECT_EQ(wrong_field(R"({"text":"\\","text":":"})"), "") << "a text may end in a backslash";
  EXPECT_EQ(wrong_field(R"({"text":"\\\":"})"), "?") << "and a quote may follow one";
}

TEST(JsonFields, RefuseWhatIsNotOneObject) {
  for (const char* body : {"", "null", "[]", "\"text\"", "{", R"({"text":"a"}{})", R"({'text':'a'})",
                           R"({"text":"a",})", "{\"text\":\"a\"} x", "// {}\n{}"})
    EXPECT_EQ(wrong_field(body), "") << body;
}

TEST(JsonFields, RefuseDeepNestingWithoutRecursion) {
  std::string body = R"({"text":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_EQ(wrong_field(body), "");
}

TEST(JsonFields, KeepALongUnknownNameShort) {
  EXPECT_LE(wrong_field("{\"text\":\"a\",\"" + std::string(5'000, 'x') + "\":1}").size(), 64U);
}

}  // namespace
}  // namespace kith::wire
