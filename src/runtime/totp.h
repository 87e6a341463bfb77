// The second factor: six digits from an authenticator app (RFC 6238, SHA-1, 30 seconds).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"

namespace kith::runtime {

// 20 random bytes.
std::string make_totp_secret(Random& random);
// The step a moment belongs to.
std::int64_t totp_step(Time now);
// "287082" (RFC 4226 over `step`).
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code this is: of now, the one before or the one after, and newer than `last_step`, so that a code
// works once. Spaces in `code` are fine. Takes the same time whichever it is.
std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code, Time now,
                                        std::int64_t last_step);
// "otpauth://totp/..." for the app; `issuer` and `account` are escaped.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

}  // namespace kith::runtime
