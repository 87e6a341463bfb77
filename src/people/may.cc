#include "people/may.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

// What somebody is to the thing she touches. She can be several at once; one that the table allows is enough.
enum Standing : std::uint32_t {
  kOwner = 1U << 0,   // the visitor whose thread, card or note it is
  kAuthor = 1U << 1,  // the one who wrote it, began it, or is it
  kColleague = 1U << 2,
  kLeader = 1U << 3,
  kAdmin = 1U << 4,
  kSystem = 1U << 5,
  kPeopleReader = 1U << 6,  // programs, by scope
  kReader = 1U << 7,
  kWriter = 1U << 8,
  kSettler = 1U << 9,
  kAnyone = 1U << 10,  // everybody, known or not
};

enum class Kind : std::uint8_t {
  thread,
  entry,
  topic,
  topic_state,
  promise,
  attachment,
  note,
  customers_mark,
  colleagues_mark,
  teams_mark,
  companions,
  own_desk,
  handover,
  pause,
  customer_card,
  team_card,
  story,
  identity,
  everything,
  merge,
  account,
  team,
  team_door,
  admin_door,
  api_token,
  settings,
  presence,
  watch,
  sample,
  whole_story,
  backup,
  front_door,
  team_face,
  customer_face,
  every_note
};

struct Row {
  Kind kind;
  Verb verb;
  std::uint32_t allowed;
};

// The whole policy. What is not here nobody may do.
constexpr std::array kPolicy{
    Row{Kind::thread, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::thread, Verb::add, kOwner | kColleague | kWriter | kSystem},
    Row{Kind::entry, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::entry, Verb::change, kAuthor},
    Row{Kind::entry, Verb::take_back, kAuthor},
    Row{Kind::topic, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::topic, Verb::add, kColleague},
    Row{Kind::topic, Verb::change, kColleague},
    Row{Kind::topic_state, Verb::change, kOwner | kColleague | kSystem},
    Row{Kind::promise, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::promise, Verb::add, kColleague},
    Row{Kind::promise, Verb::change, kColleague | kSystem},
    Row{Kind::attachment, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::attachment, Verb::add, kOwner | kColleague},
    Row{Kind::attachment, Verb::change, kAuthor},
    Row{Kind::attachment, Verb::take_back, kAuthor | kSystem},
    Row{Kind::note, Verb::read, kOwner | kColleague},
    Row{Kind::note, Verb::add, kColleague},
    Row{Kind::note, Verb::change, kAuthor},
    Row{Kind::note, Verb::take_back, kAuthor},
    Row{Kind::customers_mark, Verb::read, kOwner | kColleague},
    Row{Kind::customers_mark, Verb::change, kOwner},
    Row{Kind::colleagues_mark, Verb::read, kAuthor},
    Row{Kind::colleagues_mark, Verb::change, kAuthor},
    Row{Kind::teams_mark, Verb::read, kOwner},
    Row{Kind::companions, Verb::read, kOwner | kColleague | kReader | kSystem},
    Row{Kind::companions, Verb::add, kColleague},
    Row{Kind::own_desk, Verb::read, kAuthor},
    Row{Kind::own_desk, Verb::change, kAuthor},
    Row{Kind::handover, Verb::read, kColleague},
    Row{Kind::handover, Verb::add, kColleague},
    Row{Kind::handover, Verb::change, kAuthor},
    Row{Kind::handover, Verb::take_back, kAuthor},
    Row{Kind::pause, Verb::change, kOwner},
    Row{Kind::customer_card, Verb::read, kOwner | kColleague | kPeopleReader | kSystem},
    Row{Kind::customer_card, Verb::change, kOwner | kColleague},
    Row{Kind::team_card, Verb::read, kOwner | kColleague | kPeopleReader | kSystem},
    Row{Kind::team_card, Verb::change, kOwner | kAuthor},
    Row{Kind::story, Verb::read, kColleague | kPeopleReader | kSystem},
    Row{Kind::identity, Verb::add, kOwner | kColleague},
    Row{Kind::identity, Verb::change, kColleague},
    Row{Kind::everything, Verb::read, kColleague | kReader | kSystem},
    Row{Kind::merge, Verb::add, kColleague},
    Row{Kind::merge, Verb::take_back, kColleague},
    Row{Kind::account, Verb::read, kAuthor | kSystem},
    Row{Kind::account, Verb::change, kAuthor | kSystem},
    Row{Kind::team, Verb::read, kColleague | kSettler | kSystem},
    Row{Kind::team_door, Verb::read, kLeader | kAdmin | kSystem},
    Row{Kind::team_door, Verb::add, kLeader | kAdmin | kSystem},
    Row{Kind::team_door, Verb::take_back, kLeader | kAdmin | kSystem},
    Row{Kind::admin_door, Verb::read, kAdmin | kSystem},
    Row{Kind::admin_door, Verb::add, kAdmin | kSystem},
    Row{Kind::admin_door, Verb::take_back, kAdmin | kSystem},
    Row{Kind::api_token, Verb::read, kAdmin | kSystem},
    Row{Kind::api_token, Verb::add, kAdmin | kSystem},
    Row{Kind::api_token, Verb::take_back, kAdmin | kSystem},
    Row{Kind::settings, Verb::read, kColleague | kSettler | kSystem},
    Row{Kind::settings, Verb::change, kLeader | kAdmin | kSettler | kSystem},
    Row{Kind::presence, Verb::read, kColleague | kSystem},
    Row{Kind::presence, Verb::change, kAuthor},
    Row{Kind::watch, Verb::change, kSystem},
    Row{Kind::sample, Verb::take_back, kAdmin | kSystem},
    Row{Kind::whole_story, Verb::read, kOwner | kLeader | kAdmin | kSystem},
    Row{Kind::backup, Verb::read, kAdmin | kSystem},
    Row{Kind::backup, Verb::add, kAdmin | kSystem},
    Row{Kind::front_door, Verb::read, kAnyone},
    Row{Kind::team_face, Verb::read, kAnyone},
    Row{Kind::customer_face, Verb::read, kOwner | kColleague | kPeopleReader | kSystem},
    Row{Kind::every_note, Verb::read, kColleague},
};

