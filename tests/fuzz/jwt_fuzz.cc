// What a stranger may offer as a signed token. As it stands, it must never be believed; signed with our key, its
// content must be read without harm, and believed only when it says who, from where, for whom and until when.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "runtime/jwt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const kith::runtime::JwtRules rules{
      .issuer = "https://shop.example", .audience = "kith", .key = "a key of thirty-two bytes or more"};
  const kith::Time now{1'800'000'000'000'000};

  if (kith::runtime::verify_jwt(bytes, rules, now)) std::abort();

  const auto claims = kith::runtime::verify_jwt(kith::runtime::sign_jwt(bytes, rules.key), rules, now);
  if (!claims) return 0;
  const bool is_sound =
      !claims->subject.empty() && kith::is_utf8(claims->subject) && claims->expires_at > now - std::chrono::seconds(60);
  if (!is_sound) std::abort();
  return 0;
}
