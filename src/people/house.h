// What the installation says of itself, its teams, and the doors customers come in by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/inbox.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct SaveSettings {
  std::uint32_t version = 0;  // the one these were read with; conflict when somebody saved since
  std::string organisation;
  std::string hello_line;
  std::string hours;
  std::string nobody_there_line;
  std::optional<Opening> opening = {};  // nothing: as it was
};
Result<Settings> save_settings(Tx& tx, const Actor& actor, const SaveSettings& command);

struct SaveTeam {
  TeamId id;  // client-made for a new one
  std::string name;
  bool is_sample = false;
};
Result<Team> save_team(Tx& tx, const Actor& actor, const SaveTeam& command);

struct SaveInbox {
  Inbox inbox;  // id client-made for a new one; identity_secret already sealed, empty keeps the one there is
};
Result<Inbox> save_inbox(Tx& tx, const Actor& actor, const SaveInbox& command);

struct House {
  Settings settings;
  std::vector<Team> teams;
  std::vector<Inbox> inboxes;  // without their secrets
};
Result<House> view_house(const Snapshot& snapshot, const Actor& actor);

// What anyone at the door may know.
struct FrontDoor {
  Inbox inbox;  // with its sealed secret: for the adapter that verifies host tokens, never for the wire
  Settings settings;
};
Result<FrontDoor> view_front_door(const Snapshot& snapshot, InboxId inbox);

// The inbox of a website that names none: the first real one on the web, else the sample's. not_found without any.
Result<InboxId> default_inbox(const Snapshot& snapshot);
// The door with this id, as an address names it; "" and "default" are the default one.
Result<FrontDoor> front_door_called(const Snapshot& snapshot, std::string_view inbox);

// The sample gives the house a name that says so; with another name everything in there is somebody's own.
bool is_of_the_sample(const Settings& settings);

// Whether the sample is here. Of an invented colleague who answered somebody real the name stays; her door does not.
Result<bool> has_sample(const Snapshot& snapshot);

// Every invented person, team and inbox goes, and everything about them. By an admin or the system. Returns how many
// people.
Result<std::int64_t> remove_sample(Tx& tx, const Actor& actor);

}  // namespace kith
