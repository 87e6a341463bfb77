// Who is asking, and by what right: sessions of people, tokens of programs, invitations to join.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/digest.h"
#include "domain/ids.h"

namespace kith {

enum class SessionKind : std::uint8_t { visitor, colleague };

struct Session {
  SessionId id;
  SessionKind kind = SessionKind::visitor;
  PersonId person;
  std::optional<InboxId> inbox;  // visitor: where she came in
  Digest token_digest{};         // SHA-256 of the secret; the secret itself is never kept
  Time expires_at;
  bool revoked = false;
  bool second_factor_due = false;  // colleague: password was right, code not yet given
  friend bool operator==(const Session&, const Session&) = default;
};

// What a program may do. A program never writes as a human: its entries carry the machine's label.
enum Scope : std::uint32_t {
  kReadPeople = 1U << 0,
  kReadConversations = 1U << 1,
  kWriteEntries = 1U << 2,
  kManageSettings = 1U << 3,
};

struct ApiToken {
  ApiTokenId id;
  std::string name;
  Digest token_digest{};
  std::uint32_t scopes = 0;
  PersonId created_by;
  Time expires_at;
  bool revoked = false;
  friend bool operator==(const ApiToken&, const ApiToken&) = default;
};

struct Invitation {
  InvitationId id;
  Digest token_digest{};
  std::string called;
  bool as_leader = false;
  std::optional<TeamId> team;
  PersonId invited_by;
  Time expires_at;
  bool used = false;
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

enum class ActorKind : std::uint8_t { nobody, visitor, colleague, program, system };

// Who stands behind a request, with the rights that hold at this moment.
struct Actor {
  ActorKind kind = ActorKind::nobody;
  PersonId person;  // the one a merge leads to, for visitors
  std::optional<SessionId> session;
  std::optional<InboxId> inbox;
  bool is_leader = false;
  bool is_admin = false;
  std::uint32_t scopes = 0;  // program
  std::string program_name;  // program
};

enum class Theme : std::uint8_t { system, light, dark };

// How a colleague likes her desk; the same on all her devices.
struct Preferences {
  bool single_keys = true;  // single letters are shortcuts
  bool sounds = true;
  int volume = 40;  // 0 to 100
  bool notifications = false;
  std::optional<int> quiet_from;  // minutes after midnight on her own wall
  std::optional<int> quiet_until;
  Theme theme = Theme::system;
  int text_size = 100;  // in hundredths, 90 to 140
  std::string locale;   // BCP 47; empty for what her browser says
  friend bool operator==(const Preferences&, const Preferences&) = default;
};

}  // namespace kith
