// Having a place in the team and leaving it (join_team.h has the way in). The person always stays; what ends is a role.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct EndColleague {
  PersonId person;
};
// Her roles in the team end now and her sessions are revoked; conflict for the last admin. Fine when she has left
// already.
Result<Person> end_colleague(Tx& tx, const Actor& actor, const EndColleague& command);

struct GrantRole {
  RoleId id;
  PersonId person;
  RoleKind kind = RoleKind::colleague;
  std::optional<TeamId> team;
};
Result<Role> grant_role(Tx& tx, const Actor& actor, const GrantRole& command);

struct EndRole {
  RoleId id;
  PersonId person;  // whose role it is
};
// conflict for the last admin's role. Ending her last role in the team ends her sessions too.
Result<Role> end_role(Tx& tx, const Actor& actor, const EndRole& command);

struct SetHelloLine {
  PersonId person;
  std::string hello_line;
};
// What a customer reads before writing to her.
Result<void> set_hello_line(Tx& tx, const Actor& actor, const SetHelloLine& command);

// Somebody in the team as the team sees her. `email` is empty unless the one who asks may invite, or is she herself.
struct TeamMember {
  Person person;
  std::vector<Role> roles;  // those that hold now
  std::string hello_line;
  std::string email;
  bool has_second_factor = false;  // told under the same condition
};
Result<std::vector<TeamMember>> list_team(const Snapshot& snapshot, const Actor& actor, Time now);

// A colleague as a customer sees her; everyone may, even before the first word.
struct PublicFace {
  PersonId person;
  std::string called;
  std::string hello_line;
  std::string face = {};  // the key of her picture
};
Result<std::vector<PublicFace>> list_faces(const Snapshot& snapshot, Time now);

}  // namespace kith
