// Who a colleague is to herself: what GET /api/desk/session and every way in answer with.
#pragma once

#include "domain/ports/store.h"
#include "wire/access.h"

namespace kith::http {

// By the session behind `actor`; not_signed_in when there is none.
Result<wire::DeskSession> view_desk_session(const Snapshot& snapshot, const Actor& actor, Time now);
// Of a session that has just begun.
Result<wire::DeskSession> view_desk_session(const Snapshot& snapshot, const Session& session, Time now);

}  // namespace kith::http
