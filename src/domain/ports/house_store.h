// The team and its doors, as the use cases see them: settings, teams, inboxes, accounts, sessions, tokens, invitations.
// Part of ports/store.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"
#include "domain/access.h"
#include "domain/ids.h"
#include "domain/inbox.h"
#include "domain/person.h"

namespace kith {

class HouseReader {
 public:
  virtual ~HouseReader() = default;
  virtual Result<Settings> settings() const = 0;  // defaults until saved
  virtual Result<Team> find_team(TeamId id) const = 0;
  virtual Result<std::vector<Team>> teams() const = 0;  // by name
  virtual Result<Inbox> find_inbox(InboxId id) const = 0;
  virtual Result<std::vector<Inbox>> inboxes() const = 0;  // by name
};
class HouseWriter : public HouseReader {
 public:
  virtual Result<void> save_settings(const Settings& settings) = 0;
  virtual Result<void> save_team(const Team& team) = 0;     // adds or replaces
  virtual Result<void> save_inbox(const Inbox& inbox) = 0;  // adds or replaces
};

class AccessReader {
 public:
  virtual ~AccessReader() = default;
  virtual Result<Account> account(PersonId person) const = 0;
  virtual Result<Account> account_by_email(std::string_view email_lower) const = 0;
  virtual Result<Session> session_by_digest(const Digest& token) const = 0;  // revoked and expired ones too
  virtual Result<Session> session(SessionId id) const = 0;
  // Those of this person that are not revoked, so that live connections can be told when her rights change.
  virtual Result<std::vector<SessionId>> sessions_of(PersonId person) const = 0;
  virtual Result<ApiToken> token_by_digest(const Digest& token) const = 0;
  virtual Result<std::vector<ApiToken>> tokens(std::size_t limit) const = 0;
  virtual Result<ApiToken> find_token(ApiTokenId id) const = 0;
  virtual Result<Invitation> invitation_by_digest(const Digest& token) const = 0;
  virtual Result<Invitation> find_invitation(InvitationId id) const = 0;
  virtual Result<std::vector<Invitation>> open_invitations(Time now, std::size_t limit) const = 0;
  virtual Result<Preferences> preferences(PersonId person) const = 0;  // what everybody begins with until saved
};
class AccessWriter : public AccessReader {
 public:
  virtual Result<void> save_account(const Account& account) = 0;  // adds or replaces; conflict when the email is taken
  virtual Result<void> add_session(const Session& session) = 0;
  virtual Result<void> save_session(const Session& session) = 0;
  // Revokes every session of the person except `keep`; returns those it revoked.
  virtual Result<std::vector<SessionId>> revoke_sessions(PersonId person, std::optional<SessionId> keep) = 0;
  virtual Result<void> save_token(const ApiToken& token) = 0;                                  // adds or replaces
  virtual Result<void> save_invitation(const Invitation& invitation) = 0;                      // adds or replaces
  virtual Result<void> save_preferences(PersonId person, const Preferences& preferences) = 0;  // adds or replaces
  virtual Result<void> forget_expired(Time now) = 0;  // sessions and invitations that can never work again
};

}  // namespace kith
