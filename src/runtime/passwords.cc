#include "runtime/passwords.h"

#include <sodium.h>

namespace kith::runtime {

namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 19UL * 1024 * 1024;

// Made with the settings above from a password that was thrown away: what the unknown account is checked against.
constexpr const char* kNobodysHash =
    "$argon2id$v=19$m=19456,t=2,p=1$KMeCsyaZ9D4g1k2md7DlKw$0wk249NeecVn1hc1h8kfEateLR5mrC4kyzTs4Dt+L7s";

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  char hash[crypto_pwhash_STRBYTES];
  if (sodium_init() < 0 || crypto_pwhash_str_alg(hash, password.data(), password.size(), kPasses, kMemoryBytes,
                                                 crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Errc::unavailable, "no memory to hash a password");
  }
  return std::string(hash);
}

bool verify_password(std::string_view hash, std::string_view password) {
  const bool is_somebodys = !hash.empty();
  const std::string checked(is_somebodys ? hash : std::string_view(kNobodysHash));
  const bool fits =
      sodium_init() >= 0 && crypto_pwhash_str_verify(checked.c_str(), password.data(), password.size()) == 0;
  return fits && is_somebodys;
}

bool should_rehash(std::string_view hash) {
  return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), kPasses, kMemoryBytes) != 0;
}

}  // namespace kith::runtime
