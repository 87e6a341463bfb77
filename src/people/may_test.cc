#include "people/may.h"

#include <map>

namespace kith {
namespace {

const PersonId kAnna{{1}};
const PersonId kBela{{2}};
const PersonId kMara{{3}};

Actor actor_named(const std::string& who) {
  if (who == "visitor") return {.kind = ActorKind::visitor, .person = kAnna};
  if (who == "stranger") return {.kind = ActorKind::visitor, .person = kBela};
  if (who == "author") return {.kind = ActorKind::colleague, .person = kMara};
  if (who == "colleague") return {.kind = ActorKind::colleague, .person = PersonId{{9}}};
  if (who == "leader") return {.kind = ActorKind::colleague, .person = PersonId{{9}}, .is_leader = true};
  if (who == "admin") return {.kind = ActorKind::colleague, .person = PersonId{{9}}, .is_admin = true};
  if (who == "people") return {.kind = ActorKind::program, .scopes = kReadPeople};
  if (who == "reader") return {.kind = ActorKind::program, .scopes = kReadConversations};
  if (who == "writer") return {.kind = ActorKind::program, .scopes = kWriteEntries};
  if (who == "settler") return {.kind = ActorKind::program, .scopes = kManageSettings};
  if (who == "system") return {.kind = ActorKind::system};
  return {};
}

const std::vector<std::string> kActors{"nobody", "visitor", "stranger", "author", "colleague", "leader",
                                       "admin",  "people",  "reader",   "writer", "settler",   "system"};

// Everything belongs to Anna; what a colleague wrote was written by Mara.
const std::vector<std::pair<std::string, Touched>> kObjects{
    {"thread", touched::Thread{kAnna}},
    {"her entry", touched::Entry{kAnna, AuthorKind::customer, kAnna}},
    {"colleague's entry", touched::Entry{kAnna, AuthorKind::colleague, kMara}},
    {"machine's entry", touched::Entry{kAnna, AuthorKind::machine, {}}},
    {"topic", touched::Topic{kAnna}},
    {"topic state", touched::TopicState{kAnna}},
    {"promise", touched::Promise{kAnna}},
    {"her attachment", touched::Attachment{kAnna, kAnna}},
    {"colleague's attachment", touched::Attachment{kAnna, kMara}},
    {"note", touched::Note{kAnna, kMara}},
    {"her read mark", touched::CustomersMark{kAnna}},
    {"Mara's read mark", touched::ColleaguesMark{kMara}},
    {"the team's read mark", touched::TeamsMark{kAnna}},
    {"companions", touched::Companions{kAnna}},
    {"Mara's own desk", touched::OwnDesk{kMara}},
    {"handover to answer by Mara", touched::Handover{kMara}},
    {"pause", touched::Pause{kAnna}},
    {"her card", touched::PersonCard{kAnna, false}},
    {"Mara's card", touched::PersonCard{kMara, true}},
    {"story", touched::PersonStory{kAnna}},
    {"identity", touched::Identity{kAnna}},
    {"every conversation", touched::EveryConversation{}},
    {"merge", touched::Merge{}},
    {"Mara's account", touched::Account{kMara}},
    {"team", touched::Team{}},
    {"team door", touched::TeamDoor{false}},
    {"admin door", touched::TeamDoor{true}},
    {"API token", touched::ApiToken{}},
    {"settings", touched::Settings{}},
    {"Mara's presence", touched::Presence{kMara}},
    {"watch", touched::Watch{}},
    {"sample", touched::Sample{}},
    {"whole story", touched::WholeStory{kAnna}},
    {"backup", touched::Backup{}},
    {"front door", touched::FrontDoor{}},
    {"Mara's face", touched::Face{kMara, true}},
    {"her face", touched::Face{kAnna, false}},
    {"every note", touched::EveryNote{}},
};

const std::vector<std::pair<std::string, Verb>> kVerbs{
    {"read", Verb::read}, {"add", Verb::add}, {"change", Verb::change}, {"take back", Verb::take_back}};

const std::string kTeam = "author colleague leader admin ";
const std::string kEverybody = "nobody visitor stranger " + kTeam + "people reader writer settler system";

// Who may; whoever is not named may not.
const std::map<std::string, std::string> kExpected{
    {"thread: read", "visitor " + kTeam + "reader system"},
    {"thread: add", "visitor " + kTeam + "writer system"},
    {"her entry: read", "visitor " + kTeam + "reader system"},
    {"her entry: change", "visitor"},
    {"her entry: take back", "visitor"},
    {"colleague's entry: read", "visitor " + kTeam + "reader system"},
    {"colleague's entry: change", "author"},
    {"colleague's entry: take back", "author"},
    {"machine's entry: read", "visitor " + kTeam + "reader system"},
    {"topic: read", "visitor " + kTeam + "reader system"},
    {"topic: add", kTeam},
    {"topic: change", kTeam},
    {"topic state: change", "visitor " + kTeam + "system"},
    {"promise: read", "visitor " + kTeam + "reader system"},
    {"promise: add", kTeam},
    {"promise: change", kTeam + "system"},
    {"her attachment: read", "visitor " + kTeam + "reader system"},
    {"her attachment: add", "visitor " + kTeam},
    {"her attachment: change", "visitor"},
    {"her attachment: take back", "visitor system"},
    {"colleague's attachment: read", "visitor " + kTeam + "reader system"},
    {"colleague's attachment: add", "visitor " + kTeam},
    {"colleague's attachment: change", "author"},
    {"colleague's attachment: take back", "author system"},
    {"note: read", "visitor " + kTeam},
    {"note: add", kTeam},
    {"note: change", "author"},
    {"note: take back", "author"},
    {"her read mark: read", "visitor " + kTeam},
    {"her read mark: change", "visitor"},
    {"Mara's read mark: read", "author"},
    {"Mara's read mark: change", "author"},
    {"the team's read mark: read", "visitor"},
    {"companions: read", "visitor " + kTeam + "reader system"},
    {"companions: add", kTeam},
    {"Mara's own desk: read", "author"},
    {"Mara's own desk: change", "author"},
    {"handover to answer by Mara: read", kTeam},
    {"handover to answer by Mara: add", kTeam},
    {"handover to answer by Mara: change", "author"},
    {"handover to answer by Mara: take back", "author"},
    {"pause: change", "visitor"},
    {"her card: read", "visitor " + kTeam + "people system"},
    {"her card: change", "visitor " + kTeam},
    {"Mara's card: read", kTeam + "people system"},
    {"Mara's card: change", "author"},
    {"story: read", kTeam + "people system"},
    {"identity: add", "visitor " + kTeam},
    {"identity: change", kTeam},
    {"every conversation: read", kTeam + "reader system"},
    {"merge: add", kTeam},
    {"merge: take back", kTeam},
    {"Mara's account: read", "author system"},
    {"Mara's account: change", "author system"},
    {"team: read", kTeam + "settler system"},
    {"team door: read", "leader admin system"},
    {"team door: add", "leader admin system"},
    {"team door: take back", "leader admin system"},
    {"admin door: read", "admin system"},
    {"admin door: add", "admin system"},
    {"admin door: take back", "admin system"},
    {"API token: read", "admin system"},
    {"API token: add", "admin system"},
    {"API token: take back", "admin system"},
    {"settings: read", kTeam + "settler system"},
    {"settings: change", "leader admin settler system"},
    {"Mara's presence: read", kTeam + "system"},
    {"Mara's presence: change", "author"},
    {"watch: change", "system"},
    {"sample: take back", "admin system"},
    {"whole story: read", "visitor leader admin system"},
    {"backup: read", "admin system"},
    {"backup: add", "admin system"},
    {"front door: read", kEverybody},
    {"Mara's face: read", kEverybody},
    {"her face: read", "visitor " + kTeam + "people system"},
    {"every note: read", kTeam},
};

std::string squeezed(std::string_view list) {
  std::string words(list);
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

TEST(May, AnswersEveryQuestionOfTheTable) {
  for (const auto& [object_name, object] : kObjects) {
    for (const auto& [verb_name, verb] : kVerbs) {
      std::string allowed;
      for (const std::string& who : kActors)
        if (may(actor_named(who), verb, object)) allowed += who + " ";
      const std::string question = object_name + ": " + verb_name;
      const auto expected = kExpected.find(question);
      EXPECT_EQ(squeezed(allowed), expected == kExpected.end() ? "" : squeezed(expected->second)) << question;
    }
  }
}

TEST(May, AsksNobodyToSignInFirst) {
  for (const auto& [object_name, object] : kObjects) {
    for (const auto& [verb_name, verb] : kVerbs) {
      const std::string question = object_name + ": " + verb_name;
      const auto row = kExpected.find(question);
      if (row != kExpected.end() && row->second == kEverybody) continue;
      EXPECT_EQ(may(Actor{}, verb, object).error().code, Errc::not_signed_in) << question;
    }
  }
}

TEST(May, HidesAStrangersThingsFromVisitors) {
  const Actor stranger = actor_named("stranger");
  for (const Touched& object :
       {Touched{touched::Thread{kAnna}}, Touched{touched::Promise{kAnna}}, Touched{touched::Note{kAnna, kMara}},
        Touched{touched::PersonStory{kAnna}}, Touched{touched::Face{kAnna, false}},
        Touched{touched::Entry{kAnna, AuthorKind::colleague, kMara}}})
    for (const auto& [name, verb] : kVerbs)
      EXPECT_EQ(may(stranger, verb, object).error().code, Errc::not_found) << name;
}

TEST(May, SaysPlainlyWhatIsKnownButNotHers) {
  EXPECT_EQ(may(actor_named("visitor"), Verb::add, touched::Promise{kAnna}).error().code, Errc::not_allowed);
  EXPECT_EQ(may(actor_named("colleague"), Verb::change, touched::Note{kAnna, kMara}).error().code, Errc::not_allowed);
  EXPECT_EQ(
      may(actor_named("colleague"), Verb::change, touched::Entry{kAnna, AuthorKind::customer, kAnna}).error().code,
      Errc::not_allowed);
}

TEST(May, NeverLetsAColleagueTouchHerOwnCustomersWordsThroughTheDesk) {
  const Actor mara = actor_named("author");
  const touched::Entry as_customer{kMara, AuthorKind::customer, kMara};
  EXPECT_FALSE(may(mara, Verb::change, as_customer));
  EXPECT_FALSE(may(mara, Verb::change, touched::Attachment{kMara, kMara}));
}

}  // namespace
}  // namespace kith
