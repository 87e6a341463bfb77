#include "wire/nouns.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "wire/access.h"
#include "wire/events.h"
#include "wire/pages.h"

namespace kith::wire {
namespace {

constexpr Time kMoment{1'767'225'600'000'001};

template <class TypedId>
TypedId id(std::uint8_t last) {
  TypedId made;
  made.bytes[15] = last;
  return made;
}

Entry some_entry() {
  return {.id = id<EntryId>(1),
          .seq = 7,
          .strand = id<ConversationId>(2),
          .author = {.kind = AuthorKind::colleague, .person = id<PersonId>(3), .session = id<SessionId>(4)},
          .text = "Good \"morning\"",
          .attachments = {id<AttachmentId>(5)},
          .at = kMoment,
          .changed_seq = 7};
}

TEST(EncodeEntry, SaysEverythingBothSidesMayKnow) {
  EXPECT_EQ(encode(some_entry()),
            R"({"id":"00000000-0000-0000-0000-000000000001","seq":7,"strand":"00000000-0000-0000-0000-000000000002",)"
            R"("kind":"message","channel":"web","author":{"kind":"colleague",)"
            R"("person":"00000000-0000-0000-0000-000000000003","machine":null},"text":"Good \"morning\"",)"
            R"("attachments":["00000000-0000-0000-0000-000000000005"],"at":"2026-01-01T00:00:00.000001Z","version":1,)"
            R"("changed_seq":7,"taken_back":false})");
}

TEST(EncodeEntry, NeverShowsTheSessionBehindTheAuthor) {
  EXPECT_EQ(encode(some_entry()).find(id<SessionId>(4).text()), std::string::npos);
}

TEST(EncodeEntry, LabelsAMachine) {
  Entry entry = some_entry();
  entry.author = {.kind = AuthorKind::machine, .machine = "Order robot 2.1"};
  auto author = boost::json::parse(encode(entry)).at("author");
  EXPECT_EQ(author.at("machine").as_string(), "Order robot 2.1");
  EXPECT_TRUE(author.at("person").is_null());
}

TEST(EncodeIdentity, KeepsTheDigestOfADeviceToTheHouse) {
  Identity device{.id = id<IdentityId>(1), .kind = IdentityKind::device, .value = "secret digest"};
  EXPECT_EQ(encode(device).find("secret digest"), std::string::npos);
}

TEST(EncodeInbox, NeverShowsTheIdentitySecret) {
  Inbox inbox{.id = id<InboxId>(1), .name = "Shop", .identity_secret = "sealed bytes"};
  EXPECT_EQ(encode(inbox).find("sealed bytes"), std::string::npos);
}

TEST(EncodePromise, KeepsTheWarningOfItsGiverToTheHouse) {
  EXPECT_EQ(encode(Promise{.owner_warned = true}).find("warned"), std::string::npos);
}

TEST(EncodeApiToken, NamesItsScopes) {
  auto token = boost::json::parse(encode(ApiToken{.scopes = kReadPeople | kManageSettings}));
  ASSERT_EQ(token.at("scopes").as_array().size(), 2U);
  EXPECT_EQ(token.at("scopes").at(0).as_string(), "read_people");
  EXPECT_EQ(token.at("scopes").at(1).as_string(), "manage_settings");
}

TEST(EncodeEvent, IsAFrameThatNamesItsTypeOnce) {
  const std::string frame = encode_event({7, id<ConversationId>(2), EntryAdded{some_entry()}});
  EXPECT_TRUE(frame.starts_with(R"({"type":"event","seq":7,)")) << frame;
  EXPECT_EQ(frame.find(R"("type")", 2), std::string::npos) << frame;
}

TEST(EncodeEvent, CarriesSeqNameAndTheWholeEntry) {
  auto event = boost::json::parse(encode_event({7, id<ConversationId>(2), EntryAdded{some_entry()}}));
  EXPECT_EQ(event.at("type").as_string(), "event");
  EXPECT_EQ(event.at("seq").as_int64(), 7);
  EXPECT_EQ(event.at("event").as_string(), "entry_added");
  EXPECT_EQ(event.at("conversation").as_string(), "00000000-0000-0000-0000-000000000002");
  EXPECT_EQ(event.at("entry").at("text").as_string(), "Good \"morning\"");
}

TEST(EncodeEvent, HasAnObjectForEveryEventThatLeavesTheHouse) {
  const std::vector<EventBody> bodies{EntryAdded{},     EntryChanged{},     ConversationChanged{},
                                      PersonChanged{},  TopicChanged{},     NoteChanged{},
                                      PromiseChanged{}, ColleagueChanged{}, SettingsChanged{}};
  for (const EventBody& body : bodies) {
    auto event = boost::json::parse(encode_event({1, std::nullopt, body}));
    EXPECT_EQ(event.at("event").as_string(), event_name(body));
    EXPECT_TRUE(event.at("conversation").is_null());
    EXPECT_GE(event.as_object().size(), 5U) << event_name(body) << " must carry the state of its thing";
  }
}

TEST(EncodeEvent, KeepsEndedSessionsInTheHouse) {
  EXPECT_TRUE(encode_event({1, std::nullopt, SessionsEnded{{id<SessionId>(4)}}}).empty());
}

TEST(EncodeTeamMembers, SaysNullWhereTheAskerMayNotLook) {
  std::vector<TeamMember> members(2);
  members[1].email = "noor@example.org";
  members[1].has_second_factor = true;
  auto list = boost::json::parse(encode_team_members(members)).at("colleagues");
  EXPECT_TRUE(list.at(0).at("email").is_null());
  EXPECT_TRUE(list.at(0).at("has_second_factor").is_null());
  EXPECT_TRUE(list.at(1).at("has_second_factor").as_bool());
}

TEST(EncodePublicTeam, ShowsWhoeverSaidNothingAsAway) {
  std::vector<PublicFace> faces{{id<PersonId>(1), "Noor", "Hello"}, {id<PersonId>(2), "Ida", ""}};
  std::vector<PublicPresence> there{{id<PersonId>(2), PresenceLevel::gentle, kMoment}};
  auto team = boost::json::parse(encode_public_team(faces, there)).at("team");
  EXPECT_EQ(team.at(0).at("level").as_string(), "away");
  EXPECT_EQ(team.at(1).at("level").as_string(), "gentle");
  EXPECT_FALSE(team.at(1).at("back_at").is_null());
}

TEST(EncodeSite, PrefersTheInboxesOwnHelloLine) {
  FrontDoor door{.inbox = {.hello_line = "Hello from the shop"}, .settings = {.hello_line = "Hello"}};
  EXPECT_EQ(boost::json::parse(encode_site(door, {}, {}, {})).at("hello_line").as_string(), "Hello from the shop");
  door.inbox.hello_line.clear();
  EXPECT_EQ(boost::json::parse(encode_site(door, {}, {}, {})).at("hello_line").as_string(), "Hello");
}

}  // namespace
}  // namespace kith::wire
