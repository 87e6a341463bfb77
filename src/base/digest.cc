#include "base/digest.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <exception>

namespace kith {
namespace {

// Nothing of Kith can go on without it, and it only fails when there is no memory or no OpenSSL to speak of.
void need(bool is_done) {
  if (!is_done) std::terminate();
}

// Looked up once: asking OpenSSL for it each time costs more than a short digest. OpenSSL and not libsodium, because it
// uses the processor's own instructions for SHA-256, and every word of everybody goes through it.
const EVP_MD* algorithm() {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  need(kSha256 != nullptr);
  return kSha256;
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Digest sha256(std::string_view bytes) {
  Digest digest;
  need(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm(), nullptr) == 1);
  return digest;
}

Sha256::Sha256() : state_(std::make_unique<State>()) {
  need(state_->context && EVP_DigestInit_ex2(state_->context, algorithm(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  need(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish() {
  Digest digest;
  need(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) == 1);
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