// What the table needs to know of a thing: whose it is (for visitors) and who made it (for colleagues).
struct Facts {
  Kind kind;
  std::optional<PersonId> owner;
  std::optional<PersonId> author;
  bool is_customers_word = false;  // its author is whoever owns it
};

struct ReadFacts {
  Facts operator()(const touched::Thread& it) const { return {Kind::thread, it.owner, {}}; }
  Facts operator()(const touched::Entry& it) const {
    const bool by_colleague = it.author_kind == AuthorKind::colleague;
    return {Kind::entry, it.owner, by_colleague ? it.author : std::nullopt, it.author_kind == AuthorKind::customer};
  }
  Facts operator()(const touched::Topic& it) const { return {Kind::topic, it.owner, {}}; }
  Facts operator()(const touched::TopicState& it) const { return {Kind::topic_state, it.owner, {}}; }
  Facts operator()(const touched::Promise& it) const { return {Kind::promise, it.owner, {}}; }
  Facts operator()(const touched::Attachment& it) const {
    return {Kind::attachment, it.owner, it.by, it.by == it.owner};
  }
  Facts operator()(const touched::Note& it) const { return {Kind::note, it.about, it.author}; }
  Facts operator()(const touched::CustomersMark& it) const { return {Kind::customers_mark, it.owner, {}}; }
  Facts operator()(const touched::ColleaguesMark& it) const { return {Kind::colleagues_mark, {}, it.reader}; }
  Facts operator()(const touched::TeamsMark& it) const { return {Kind::teams_mark, it.owner, {}}; }
  Facts operator()(const touched::Companions& it) const { return {Kind::companions, it.owner, {}}; }
  Facts operator()(const touched::OwnDesk& it) const { return {Kind::own_desk, {}, it.person}; }
  Facts operator()(const touched::Handover& it) const { return {Kind::handover, {}, it.whose}; }
  Facts operator()(const touched::Pause& it) const { return {Kind::pause, it.owner, {}}; }
  Facts operator()(const touched::PersonCard& it) const {
    return {it.is_in_team ? Kind::team_card : Kind::customer_card, it.person, it.person};
  }
  Facts operator()(const touched::PersonStory& it) const { return {Kind::story, it.person, {}}; }
  Facts operator()(const touched::Identity& it) const { return {Kind::identity, it.person, {}}; }
  Facts operator()(const touched::EveryConversation&) const { return {Kind::everything, {}, {}}; }
  Facts operator()(const touched::Merge&) const { return {Kind::merge, {}, {}}; }
  Facts operator()(const touched::Account& it) const { return {Kind::account, {}, it.person}; }
  Facts operator()(const touched::Team&) const { return {Kind::team, {}, {}}; }
  Facts operator()(const touched::TeamDoor& it) const {
    return {it.for_admin ? Kind::admin_door : Kind::team_door, {}, {}};
  }
  Facts operator()(const touched::ApiToken&) const { return {Kind::api_token, {}, {}}; }
  Facts operator()(const touched::Settings&) const { return {Kind::settings, {}, {}}; }
  Facts operator()(const touched::Presence& it) const { return {Kind::presence, {}, it.person}; }
  Facts operator()(const touched::Watch&) const { return {Kind::watch, {}, {}}; }
  Facts operator()(const touched::Sample&) const { return {Kind::sample, {}, {}}; }
  Facts operator()(const touched::WholeStory& it) const { return {Kind::whole_story, it.person, {}}; }
  Facts operator()(const touched::Backup&) const { return {Kind::backup, {}, {}}; }
  Facts operator()(const touched::FrontDoor&) const { return {Kind::front_door, {}, {}}; }
  Facts operator()(const touched::Face& it) const {
    return {it.is_the_teams ? Kind::team_face : Kind::customer_face, it.person, {}};
  }
  Facts operator()(const touched::EveryNote&) const { return {Kind::every_note, {}, {}}; }
};

