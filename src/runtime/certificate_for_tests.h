// For tests: a certificate that signs itself, as PEM files in a folder of its own.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/scratch_folder_for_tests.h"

namespace kith::runtime {

class CertificateForTests {
 public:
  CertificateForTests() { write("first"); }

  [[nodiscard]] std::string chain_file() const { return (folder_ / "chain.pem").string(); }
  [[nodiscard]] std::string key_file() const { return (folder_ / "key.pem").string(); }

  // A new key and certificate for `name`.
  void write(const std::string& name) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    write_pem(chain_file(), [&](FILE* file) { PEM_write_X509(file, certificate.get()); });
    write_pem(key_file(),
              [&](FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  }

 private:
  template <class Write>
  static void write_pem(const std::string& path, Write content) {
    FILE* file = std::fopen(path.c_str(), "w");
    content(file);
    std::fclose(file);
    // Two writes within one tick of the clock must still look like a change.
    static int generation = 0;
    std::filesystem::last_write_time(
        path, std::filesystem::file_time_type::clock::now() + std::chrono::seconds(++generation));
  }

  ScratchFolder folder_;
};

}  // namespace kith::runtime
