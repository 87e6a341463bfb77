// Ways into the team: made by whoever looks after the installation, or by an invitation that works once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct CreateColleague {
  PersonId id;
  std::string called;
  std::string email;
  std::string password_hash;
  std::optional<TeamId> team;
  bool as_leader = false;
  bool as_admin = false;
  bool is_sample = false;
};
// By the system or an admin. The first colleague of an installation becomes leader and admin.
Result<Person> create_colleague(Tx& tx, const Actor& actor, const CreateColleague& command);

struct InviteColleague {
  InvitationId id;
  Digest token_digest;
  std::string called;
  bool as_leader = false;
  std::optional<TeamId> team;
  Time expires_at;
};
Result<Invitation> invite_colleague(Tx& tx, const Actor& actor, const InviteColleague& command);

struct WithdrawInvitation {
  InvitationId id;
};
// Uses it up, so that it lets nobody in. Fine when it was used or withdrawn before.
Result<void> withdraw_invitation(Tx& tx, const Actor& actor, const WithdrawInvitation& command);

struct AcceptInvitation {
  Digest token_digest;
  PersonId person;  // client-made
  std::string called;
  std::string email;
  std::string password_hash;
  std::string verified_hash = {};  // a repeat: the hash her password was checked against
};
// The invitation is the proof, so there is no actor. not_found when it is unknown, used or past its date. Once it is
// used its token proves nothing any more, so a repeat gives the same answer only to who knows the password.
Result<Person> accept_invitation(Tx& tx, const AcceptInvitation& command);
// What the page behind an invitation shows: not_found as above.
Result<Invitation> view_invitation(const Snapshot& snapshot, const Digest& token, Time now);
Result<std::vector<Invitation>> list_invitations(const Snapshot& snapshot, const Actor& actor, Time now);

}  // namespace kith
