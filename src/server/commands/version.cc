#include <sodium.h>
#include <sqlite3.h>

#include <fmt/core.h>
#include <openssl/crypto.h>
#include <boost/version.hpp>

#include "server/commands/commands.h"
#include "server/version.h"

namespace kith {

int show_version() {
  fmt::print("kith {}\n", kVersion);
  fmt::print("with SQLite {}, {}, libsodium {}, Boost {}.{}\n", sqlite3_libversion(), OpenSSL_version(OPENSSL_VERSION),
             sodium_version_string(), BOOST_VERSION / 100'000, BOOST_VERSION / 100 % 1000);
  return 0;
}

}  // namespace kith
