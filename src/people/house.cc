#include "people/house.h"

#include <algorithm>
#include <string_view>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr std::size_t kLongestLine = 500;
constexpr std::size_t kMostOrigins = 100;

// Teams and inboxes have no event of their own: settings that came again say "look at the house again".
Result<void> announce_house(Tx& tx) {
  KITH_TRY(auto settings, tx.house().settings());
  tx.emit({tx.next_seq(), std::nullopt, SettingsChanged{std::move(settings)}});
  return {};
}

Result<Opening> read_opening_of(const SaveSettings& command, const Settings& before) {
  if (!command.opening) return before.opening;
  KITH_TRY(Opening opening, read_opening(*command.opening));
  for (DaysOff& off : opening.days_off) {
    KITH_TRY(off.name, read_line("days_off", off.name));
  }
  return opening;
}

Result<Settings> read_settings(const SaveSettings& command, const Settings& before) {
  Settings settings{.version = command.version + 1};
  KITH_TRY(settings.opening, read_opening_of(command, before));
  KITH_TRY(settings.organisation, read_needed_line("organisation", command.organisation));
  KITH_TRY(settings.hello_line, read_text("hello_line", command.hello_line, kLongestLine));
  KITH_TRY(settings.hours, read_text("hours", command.hours, kLongestLine));
  KITH_TRY(settings.nobody_there_line, read_text("nobody_there_line", command.nobody_there_line, kLongestLine));
  return settings;
}

// scheme://host[:port] in lower case, as browsers send it in Origin.
bool is_origin(std::string_view text) {
  std::string_view rest;
  if (text.starts_with("https://")) rest = text.substr(8);
  if (text.starts_with("http://")) rest = text.substr(7);
  return !rest.empty() && rest.size() <= 260 && std::ranges::all_of(rest, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

Result<Inbox> read_inbox(Tx& tx, Inbox inbox) {
  KITH_TRY(inbox.name, read_needed_line("name", inbox.name));
  KITH_TRY(inbox.hello_line, read_text("hello_line", inbox.hello_line, kLongestLine));
  KITH_TRY(inbox.identity_issuer, read_line("identity_issuer", inbox.identity_issuer, 500));
  if (inbox.identity_issuer.find('|') != std::string::npos) return invalid("identity_issuer", "holds a |");
  if (inbox.allowed_origins.size() > kMostOrigins) return invalid("allowed_origins", "too many");
  if (!std::ranges::all_of(inbox.allowed_origins, is_origin))
    return invalid("allowed_origins", "each must be like https://shop.example");
  if (inbox.team) KITH_CHECK(tx.house().find_team(*inbox.team));
  return inbox;
}

Inbox without_secret(Inbox inbox) {
  inbox.identity_secret.clear();
  return inbox;
}

}  // namespace

Result<Settings> save_settings(Tx& tx, const Actor& actor, const SaveSettings& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Settings{}));
  KITH_TRY(Settings before, tx.house().settings());
  KITH_TRY(Settings wanted, read_settings(command, before));
  if (before == wanted) return before;
  if (before.version != command.version) return fail(Errc::conflict, "somebody saved since", "version");
  KITH_CHECK(tx.house().save_settings(wanted));
  KITH_CHECK(announce_house(tx));
  return wanted;
}

Result<Team> save_team(Tx& tx, const Actor& actor, const SaveTeam& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Settings{}));
  Team team{.id = command.id, .is_sample = command.is_sample};
  KITH_TRY(team.name, read_needed_line("name", command.name));
  KITH_TRY(const auto before, if_found(tx.house().find_team(team.id)));
  if (before) team.is_sample = before->is_sample;
  if (before == team) return team;
  KITH_CHECK(tx.house().save_team(team));
  KITH_CHECK(announce_house(tx));
  return team;
}

Result<Inbox> save_inbox(Tx& tx, const Actor& actor, const SaveInbox& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Settings{}));
  KITH_TRY(Inbox inbox, read_inbox(tx, command.inbox));
  KITH_TRY(const auto before, if_found(tx.house().find_inbox(inbox.id)));
  if (before) {
    inbox.is_sample = before->is_sample;
    if (inbox.identity_secret.empty()) inbox.identity_secret = before->identity_secret;
    if (*before == inbox) return without_secret(inbox);
  }
  KITH_CHECK(tx.house().save_inbox(inbox));
  KITH_CHECK(announce_house(tx));
  return without_secret(inbox);
}

Result<House> view_house(const Snapshot& snapshot, const Actor& actor) {
  KITH_CHECK(may(actor, Verb::read, touched::Settings{}));
  House house;
  KITH_TRY(house.settings, snapshot.house().settings());
  KITH_TRY(house.teams, snapshot.house().teams());
  KITH_TRY(house.inboxes, snapshot.house().inboxes());
  std::ranges::transform(house.inboxes, house.inboxes.begin(), without_secret);
  return house;
}

Result<FrontDoor> view_front_door(const Snapshot& snapshot, InboxId inbox) {
  KITH_CHECK(may(Actor{}, Verb::read, touched::FrontDoor{}));  // whoever stands before it
  FrontDoor door;
  KITH_TRY(door.inbox, snapshot.house().find_inbox(inbox));
  KITH_TRY(door.settings, snapshot.house().settings());
  return door;
}

bool is_of_the_sample(const Settings& settings) {
  return settings.organisation.ends_with("(sample)");
}

Result<InboxId> default_inbox(const Snapshot& snapshot) {
  KITH_TRY(const auto inboxes, snapshot.house().inboxes());
  const auto first = [&](bool of_the_sample) {
    return std::ranges::find_if(
        inboxes, [&](const Inbox& inbox) { return inbox.kind == InboxKind::web && inbox.is_sample == of_the_sample; });
  };
  auto found = first(false);
  if (found == inboxes.end()) found = first(true);
  if (found == inboxes.end()) return fail(Errc::not_found, "no website has a door yet");
  return found->id;
}

Result<FrontDoor> front_door_called(const Snapshot& snapshot, std::string_view inbox) {
  if (inbox.empty() || inbox == "default") {
    KITH_TRY(const InboxId id, default_inbox(snapshot));
    return view_front_door(snapshot, id);
  }
  const auto id = InboxId::parse(inbox);
  if (!id) return fail(Errc::not_found, "the inbox in the address is not a UUID");
  return view_front_door(snapshot, *id);
}

Result<bool> has_sample(const Snapshot& snapshot) {
  KITH_TRY(const auto inboxes, snapshot.house().inboxes());
  return std::ranges::any_of(inboxes, &Inbox::is_sample);
}

Result<std::int64_t> remove_sample(Tx& tx, const Actor& actor) {
  constexpr std::size_t kEveryone = 100'000;
  KITH_CHECK(may(actor, Verb::take_back, touched::Sample{}));
  KITH_TRY(const auto people, tx.people().sample_people(kEveryone));
  std::vector<SessionId> sessions;
  for (const Person& person : people) {
    KITH_TRY(const auto some, tx.access().sessions_of(person.id));
    sessions.insert(sessions.end(), some.begin(), some.end());
  }
  KITH_TRY(const std::int64_t gone, tx.erase_sample());
  KITH_TRY(const Settings settings, tx.house().settings());
  if (is_of_the_sample(settings)) KITH_CHECK(tx.house().save_settings({.version = settings.version + 1}));
  announce_sessions(tx, std::move(sessions));
  KITH_CHECK(announce_house(tx));
  return gone;
}

}  // namespace kith
