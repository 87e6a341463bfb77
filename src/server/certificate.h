// A certificate file, looked at from outside: may it be used, and until when?
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace kith {

struct CertificateFacts {
  Time not_after;
};

// Reads both PEM files and checks that they belong together. The detail of an error is one sentence for the operator.
Result<CertificateFacts> look_at_certificate(const std::string& certificate_file, const std::string& key_file);

}  // namespace kith
