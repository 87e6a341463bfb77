// The doors of the house: accounts, sessions, tokens of programs, invitations.
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_ACCOUNT \
  R"sql(select p.public_id, a.email, a.password_hash, a.totp_secret, a.is_totp_confirmed, a.totp_last_step, a.hello_line
        from accounts a join persons p on p.id = a.person_id
        )sql"

Account read_account(Row& row) {
  return {.person = row.id<PersonId>(),
          .email = row.text(),
          .password_hash = row.text(),
          .totp_secret = row.text(),
          .totp_confirmed = row.flag(),
          .totp_last_step = row.integer(),
          .hello_line = row.text()};
}

std::optional<int> maybe_minutes(Row& row) {
  const auto minutes = row.maybe_integer();
  return minutes ? std::optional(static_cast<int>(*minutes)) : std::nullopt;
}

Preferences read_preferences(Row& row) {
  return {.single_keys = row.flag(),
          .sounds = row.flag(),
          .volume = static_cast<int>(row.integer()),
          .notifications = row.flag(),
          .quiet_from = maybe_minutes(row),
          .quiet_until = maybe_minutes(row),
          .theme = row.choice<Theme>(),
          .text_size = static_cast<int>(row.integer()),
          .locale = row.text()};
}

#define KITH_SELECT_SESSION \
  R"sql(select s.public_id, s.kind, p.public_id, i.public_id, s.token_digest, s.expires_at, s.is_revoked,
               s.is_second_factor_due
        from sessions s join persons p on p.id = s.person_id left join inboxes i on i.id = s.inbox_id
        )sql"

Session read_session(Row& row) {
  return {.id = row.id<SessionId>(),
          .kind = row.choice<SessionKind>(),
          .person = row.id<PersonId>(),
          .inbox = row.maybe_id<InboxId>(),
          .token_digest = row.digest(),
          .expires_at = row.time(),
          .revoked = row.flag(),
          .second_factor_due = row.flag()};
}

#define KITH_SELECT_TOKEN \
  R"sql(select t.public_id, t.name, t.token_digest, t.scopes, p.public_id, t.expires_at, t.is_revoked
        from api_tokens t left join persons p on p.id = t.created_by_person_id
        )sql"

ApiToken read_token(Row& row) {
  return {.id = row.id<ApiTokenId>(),
          .name = row.text(),
          .token_digest = row.digest(),
          .scopes = static_cast<std::uint32_t>(row.integer()),
          .created_by = row.id<PersonId>(),
          .expires_at = row.time(),
          .revoked = row.flag()};
}

#define KITH_SELECT_INVITATION \
  R"sql(select i.public_id, i.token_digest, i.called, i.is_as_leader, t.public_id, p.public_id, i.expires_at, i.is_used
        from invitations i left join teams t on t.id = i.team_id left join persons p on p.id = i.invited_by_person_id
        )sql"

Invitation read_invitation(Row& row) {
  return {.id = row.id<InvitationId>(),
          .token_digest = row.digest(),
          .called = row.text(),
          .as_leader = row.flag(),
          .team = row.maybe_id<TeamId>(),
          .invited_by = row.id<PersonId>(),
          .expires_at = row.time(),
          .used = row.flag()};
}

SessionId read_session_id(Row& row) {
  return row.id<SessionId>();
}

}  // namespace

Result<Account> AccessRoom::account(PersonId person) const {
  return db.one("account", KITH_SELECT_ACCOUNT "where p.public_id = ?", read_account, person);
}

Result<Account> AccessRoom::account_by_email(std::string_view email_lower) const {
  return db.one("account", KITH_SELECT_ACCOUNT "where a.email = ?", read_account, email_lower);
}

Result<Session> AccessRoom::session_by_digest(const Digest& token) const {
  return db.one("session", KITH_SELECT_SESSION "where s.token_digest = ?", read_session, token);
}

Result<Session> AccessRoom::session(SessionId id) const {
  return db.one("session", KITH_SELECT_SESSION "where s.public_id = ?", read_session, id);
}

Result<std::vector<SessionId>> AccessRoom::sessions_of(PersonId person) const {
  return db.all(R"sql(
      select public_id from sessions
      where person_id = (select id from persons where public_id = ?) and is_revoked = 0 order by public_id)sql",
                read_session_id, person);
}

Result<ApiToken> AccessRoom::token_by_digest(const Digest& token) const {
  return db.one("token", KITH_SELECT_TOKEN "where t.token_digest = ?", read_token, token);
}

Result<std::vector<ApiToken>> AccessRoom::tokens(std::size_t limit) const {
  return db.all(KITH_SELECT_TOKEN "order by t.id desc limit ?", read_token, limit);
}

Result<ApiToken> AccessRoom::find_token(ApiTokenId id) const {
  return db.one("token", KITH_SELECT_TOKEN "where t.public_id = ?", read_token, id);
}

Result<Invitation> AccessRoom::invitation_by_digest(const Digest& token) const {
  return db.one("invitation", KITH_SELECT_INVITATION "where i.token_digest = ?", read_invitation, token);
}

Result<Invitation> AccessRoom::find_invitation(InvitationId id) const {
  return db.one("invitation", KITH_SELECT_INVITATION "where i.public_id = ?", read_invitation, id);
}

