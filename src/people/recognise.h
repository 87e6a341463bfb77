// From a token to the one who holds it, with the rights of this moment.
#pragma once

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

// not_signed_in when the session is unknown, expired or revoked, or when a colleague no longer has a role. Visitors are
// resolved to the person a merge leads to. While the second factor is due the actor is nobody with her session set:
// good for complete_second_factor and sign_out only.
Result<Actor> recognise_session(const Snapshot& snapshot, const Digest& token, Time now);
// The same for a session that was recognised before: are its rights still what they were?
Result<Actor> recognise_session_again(const Snapshot& snapshot, SessionId session, Time now);

// A program by its API token: not_signed_in when unknown, expired or revoked.
Result<Actor> recognise_program(const Snapshot& snapshot, const Digest& token, Time now);

// A program has no session that could be looked up; by this name its end is told to whoever holds its connections.
inline SessionId session_of(ApiTokenId token) {
  return SessionId{token.bytes};
}

// For what time itself does.
Actor system_actor();

}  // namespace kith
