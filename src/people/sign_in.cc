#include "people/sign_in.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"

namespace kith {

namespace {

Result<void> end_session(Tx& tx, SessionId id) {
  KITH_TRY(auto session, if_found(tx.access().session(id)));
  if (!session || session->revoked) return {};
  session->revoked = true;
  KITH_CHECK(tx.access().save_session(*session));
  announce_sessions(tx, {session->id});
  return {};
}

// What she wrote for later is hers after she signed out or her session ran out, and goes out in her name. Where a
// session was taken instead, somebody else may have written it: it waits until she has seen it again. With nothing
// named all of hers waits, because nobody knows since when it was not her.
Result<void> hold_what_waits(Tx& tx, PersonId person, const std::optional<std::vector<SessionId>>& taken) {
  constexpr std::size_t kMostWaiting = 10'000;
  KITH_TRY(auto open, tx.scheduled().open_of(person, kMostWaiting));
  for (Scheduled& scheduled : open) {
    const bool is_doubted = !taken || std::ranges::find(*taken, scheduled.session) != taken->end();
    if (scheduled.state != ScheduledState::waiting || !is_doubted) continue;
    scheduled.state = ScheduledState::held;
    scheduled.changed_seq = tx.next_seq();
    KITH_CHECK(tx.scheduled().save(scheduled));
    KITH_TRY(const auto thread, tx.conversations().thread_with(scheduled.strand));
    tx.emit({scheduled.changed_seq, thread.own.id, ScheduledChanged{scheduled}});
  }
  return {};
}

}  // namespace

Result<Account> account_to_sign_in(const Snapshot& snapshot, std::string_view email, Time now) {
  KITH_TRY(Account account, snapshot.access().account_by_email(lower_ascii(trim(email))));
  KITH_TRY(const bool is_colleague, is_in_team(snapshot.people(), account.person, now));
  if (!is_colleague || account.password_hash.empty()) return fail(Errc::not_found, "no way in");
  return account;
}

Result<Session> sign_in(Tx& tx, const SignIn& command) {
  KITH_TRY(const auto earlier, if_found(tx.access().session(command.id)));
  if (earlier) {
    const bool is_repeat = earlier->kind == SessionKind::colleague && earlier->person == command.person &&
                           earlier->token_digest == command.token_digest && !earlier->revoked;
    if (!is_repeat) return fail(Errc::conflict, "the id belongs to another session");
    return *earlier;
  }
  if (command.expires_at <= tx.now()) return invalid("expires_at", "not in the future");
  KITH_TRY(Account account, tx.access().account(command.person));
  KITH_TRY(const bool is_colleague, is_in_team(tx.people(), command.person, tx.now()));
  if (!is_colleague) return fail(Errc::not_allowed, "no role in the team");
  if (command.verified_hash.empty() || account.password_hash != command.verified_hash)
    return fail(Errc::not_signed_in, "the password changed meanwhile");
  if (account.totp_confirmed && !command.second_factor_due) return fail(Errc::not_allowed, "the second factor is on");
  const Session session{.id = command.id,
                        .kind = SessionKind::colleague,
                        .person = command.person,
                        .token_digest = command.token_digest,
                        .expires_at = command.expires_at,
                        .second_factor_due = account.totp_confirmed};
  KITH_CHECK(tx.access().add_session(session));
  if (!command.renewed_hash.empty()) {
    account.password_hash = command.renewed_hash;
    KITH_CHECK(tx.access().save_account(account));
  }
  if (command.instead_of) KITH_CHECK(end_session(tx, *command.instead_of));
  return session;
}

Result<void> sign_out(Tx& tx, const Actor& actor) {
  if (!actor.session) return fail(Errc::not_signed_in, "no session to end");
  return end_session(tx, *actor.session);
}

Result<void> change_password(Tx& tx, const Actor& actor, const ChangePassword& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{command.person}));
  if (command.new_hash.empty()) return invalid("password", "empty");
  KITH_TRY(Account account, tx.access().account(command.person));
  if (account.password_hash == command.new_hash) return {};
  const bool is_reset = actor.kind == ActorKind::system;
  if (!is_reset && account.password_hash != command.verified_hash)
    return fail(Errc::conflict, "the password changed meanwhile");
  account.password_hash = command.new_hash;
  KITH_CHECK(tx.access().save_account(account));
  KITH_TRY(const auto ended, end_desks(tx, command.person, is_reset ? std::nullopt : actor.session));
  KITH_CHECK(hold_what_waits(tx, command.person, is_reset ? std::nullopt : std::optional(ended)));
  return {};
}

}  // namespace kith
