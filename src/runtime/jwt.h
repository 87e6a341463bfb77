// Tokens with which a website tells us who its customer is (RFC 7515, 7519). HS256 and nothing else: the algorithm is
// ours to choose, not the token's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace kith::runtime {

// What must be true of a token.
struct JwtRules {
  std::string issuer;    // `iss`, exactly
  std::string audience;  // `aud`, or one of them
  std::string key;       // at least 32 bytes
};

// What the website says of its customer.
struct JwtClaims {
  std::string subject;
  Time expires_at;
  std::optional<std::string> name;
  std::optional<std::string> email;
  bool email_verified = false;
};

// The claims of a token that is signed, meant for us and valid at `now` (60 seconds of clock skew are forgiven).
// `not_signed_in` for everything else; `detail` says why, for the website's programmer.
Result<JwtClaims> verify_jwt(std::string_view token, const JwtRules& rules, Time now);

// header.payload.signature over a JSON payload; for tests and for `kith admin`.
std::string sign_jwt(std::string_view json_payload, std::string_view key);

}  // namespace kith::runtime
