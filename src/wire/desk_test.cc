#include "wire/desk.h"

#include <gtest/gtest.h>

#include "wire/commands.h"
#include "wire/events.h"

namespace kith::wire {
namespace {

constexpr const char* kId = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d";
constexpr const char* kOther = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4e";

template <class TypedId>
TypedId id(const char* text = kId) {
  return *TypedId::parse(text);
}
template <class T>
std::string wrong_field(const Result<T>& outcome) {
  return outcome ? "?" : outcome.error().field;
}
std::string told(EventBody body) {
  return encode_event({9, id<ConversationId>(kOther), std::move(body)});
}

TEST(EncodeReadMark, NeverSaysWhoOfTheTeamHasRead) {
  ReadMarkChanged change{.mark = {.by = ReadBy::team}, .customer = id<PersonId>(), .seq_read = 7};
  EXPECT_EQ(told(change), R"({"type":"event","seq":9,"event":"read_mark_changed","conversation":")" +
                              std::string(kOther) + R"(","by":{"kind":"colleague","person":null},"seq_read":7})");
  change.mark = {.by = ReadBy::colleague, .person = id<PersonId>()};
  EXPECT_NE(told(change).find(R"("by":{"kind":"colleague","person":")" + std::string(kId)), std::string::npos);
  change.mark = {.by = ReadBy::customer};
  EXPECT_NE(told(change).find(R"("by":{"kind":"customer","person":")" + std::string(kId)), std::string::npos);
}

TEST(EncodeLater, IsNullWhenSheIsBack) {
  EXPECT_NE(told(LaterChanged{}).find(R"("later":null)"), std::string::npos);
  const Later standing{.words = "ask again", .changed_seq = 4};
  EXPECT_NE(told(LaterChanged{{}, standing}).find(R"("until":null,"until_she_writes":false,"words":"ask again")"),
            std::string::npos);
}

TEST(EncodeScheduled, SaysWhereItIsReadTodayAndNothingOfItsSession) {
  const Scheduled scheduled{.id = id<EntryId>(), .session = id<SessionId>(), .state = ScheduledState::held};
  const std::string json = told(ScheduledChanged{scheduled});
  EXPECT_NE(json.find(R"("state":"held")"), std::string::npos);
  EXPECT_NE(json.find(R"("scheduled":{"id":")" + std::string(kId) + R"(","conversation":")" + kOther),
            std::string::npos);
  EXPECT_EQ(json.find("session"), std::string::npos);
}

TEST(DecodePutOff, MustSayWhenEvenIfItIsNever) {
  EXPECT_TRUE(decode_put_off(R"({"until":null,"until_she_writes":true,"words":""})"));
  EXPECT_EQ(wrong_field(decode_put_off(R"({"until_she_writes":true,"words":""})")), "until");
}

TEST(DecodeMarkRead, TakesAPlaceInTheOrderAndNothingElse) {
  EXPECT_TRUE(decode_mark_read(R"({"seq":7})"));
  EXPECT_EQ(wrong_field(decode_mark_read(R"({"seq":-1})")), "seq");
  EXPECT_EQ(wrong_field(decode_mark_read(R"({"seq":7,"at":"2026-11-22T08:00:00Z"})")), "at");
}

TEST(DecodeBringIn, NeedsWords) {
  auto body = [](std::string_view words) {
    return R"({"id":")" + std::string(kId) + R"(","colleague":")" + kOther + R"(","words":")" + std::string(words) +
           "\"}";
  };
  EXPECT_TRUE(decode_bring_in(body("look")));
  EXPECT_EQ(wrong_field(decode_bring_in(body(" "))), "words");
}

TEST(DecodeWriteEntry, ReadsTheNewestEntryTheWriterHasSeen) {
  const std::string begin = R"({"id":")" + std::string(kId) + R"(","text":"a")";
  EXPECT_FALSE(decode_write_entry(begin + "}")->after);
  EXPECT_EQ(decode_write_entry(begin + R"(,"after":7})")->after, 7);
  EXPECT_EQ(wrong_field(decode_write_entry(begin + R"(,"after":"7"})")), "after");
}

}  // namespace
}  // namespace kith::wire
