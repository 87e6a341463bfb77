// What a person uses to reach us, and how sure we are that it is hers. Never a number we made up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

enum class IdentityKind : std::uint8_t { device, host, email, phone, login };
enum class IdentityState : std::uint8_t { claimed, confirmed, retired };

struct Identity {
  IdentityId id;
  IdentityKind kind = IdentityKind::device;
  std::string value;  // email in lower case, phone as E.164, host as "issuer|subject", device as the token's digest
  IdentityState state = IdentityState::claimed;
  std::string confirmed_how;  // "signed token of the host site", "link in an email" ...; empty while claimed
  std::optional<Time> confirmed_at;
  friend bool operator==(const Identity&, const Identity&) = default;
};

// A family shares a phone: identities and people are many to many.
struct IdentityLink {
  IdentityId identity;
  PersonId person;
  double weight = 1;  // (0, 1], how much of the use of this identity is this person's
  friend bool operator==(const IdentityLink&, const IdentityLink&) = default;
};

}  // namespace kith
