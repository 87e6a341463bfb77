// Anyone: customer, colleague, or both at once. What somebody may do follows from roles in time, never from a type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

struct Person {
  PersonId id;
  std::string called;                   // how she likes to be called; empty until she says
  std::vector<std::string> languages;   // BCP 47 tags, best first
  std::string access_needs;             // in her words: "please write", "speak slowly"
  std::optional<PersonId> merged_into;  // set while a merge stands; this person's story is told there
  bool is_sample = false;               // belongs to the removable sample team
  Time created_at;
  std::string face{};  // the key of her picture; empty when she shows none
  friend bool operator==(const Person&, const Person&) = default;
};

// A picture of somebody. The key cannot be guessed, and another picture has another key, so whoever has it may keep it.
struct Face {
  std::string key;  // 128 random bits as base64url
  PersonId person;
  std::string media_type;  // image/png, image/jpeg or image/webp
  std::string bytes;
  friend bool operator==(const Face&, const Face&) = default;
};

enum class RoleKind : std::uint8_t { customer, colleague, leader, admin };

// "is customer of", "works in team", "leads team", "looks after the installation": true from `from` until `until`.
struct Role {
  RoleId id;
  PersonId person;
  RoleKind kind = RoleKind::customer;
  std::optional<TeamId> team;
  Time from;
  std::optional<Time> until;
  friend bool operator==(const Role&, const Role&) = default;

  // Whenever it began: a clock that is set back must not put her out whose role is younger than that.
  [[nodiscard]] bool holds_at(Time now) const { return !until || now < *until; }
};

struct Team {
  TeamId id;
  std::string name;
  bool is_sample = false;
  friend bool operator==(const Team&, const Team&) = default;
};

// A colleague's way in. One per person; the email is for signing in only.
struct Account {
  PersonId person;
  std::string email;          // lower case
  std::string password_hash;  // Argon2id, as libsodium writes it; empty until she chose one
  std::string totp_secret;    // sealed; empty when the second factor is off
  bool totp_confirmed = false;
  std::int64_t totp_last_step = 0;  // last accepted 30 s step, so that a code works once
  std::string hello_line;           // what a customer reads before writing to her
  friend bool operator==(const Account&, const Account&) = default;
};

// Two records turned out to be one human. Reversible for ever: nothing is rewritten, `from` only points to `into`.
struct Merge {
  MergeId id;
  PersonId from;
  PersonId into;
  PersonId by;
  std::string reason;
  Time at;
  std::optional<Time> undone_at;
  std::optional<PersonId> undone_by;
  friend bool operator==(const Merge&, const Merge&) = default;
};

}  // namespace kith
