#include "runtime/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/digest.h"

namespace kith::runtime {

namespace {

constexpr std::int64_t kStepUs = 30'000'000;
constexpr std::size_t kSecretBytes = 20;

std::string base32(std::string_view bytes) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    pending = (pending << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) out += kLetters[(pending >> (bits - 5)) & 31U];
    pending &= (1U << bits) - 1;
  }
  if (bits > 0) out += kLetters[(pending << (5 - bits)) & 31U];
  return out;
}

std::string escape_uri(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string make_totp_secret(Random& random) {
  std::array<std::uint8_t, kSecretBytes> bytes;
  random.fill(bytes);
  return {bytes.begin(), bytes.end()};
}

std::int64_t totp_step(Time now) {
  return now.us / kStepUs;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter;
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), digest.data(),
       &length);
  // Dynamic truncation, RFC 4226 section 5.3.
  const std::size_t at = digest[19] & 0x0FU;
  const std::uint32_t number = (digest[at] & 0x7FU) << 24U | static_cast<std::uint32_t>(digest[at + 1]) << 16U |
                               static_cast<std::uint32_t>(digest[at + 2]) << 8U | digest[at + 3];
  return fmt::format("{:06}", number % 1'000'000);
}

std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code, Time now,
                                        std::int64_t last_step) {
  std::string digits(code);
  std::erase(digits, ' ');
  const std::int64_t today = totp_step(now);
  std::optional<std::int64_t> found;
  for (const std::int64_t step : {today - 1, today, today + 1}) {
    const bool fits = equal_in_constant_time(totp_code(secret, step), digits);
    if (fits && step > last_step) found = step;
  }
  return found;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
  const std::string who = escape_uri(issuer);
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period=30", who,
                     escape_uri(account), base32(secret), who);
}

}  // namespace kith::runtime
