#include "http/tries.h"

#include <array>
#include <chrono>
#include <string>

#include "base/text.h"
#include "http/proxy.h"

namespace kith::http {
namespace {

constexpr std::chrono::hours kKnownFor{24 * 400};
// So that nothing else that was sealed with the same key passes for a device.
constexpr std::string_view kPurpose = "device of ";
constexpr std::size_t kLongestCookie = 256;

constexpr std::array<std::string_view, 4> kNames{"password", "code", "own password", "setup key"};

// The name of the device when it has been this person's before.
std::string known_device(const TryParts& parts, const Request& request, PersonId person) {
  const auto cookie = device_secret(request);
  if (person.is_nil() || !cookie || cookie->size() > kLongestCookie) return {};
  auto opened = parts.box.unseal(*cookie);
  const std::string whose = std::string(kPurpose) + person.text() + " ";
  if (!opened || !opened->starts_with(whose)) return {};
  return opened->substr(whose.size());
}

Result<void> take(const TryParts& parts, std::string_view key, const runtime::Rate& rate) {
  const auto wait = parts.limiter.take(key, rate);
  if (wait.count() > 0) return fail(Errc::too_many, "too many tries for one account");
  return {};
}

}  // namespace

Result<void> count_try(const TryParts& parts, Secret secret, std::string_view account, PersonId person,
                       const Request& request) {
  const TryRates& rates = secret == Secret::code ? parts.config.tries_of_codes : parts.config.tries;
  std::string key("try|");
  key.append(kNames[static_cast<std::size_t>(secret)]).append("|").append(lower_ascii(trim(account)));
  const std::string device = known_device(parts, request, person);
  if (!device.empty()) return take(parts, key + "|device " + device, rates.of_one);
  KITH_CHECK(take(parts, key + "|from " + network_of(request.remote_address), rates.of_one));
  return take(parts, key, rates.of_all_strangers);
}

std::string sealed_device(const runtime::SealedBox& box, PersonId person, SessionId device, Random& random) {
  return box.seal(std::string(kPurpose) + person.text() + " " + device.text(), random);
}

void remember_device(ApiServices& api, const Request& request, PersonId person, Response& response) {
  if (!known_device(api, request, person).empty()) return;
  const auto device = make_opaque_id<SessionId>(api.random);
  const std::string cookie = sealed_device(api.sealed_box, person, device, api.random);
  response.with("Set-Cookie", device_cookie(cookie, request.is_secure, std::chrono::seconds(kKnownFor).count()));
}

}  // namespace kith::http
