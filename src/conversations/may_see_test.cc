#include "conversations/may_see.h"

namespace kith {
namespace {

const PersonId kAnna{{1}};
const PersonId kMara{{3}};
const ConversationId kHers{{1}};
const ConversationId kAnother{{2}};

std::vector<std::pair<std::string, EventBody>> bodies() {
  return {{"entry added", EntryAdded{}},
          {"entry changed", EntryChanged{}},
          {"conversation", ConversationChanged{Thread{.own = {.id = kHers}, .strands = {kHers}}, {}}},
          {"her card", PersonChanged{Person{.id = kAnna}}},
          {"topic", TopicChanged{}},
          {"note", NoteChanged{}},
          {"promise", PromiseChanged{}},
          {"colleague", ColleagueChanged{Person{.id = kMara}, "", true}},
          {"settings", SettingsChanged{}},
          {"sessions", SessionsEnded{}}};
}

std::string seen_by(const Actor& actor, std::optional<ConversationId> own, std::optional<ConversationId> where) {
  std::string seen;
  for (const auto& [name, body] : bodies())
    if (may_see(actor, own, Event{1, where, body})) seen += name + ", ";
  return seen;
}

const Actor kVisitor{.kind = ActorKind::visitor, .person = kAnna};

TEST(MaySee, ShowsAVisitorHerOwnThreadWithoutNotes) {
  EXPECT_EQ(seen_by(kVisitor, kHers, kHers),
            "entry added, entry changed, conversation, her card, topic, promise, colleague, settings, ");
}

TEST(MaySee, ShowsAVisitorNothingOfOthersButTheFrontOfTheHouse) {
  EXPECT_EQ(seen_by(kVisitor, kHers, kAnother), "colleague, settings, ");
  EXPECT_EQ(seen_by(kVisitor, std::nullopt, kHers), "colleague, settings, ");
  EXPECT_EQ(seen_by(kVisitor, std::nullopt, std::nullopt), "colleague, settings, ");
}

TEST(MaySee, ShowsAVisitorNoOtherCard) {
  EXPECT_FALSE(may_see(kVisitor, kHers, Event{1, kHers, PersonChanged{Person{.id = kMara}}}));
}

TEST(MaySee, ShowsAVisitorNoStrandApartThatIsReadInHers) {
  const ConversationChanged joined{Thread{.own = {.id = kAnother}, .strands = {kAnother}}, {}};
  EXPECT_FALSE(may_see(kVisitor, kHers, Event{1, kHers, joined}));
}

TEST(MaySee, ShowsAColleagueEverythingButEndedSessions) {
  const Actor mara{.kind = ActorKind::colleague, .person = kMara};
  EXPECT_EQ(seen_by(mara, std::nullopt, kAnother),
            "entry added, entry changed, conversation, her card, topic, note, promise, colleague, settings, ");
}

TEST(MaySee, ShowsAProgramWhatItsScopesSay) {
  const auto program = [](std::uint32_t scopes) { return Actor{.kind = ActorKind::program, .scopes = scopes}; };
  EXPECT_EQ(seen_by(program(kReadConversations), {}, kHers),
            "entry added, entry changed, conversation, topic, promise, colleague, settings, ");
  EXPECT_EQ(seen_by(program(kReadPeople), {}, kHers), "her card, colleague, settings, ");
  EXPECT_EQ(seen_by(program(kManageSettings), {}, kHers), "colleague, settings, ");
}

TEST(MaySee, ShowsNobodyNothing) {
  EXPECT_EQ(seen_by(Actor{}, kHers, kHers), "");
}

}  // namespace
}  // namespace kith
