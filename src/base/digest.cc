#include "base/digest.h"

#include <sodium.h>

#include <new>

namespace kith {
namespace {

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

crypto_hash_sha256_state* sodium_state(void* bytes) {
  return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes));
}

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest;
  crypto_hash_sha256(digest.data(), unsigned_bytes(bytes), bytes.size());
  return digest;
}

Sha256::Sha256() {
  crypto_hash_sha256_init(new (&state_) crypto_hash_sha256_state);
}

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(sodium_state(&state_), unsigned_bytes(bytes), bytes.size());
}

Digest Sha256::finish() {
  Digest digest;
  crypto_hash_sha256_final(sodium_state(&state_), digest.data());
  return digest;
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace kith
