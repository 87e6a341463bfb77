#include "http/desk_session.h"

#include <algorithm>

namespace kith::http {
namespace {

bool holds(const std::vector<Role>& roles, RoleKind kind, Time now) {
  return std::ranges::any_of(roles, [&](const Role& role) { return role.kind == kind && role.holds_at(now); });
}

}  // namespace

Result<wire::DeskSession> view_desk_session(const Snapshot& snapshot, const Session& session, Time now) {
  KITH_TRY(Account account, snapshot.access().account(session.person));
  wire::DeskSession view{.person = session.person,
                         .has_second_factor = account.totp_confirmed,
                         .second_factor_due = session.second_factor_due};
  // A right password alone opens nothing yet.
  if (session.second_factor_due) return view;
  KITH_TRY(Person person, snapshot.people().find(session.person));
  KITH_TRY(std::vector<Role> roles, snapshot.people().roles(session.person));
  view.called = std::move(person.called);
  view.face = std::move(person.face);
  view.hello_line = std::move(account.hello_line);
  view.is_leader = holds(roles, RoleKind::leader, now);
  view.is_admin = holds(roles, RoleKind::admin, now);
  return view;
}

Result<wire::DeskSession> view_desk_session(const Snapshot& snapshot, const Actor& actor, Time now) {
  if (!actor.session) return fail(Errc::not_signed_in, "no session");
  KITH_TRY(Session session, snapshot.access().session(*actor.session));
  if (session.kind != SessionKind::colleague) return fail(Errc::not_signed_in, "not a colleague's session");
  return view_desk_session(snapshot, session, now);
}

}  // namespace kith::http