Result<std::vector<Invitation>> AccessRoom::open_invitations(Time now, std::size_t limit) const {
  return db.all(KITH_SELECT_INVITATION "where i.is_used = 0 and i.expires_at > ? order by i.id desc limit ?",
                read_invitation, now, limit);
}

Result<void> AccessRoom::save_account(const Account& account) {
  KITH_TRY(auto person, ids.of(account.person));
  auto saved = db.write(R"sql(
      insert into accounts (person_id, email, password_hash, totp_secret, is_totp_confirmed, totp_last_step, hello_line)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (person_id) do update set email = excluded.email, password_hash = excluded.password_hash,
          totp_secret = excluded.totp_secret, is_totp_confirmed = excluded.is_totp_confirmed,
          totp_last_step = excluded.totp_last_step, hello_line = excluded.hello_line)sql",
                        person, account.email, account.password_hash, account.totp_secret, account.totp_confirmed,
                        account.totp_last_step, account.hello_line);
  if (!saved && saved.error().code == Errc::conflict) return fail(Errc::conflict, "email taken", "email");
  return saved;
}

Result<void> AccessRoom::add_session(const Session& session) {
  KITH_TRY(auto person, ids.of(session.person));
  KITH_TRY(auto inbox, ids.of(session.inbox));
  return db.write(R"sql(
      insert into sessions (public_id, kind, person_id, inbox_id, token_digest, expires_at, is_revoked,
                            is_second_factor_due)
      values (?, ?, ?, ?, ?, ?, ?, ?))sql",
                  session.id, session.kind, person, inbox, session.token_digest, session.expires_at, session.revoked,
                  session.second_factor_due);
}

Result<void> AccessRoom::save_session(const Session& session) {
  KITH_TRY(auto person, ids.of(session.person));
  KITH_TRY(auto inbox, ids.of(session.inbox));
  return db.replace("session", R"sql(
      update sessions set kind = ?, person_id = ?, inbox_id = ?, token_digest = ?, expires_at = ?, is_revoked = ?,
                          is_second_factor_due = ?
      where public_id = ?)sql",
                    session.kind, person, inbox, session.token_digest, session.expires_at, session.revoked,
                    session.second_factor_due, session.id);
}

Result<std::vector<SessionId>> AccessRoom::revoke_sessions(PersonId person, std::optional<SessionId> keep) {
  KITH_TRY(auto open, sessions_of(person));
  if (keep) std::erase(open, *keep);
  for (SessionId session : open)
    KITH_CHECK(db.write("update sessions set is_revoked = 1 where public_id = ?", session));
  return open;
}

Result<void> AccessRoom::save_token(const ApiToken& token) {
  KITH_TRY(auto creator, ids.of(std::optional(token.created_by)));
  return db.write(R"sql(
      insert into api_tokens (public_id, name, token_digest, scopes, created_by_person_id, expires_at, is_revoked)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (public_id) do update set name = excluded.name, token_digest = excluded.token_digest,
          scopes = excluded.scopes, created_by_person_id = excluded.created_by_person_id,
          expires_at = excluded.expires_at, is_revoked = excluded.is_revoked)sql",
                  token.id, token.name, token.token_digest, token.scopes, creator, token.expires_at, token.revoked);
}

Result<void> AccessRoom::save_invitation(const Invitation& invitation) {
  KITH_TRY(auto team, ids.of(invitation.team));
  KITH_TRY(auto inviter, ids.of(std::optional(invitation.invited_by)));
  return db.write(R"sql(
      insert into invitations (public_id, token_digest, called, is_as_leader, team_id, invited_by_person_id, expires_at,
                               is_used)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (public_id) do update set token_digest = excluded.token_digest, called = excluded.called,
          is_as_leader = excluded.is_as_leader, team_id = excluded.team_id,
          invited_by_person_id = excluded.invited_by_person_id, expires_at = excluded.expires_at,
          is_used = excluded.is_used)sql",
                  invitation.id, invitation.token_digest, invitation.called, invitation.as_leader, team, inviter,
                  invitation.expires_at, invitation.used);
}

Result<Preferences> AccessRoom::preferences(PersonId person) const {
  KITH_TRY(auto kept, db.maybe(R"sql(
      select has_single_keys, has_sounds, volume, has_notifications, quiet_from, quiet_until, theme, text_size, locale
      from preferences where person_id = (select id from persons where public_id = ?))sql",
                               read_preferences, person));
  return kept.value_or(Preferences());
}

Result<void> AccessRoom::save_preferences(PersonId person, const Preferences& preferences) {
  KITH_TRY(auto id, ids.of(person));
  return db.write(R"sql(
      insert or replace into preferences (person_id, has_single_keys, has_sounds, volume, has_notifications, quiet_from,
                                          quiet_until, theme, text_size, locale)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                  id, preferences.single_keys, preferences.sounds, preferences.volume, preferences.notifications,
                  preferences.quiet_from, preferences.quiet_until, preferences.theme, preferences.text_size,
                  preferences.locale);
}

Result<void> AccessRoom::forget_expired(Time now) {
  KITH_CHECK(db.write("delete from sessions where expires_at <= ?", now));
  KITH_CHECK(db.write("delete from sessions where is_revoked = 1"));
  return db.write("delete from invitations where is_used = 1 or expires_at <= ?", now);
}

}  // namespace kith::sqlite
