#include "wire/commands.h"

#include <gtest/gtest.h>

#include "wire/access.h"

namespace kith::wire {
namespace {

constexpr const char* kId = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d";

// {"id":"...", ...}
std::string with_id(std::string_view rest) {
  return "{\"id\":\"" + std::string(kId) + "\"" + std::string(rest) + "}";
}

template <class T>
std::string wrong_field(const Result<T>& outcome) {
  return outcome ? "?" : outcome.error().field;
}

TEST(DecodeWriteEntry, ReadsAMessageWithItsAttachments) {
  auto message = decode_write_entry(with_id(R"(,"text":"Good morning!","attachments":[")" + std::string(kId) + "\"]"));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->id.text(), kId);
  EXPECT_EQ(message->text, "Good morning!");
  EXPECT_EQ(message->kind, EntryKind::message);
  ASSERT_EQ(message->attachments.size(), 1U);
}

TEST(DecodeWriteEntry, LetsNobodySayWhoWroteIt) {
  EXPECT_EQ(wrong_field(decode_write_entry(with_id(R"(,"text":"a","author":{"kind":"colleague"})"))), "author");
  EXPECT_EQ(wrong_field(decode_write_entry(with_id(R"(,"text":"a","at":"2026-11-22T08:00:00Z")"))), "at");
}

TEST(DecodeWriteEntry, RefusesMoreThanTheLongestMessage) {
  auto body = [](std::size_t length) { return with_id(",\"text\":\"" + std::string(length, 'a') + "\""); };
  EXPECT_TRUE(decode_write_entry(body(kLongestMessage)));
  EXPECT_EQ(wrong_field(decode_write_entry(body(kLongestMessage + 1))), "text");
}

TEST(DecodeLeaveAddress, TakesOnlyWhatAPersonCanLeave) {
  EXPECT_TRUE(decode_leave_address(with_id(R"(,"kind":"email","value":"mara@example.org")")));
  EXPECT_EQ(wrong_field(decode_leave_address(with_id(R"(,"kind":"host","value":"shop|1")"))), "kind");
}

TEST(DecodeAnswerAsk, IsAnAnswerAndNeverAnotherQuestion) {
  EXPECT_TRUE(decode_answer_ask(R"({"field":"called","state":"declined"})"));
  EXPECT_EQ(wrong_field(decode_answer_ask(R"({"field":"called","state":"asked"})")), "state");
}

TEST(DecodePresence, KeepsWhatSheDidNotMention) {
  Presence now{.level = PresenceLevel::open, .back_at = Time{1}, .written_capacity = 2, .takes_calls = false};
  auto presence = decode_presence(R"({"level":"beat"})", now);
  ASSERT_TRUE(presence);
  EXPECT_EQ(presence->level, PresenceLevel::beat);
  EXPECT_EQ(presence->written_capacity, 2);
  EXPECT_FALSE(presence->takes_calls);
  EXPECT_FALSE(presence->back_at) << "an earlier time means nothing for the new word";
}

TEST(DecodePresence, RefusesACapacityNobodyCanBear) {
  EXPECT_EQ(wrong_field(decode_presence(R"({"level":"open","written_capacity":21})", {})), "written_capacity");
  EXPECT_EQ(wrong_field(decode_presence(R"({"level":"open","written_capacity":2.0})", {})), "written_capacity");
}

TEST(DecodeSaveInbox, LetsNobodySetTheSecretByHand) {
  EXPECT_EQ(wrong_field(decode_save_inbox(R"({"kind":"web","name":"Shop","identity_secret":"x"})")), "identity_secret");
}

TEST(DecodeBeginVisit, TakesAClientMadeTokenOnlyWithItsFullStrength) {
  std::string inbox = R"(,"inbox":")" + std::string(kId) + "\"";
  EXPECT_TRUE(decode_begin_visit(with_id(inbox)));
  EXPECT_TRUE(decode_begin_visit(with_id(inbox + R"(,"token":")" + std::string(43, 'A') + "\"")));
  EXPECT_EQ(wrong_field(decode_begin_visit(with_id(inbox + R"(,"token":"")"))), "token");
  EXPECT_EQ(wrong_field(decode_begin_visit(with_id(inbox + R"(,"token":")" + std::string(42, 'A') + "\""))), "token");
}

TEST(DecodeCreateToken, ReadsScopesByName) {
  auto body = [](std::string_view scopes) {
    return with_id(R"(,"name":"Order robot 2.1","expires_at":"2027-11-22T00:00:00Z","scopes":)" + std::string(scopes));
  };
  auto create = decode_create_token(body(R"(["read_people","write_entries"])"));
  ASSERT_TRUE(create);
  EXPECT_EQ(create->scopes, kReadPeople | kWriteEntries);
  EXPECT_EQ(wrong_field(decode_create_token(body("[]"))), "scopes");
  EXPECT_EQ(wrong_field(decode_create_token(body(R"(["everything"])"))), "scopes");
}

TEST(DecodeAcceptInvitation, RefusesAShortPassword) {
  auto body = [](std::string_view password) {
    return R"({"token":"t","person":")" + std::string(kId) +
           R"(","called":"Noor","email":"Noor@Example.org ","password":")" + std::string(password) + "\"}";
  };
  EXPECT_EQ(wrong_field(decode_accept_invitation(body("ninechars"))), "password");
  auto accept = decode_accept_invitation(body("ten chars!"));
  ASSERT_TRUE(accept);
  EXPECT_EQ(accept->email, "noor@example.org");
}

}  // namespace
}  // namespace kith::wire
