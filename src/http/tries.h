// Guessing is slow on purpose, and nobody is locked out by somebody else who guesses: tries are counted by the account
// and where they come from, all strangers together once more, and a device that has signed in to this account before
// only by itself. Per address the gate counts as well.
#pragma once

#include <string_view>

#include "http/api.h"
#include "http/message.h"

namespace kith::http {

// What counting needs; made of an ApiServices by itself.
struct TryParts {
  runtime::RateLimiter& limiter;
  const runtime::SealedBox& box;
  const ApiConfig& config;

  TryParts(runtime::RateLimiter& of_limiter, const runtime::SealedBox& of_box, const ApiConfig& of_config)
      : limiter(of_limiter), box(of_box), config(of_config) {}
  TryParts(const ApiServices& api)
      : TryParts(api.limiter, api.sealed_box, api.config) {}  // NOLINT(google-explicit-constructor)
};

enum class Secret : std::uint8_t { password, code, own_password, setup_key };

// Counts one try at a secret of an account; too_many when there were too many. `account` may be one that does not
// exist: it is counted all the same, so that nobody can tell. `person` is whose it is, nil when nobody's.
Result<void> count_try(const TryParts& parts, Secret secret, std::string_view account, PersonId person,
                       const Request& request);

// She has shown everything that is asked of her: the browser she did it with is known from now on. Beside the session's
// cookie, and worth nothing without the password.
void remember_device(ApiServices& api, const Request& request, PersonId person, Response& response);
// The cookie that does it.
std::string sealed_device(const runtime::SealedBox& box, PersonId person, SessionId device, Random& random);

}  // namespace kith::http
