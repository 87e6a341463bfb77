#include "server/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/core.h>

namespace kith {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

Result<File> open_to_read(const std::string& path, const char* what) {
  File file(std::fopen(path.c_str(), "re"), std::fclose);
  if (file) return file;
  return fail(Errc::invalid, fmt::format("Cannot read the {} {}: {}. Check the path and the file's permissions.", what,
                                         path, std::strerror(errno)));
}

// Never asks at the terminal: a key with a passphrase is refused instead.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

Result<CertificateFacts> look_at_certificate(const std::string& certificate_file, const std::string& key_file) {
  KITH_TRY(auto certificate_in, open_to_read(certificate_file, "certificate"));
  KITH_TRY(auto key_in, open_to_read(key_file, "key"));
  ERR_clear_error();
  Certificate certificate(PEM_read_X509(certificate_in.get(), nullptr, no_passphrase, nullptr), X509_free);
  if (!certificate)
    return fail(Errc::invalid,
                fmt::format("{} holds no certificate. It must be a PEM file that begins with the server's own "
                            "certificate.",
                            certificate_file));
  Key key(PEM_read_PrivateKey(key_in.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free);
  if (!key)
    return fail(Errc::invalid,
                fmt::format("{} holds no key that can be used. It must be a PEM key without a passphrase.", key_file));
  if (X509_check_private_key(certificate.get(), key.get()) != 1)
    return fail(Errc::invalid,
                fmt::format("The key {} does not belong to the certificate {}. Give the two that were made "
                            "together.",
                            key_file, certificate_file));
  std::tm end{};
  ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end);
  return CertificateFacts{Time{static_cast<std::int64_t>(::timegm(&end)) * 1'000'000}};
}

}  // namespace kith