std::uint32_t standing_of_program(const Actor& actor) {
  std::uint32_t standing = 0;
  if (actor.scopes & kReadPeople) standing |= kPeopleReader;
  if (actor.scopes & kReadConversations) standing |= kReader;
  if (actor.scopes & kWriteEntries) standing |= kWriter;
  if (actor.scopes & kManageSettings) standing |= kSettler;
  return standing;
}

std::uint32_t standing_of(const Actor& actor, const Facts& facts) {
  switch (actor.kind) {
    case ActorKind::nobody:
      return 0;
    case ActorKind::system:
      return kSystem;
    case ActorKind::program:
      return standing_of_program(actor);
    case ActorKind::visitor:
      if (facts.owner != actor.person) return 0;
      return kOwner | (facts.is_customers_word ? kAuthor : 0U);
    case ActorKind::colleague: {
      const bool is_author = !facts.is_customers_word && facts.author == actor.person;
      return kColleague | (is_author ? kAuthor : 0U) | (actor.is_leader ? kLeader : 0U) |
             (actor.is_admin ? kAdmin : 0U);
    }
  }
  return 0;
}

}  // namespace

Result<void> may(const Actor& actor, Verb verb, const Touched& object) {
  const Facts facts = std::visit(ReadFacts{}, object);
  const auto* row = std::ranges::find_if(kPolicy, [&](const Row& r) { return r.kind == facts.kind && r.verb == verb; });
  if (row != kPolicy.end() && ((standing_of(actor, facts) | kAnyone) & row->allowed) != 0) return {};
  if (actor.kind == ActorKind::nobody) return fail(Errc::not_signed_in, "nobody is known behind this");
  const bool is_a_strangers = actor.kind == ActorKind::visitor && facts.owner && *facts.owner != actor.person;
  if (is_a_strangers) return fail(Errc::not_found, "belongs to somebody else");
  return fail(Errc::not_allowed, "not hers to do");
}

}  // namespace kith
