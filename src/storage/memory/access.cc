// Settings, teams, inboxes, and the doors of the house, in memory.
#include <algorithm>

#include "storage/memory/rooms.h"

namespace kith::memory {

namespace {

template <class Key, class Value>
Result<Value> row_or_not_found(const Table<Key, Value>& table, const Key& key, const char* what) {
  const Value* value = table.find(key);
  if (!value) return fail(Errc::not_found, what);
  return *value;
}

template <class Id, class Value>
Result<Value> by_digest(const Table<Digest, Id>& index, const Table<Id, Value>& table, const Digest& digest,
                        const char* what) {
  const Id* id = index.find(digest);
  if (!id) return fail(Errc::not_found, what);
  return row_or_not_found(table, *id, what);
}

template <class Id, class Value>
std::vector<Value> by_name(const Table<Id, Value>& table) {
  std::vector<Value> found;
  for (const auto& [id, row] : table.rows()) found.push_back(row.value);
  std::ranges::sort(found, {}, [](const Value& value) { return std::pair(value.name, value.id); });
  return found;
}

// The newest `limit` rows that `wanted` likes, newest first.
template <class Id, class Value, class Wanted>
std::vector<Value> newest_first(const Table<Id, Value>& table, std::size_t limit, Wanted wanted) {
  std::vector<Value> found;
  for (const auto& [id, row] : table.rows())
    if (wanted(row.value)) found.push_back(row.value);
  std::ranges::sort(found, std::ranges::greater(), [&](const Value& value) { return table.born(value.id); });
  if (found.size() > limit) found.resize(limit);
  return found;
}

// Adds or replaces `value`, found by its token's digest as well.
template <class Id, class Value>
Result<void> put_with_digest(Journal& journal, Table<Id, Value>& table, Table<Digest, Id>& index, const Value& value) {
  const Id* holder = index.find(value.token_digest);
  if (holder && *holder != value.id) return fail(Errc::conflict, "token in use");
  if (const Value* before = table.find(value.id)) index.erase(journal, before->token_digest);
  table.put(journal, value.id, value);
  index.put(journal, value.token_digest, value.id);
  return {};
}

}  // namespace

Result<Settings> HouseRoom::settings() const {
  return state.settings;
}
Result<Team> HouseRoom::find_team(TeamId id) const {
  return row_or_not_found(state.teams, id, "team");
}
Result<std::vector<Team>> HouseRoom::teams() const {
  return by_name(state.teams);
}
Result<Inbox> HouseRoom::find_inbox(InboxId id) const {
  return row_or_not_found(state.inboxes, id, "inbox");
}
Result<std::vector<Inbox>> HouseRoom::inboxes() const {
  return by_name(state.inboxes);
}

Result<void> HouseRoom::save_settings(const Settings& settings) {
  journal.note([this_state = &state, before = state.settings] { this_state->settings = before; });
  state.settings = settings;
  return {};
}

Result<void> HouseRoom::save_team(const Team& team) {
  state.teams.put(journal, team.id, team);
  return {};
}

Result<void> HouseRoom::save_inbox(const Inbox& inbox) {
  if (inbox.team && !state.teams.contains(*inbox.team)) return fail(Errc::not_found, "team of the inbox");
  state.inboxes.put(journal, inbox.id, inbox);
  return {};
}

Result<Account> AccessRoom::account(PersonId person) const {
  return row_or_not_found(state.accounts, person, "account");
}

Result<Account> AccessRoom::account_by_email(std::string_view email_lower) const {
  const PersonId* person = state.account_by_email.find(std::string(email_lower));
  if (!person) return fail(Errc::not_found, "account");
  return account(*person);
}

Result<Session> AccessRoom::session_by_digest(const Digest& token) const {
  return by_digest(state.session_by_digest, state.sessions, token, "session");
}
Result<Session> AccessRoom::session(SessionId id) const {
  return row_or_not_found(state.sessions, id, "session");
}

Result<std::vector<SessionId>> AccessRoom::sessions_of(PersonId person) const {
  std::vector<SessionId> found;
  for (SessionId id : state.sessions_of.find(person))
    if (!state.sessions.find(id)->revoked) found.push_back(id);
  return found;
}

Result<ApiToken> AccessRoom::token_by_digest(const Digest& token) const {
  return by_digest(state.token_by_digest, state.tokens, token, "token");
}
Result<std::vector<ApiToken>> AccessRoom::tokens(std::size_t limit) const {
  return newest_first(state.tokens, limit, [](const ApiToken&) { return true; });
}
Result<ApiToken> AccessRoom::find_token(ApiTokenId id) const {
  return row_or_not_found(state.tokens, id, "token");
}

Result<Invitation> AccessRoom::invitation_by_digest(const Digest& token) const {
  return by_digest(state.invitation_by_digest, state.invitations, token, "invitation");
}
Result<Invitation> AccessRoom::find_invitation(InvitationId id) const {
  return row_or_not_found(state.invitations, id, "invitation");
}
Result<std::vector<Invitation>> AccessRoom::open_invitations(Time now, std::size_t limit) const {
  return newest_first(state.invitations, limit,
                      [now](const Invitation& invitation) { return !invitation.used && now < invitation.expires_at; });
}

Result<void> AccessRoom::save_account(const Account& account) {
  if (!state.people.contains(account.person)) return fail(Errc::not_found, "person of the account");
  const PersonId* holder = state.account_by_email.find(account.email);
  if (holder && *holder != account.person) return fail(Errc::conflict, "email taken", "email");
  if (const Account* before = state.accounts.find(account.person)) state.account_by_email.erase(journal, before->email);
  state.accounts.put(journal, account.person, account);
  state.account_by_email.put(journal, account.email, account.person);
  return {};
}

Result<void> AccessRoom::add_session(const Session& session) {
  if (state.sessions.contains(session.id)) return fail(Errc::conflict, "session exists");
  if (!state.people.contains(session.person)) return fail(Errc::not_found, "person of the session");
  KITH_CHECK(put_with_digest(journal, state.sessions, state.session_by_digest, session));
  state.sessions_of.add(journal, session.person, session.id);
  return {};
}

Result<void> AccessRoom::save_session(const Session& session) {
  const Session* before = state.sessions.find(session.id);
  if (!before) return fail(Errc::not_found, "session");
  if (!state.people.contains(session.person)) return fail(Errc::not_found, "person of the session");
  const PersonId was = before->person;
  KITH_CHECK(put_with_digest(journal, state.sessions, state.session_by_digest, session));
  state.sessions_of.remove(journal, was, session.id);
  state.sessions_of.add(journal, session.person, session.id);
  return {};
}

Result<std::vector<SessionId>> AccessRoom::revoke_sessions(PersonId person, std::optional<SessionId> keep) {
  std::vector<SessionId> revoked;
  for (SessionId id : state.sessions_of.find(person)) {
    Session session = *state.sessions.find(id);
    if (session.revoked || id == keep) continue;
    session.revoked = true;
    state.sessions.put(journal, id, session);
    revoked.push_back(id);
  }
  return revoked;
}

Result<void> AccessRoom::save_token(const ApiToken& token) {
  return put_with_digest(journal, state.tokens, state.token_by_digest, token);
}

Result<void> AccessRoom::save_invitation(const Invitation& invitation) {
  return put_with_digest(journal, state.invitations, state.invitation_by_digest, invitation);
}

Result<Preferences> AccessRoom::preferences(PersonId person) const {
  const Preferences* kept = state.preferences.find(person);
  return kept ? *kept : Preferences();
}

Result<void> AccessRoom::save_preferences(PersonId person, const Preferences& preferences) {
  if (!state.people.contains(person)) return fail(Errc::not_found, "person of the preferences");
  state.preferences.put(journal, person, preferences);
  return {};
}

Result<void> AccessRoom::forget_expired(Time now) {
  std::vector<Session> sessions;
  for (const auto& [id, row] : state.sessions.rows())
    if (row.value.revoked || row.value.expires_at <= now) sessions.push_back(row.value);
  for (const Session& session : sessions) {
    state.sessions.erase(journal, session.id);
    state.session_by_digest.erase(journal, session.token_digest);
    state.sessions_of.remove(journal, session.person, session.id);
  }
  std::vector<Invitation> invitations;
  for (const auto& [id, row] : state.invitations.rows())
    if (row.value.used || row.value.expires_at <= now) invitations.push_back(row.value);
  for (const Invitation& invitation : invitations) {
    state.invitations.erase(journal, invitation.id);
    state.invitation_by_digest.erase(journal, invitation.token_digest);
  }
  return {};
}

}  // namespace kith::memory
