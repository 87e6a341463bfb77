#include "people/second_factor.h"

#include "people/may.h"

namespace kith {
namespace {

// A code works once: its step must be newer than the last accepted one (RFC 6238, 5.2).
Result<void> use_step(Account& account, std::int64_t step) {
  if (step <= account.totp_last_step) return invalid("code", "this code was used already");
  account.totp_last_step = step;
  return {};
}

}  // namespace

Result<Session> complete_second_factor(Tx& tx, const Actor& actor, const CompleteSecondFactor& command) {
  if (!actor.session) return fail(Errc::not_signed_in, "no session");
  KITH_TRY(Session session, tx.access().session(*actor.session));
  if (session.revoked || session.kind != SessionKind::colleague) return fail(Errc::not_signed_in, "session is over");
  if (!session.second_factor_due) return session;
  KITH_TRY(Account account, tx.access().account(session.person));
  KITH_CHECK(use_step(account, command.step));
  KITH_CHECK(tx.access().save_account(account));
  session.second_factor_due = false;
  KITH_CHECK(tx.access().save_session(session));
  return session;
}

Result<void> set_totp(Tx& tx, const Actor& actor, const SetTotp& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{actor.person}));
  if (command.sealed_secret.empty()) return invalid("secret", "empty");
  KITH_TRY(Account account, tx.access().account(actor.person));
  if (account.totp_confirmed) return fail(Errc::conflict, "a second factor is on; remove it first");
  account.totp_secret = command.sealed_secret;
  account.totp_last_step = 0;
  return tx.access().save_account(account);
}

Result<void> confirm_totp(Tx& tx, const Actor& actor, const ConfirmTotp& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{actor.person}));
  KITH_TRY(Account account, tx.access().account(actor.person));
  if (account.totp_confirmed) return {};
  if (account.totp_secret.empty()) return fail(Errc::conflict, "no second factor was begun");
  KITH_CHECK(use_step(account, command.step));
  account.totp_confirmed = true;
  return tx.access().save_account(account);
}

Result<void> remove_totp(Tx& tx, const Actor& actor, const RemoveTotp& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{command.person}));
  KITH_TRY(Account account, tx.access().account(command.person));
  if (account.totp_secret.empty()) return {};
  account.totp_secret.clear();
  account.totp_confirmed = false;
  account.totp_last_step = 0;
  return tx.access().save_account(account);
}

}  // namespace kith
