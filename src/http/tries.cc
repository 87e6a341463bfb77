#include "http/tries.h"

#include <string>

namespace kith::http {

Result<void> count_try(ApiServices& api, std::string_view what, std::string_view account) {
  std::string key("try|");
  key.append(what).append("|").append(account);
  auto wait = api.limiter.take(key, api.config.tries_per_account);
  if (wait.count() > 0) return fail(Errc::too_many, "too many tries for one account");
  return {};
}

}  // namespace kith::http
