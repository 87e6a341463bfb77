#include "people/recognise.h"

#include "people/person_facts.h"

namespace kith {
namespace {

template <class Found>
Result<Found> or_not_signed_in(Result<Found> found) {
  if (!found && found.error().code == Errc::not_found) return fail(Errc::not_signed_in, "unknown token");
  return found;
}

Result<Actor> visitor_of(const Snapshot& snapshot, const Session& session) {
  KITH_TRY(const auto person, snapshot.people().resolve(session.person));
  return Actor{.kind = ActorKind::visitor, .person = person.id, .session = session.id, .inbox = session.inbox};
}

Result<Actor> colleague_of(const Snapshot& snapshot, const Session& session, Time now) {
  if (session.second_factor_due) return Actor{.kind = ActorKind::nobody, .session = session.id};
  KITH_TRY(const auto roles, snapshot.people().roles(session.person));
  if (!is_in_team(roles, now)) return fail(Errc::not_signed_in, "not in the team any more");
  return Actor{.kind = ActorKind::colleague,
               .person = session.person,
               .session = session.id,
               .is_leader = holds(roles, RoleKind::leader, now),
               .is_admin = holds(roles, RoleKind::admin, now)};
}

Result<Actor> holder_of(const Snapshot& snapshot, Result<Session> found, Time now) {
  KITH_TRY(const Session session, or_not_signed_in(std::move(found)));
  if (session.revoked || session.expires_at <= now) return fail(Errc::not_signed_in, "session is over");
  return session.kind == SessionKind::visitor ? visitor_of(snapshot, session) : colleague_of(snapshot, session, now);
}

}  // namespace

Result<Actor> recognise_session(const Snapshot& snapshot, const Digest& token, Time now) {
  return holder_of(snapshot, snapshot.access().session_by_digest(token), now);
}

Result<Actor> recognise_session_again(const Snapshot& snapshot, SessionId session, Time now) {
  return holder_of(snapshot, snapshot.access().session(session), now);
}

Result<Actor> recognise_program(const Snapshot& snapshot, const Digest& token, Time now) {
  KITH_TRY(const ApiToken found, or_not_signed_in(snapshot.access().token_by_digest(token)));
  if (found.revoked || found.expires_at <= now) return fail(Errc::not_signed_in, "token is over");
  Actor actor{.kind = ActorKind::program, .scopes = found.scopes, .program_name = found.name};
  actor.session = session_of(found.id);
  return actor;
}

Actor system_actor() {
  return Actor{.kind = ActorKind::system};
}

}  // namespace kith
