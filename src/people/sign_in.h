// Colleagues coming in and going out. Passwords and codes are checked by the adapter on a worker, because that takes
// long; here is what follows from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/access.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

// The account whose password is to be checked. not_found for unknown addresses and for those without a role in the team
// now; the adapter must then take as long as a real check.
Result<Account> account_to_sign_in(const Snapshot& snapshot, std::string_view email, Time now);

struct SignIn {
  SessionId id;  // client-made
  PersonId person;
  Digest token_digest;
  Time expires_at;
  std::string verified_hash;  // the hash the password was checked against
  bool second_factor_due = false;
  std::optional<SessionId> instead_of{};  // what this browser had until now; it ends
  std::string renewed_hash{};             // of the same password with today's settings; empty when it needs none
};
// After the password was right. not_signed_in when it changed meanwhile; not_allowed when she has no role in the team
// (any more), or when her second factor is on and not due in the command.
Result<Session> sign_in(Tx& tx, const SignIn& command);

// Ends the session behind `actor`, a visitor's too. Emits SessionsEnded. Fine when it has ended already.
Result<void> sign_out(Tx& tx, const Actor& actor);

struct ChangePassword {
  PersonId person;
  std::string verified_hash;  // the hash the old password was checked against; the system leaves it empty (reset)
  std::string new_hash;
};
// Ends every other session of hers at a desk (a reset by the system: all), and holds what was written with them to be
// sent later (a reset: all of it) until she has seen it again. conflict when the password changed meanwhile.
Result<void> change_password(Tx& tx, const Actor& actor, const ChangePassword& command);

}  // namespace kith
