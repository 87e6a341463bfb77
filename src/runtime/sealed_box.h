// Seals what must be kept secret even from a copy of the database (libsodium secretbox). The key lies in a file of its
// own beside it, which only the account of the server may read.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace kith::runtime {

class SealedBox {
 public:
  using Key = std::array<std::uint8_t, 32>;

  // Reads the key file, or makes it (mode 0600, synced) when there is none. Refuses a file that others may read, and
  // one of the wrong size: then it says what to do.
  static Result<SealedBox> open(const std::string& key_file, Random& random);
  explicit SealedBox(const Key& key) : key_(key) {}
  SealedBox(const SealedBox&) = default;
  SealedBox& operator=(const SealedBox&) = default;
  ~SealedBox();

  // Text that may stand in a column; different each time.
  std::string seal(std::string_view secret, Random& random) const;
  // `invalid` when it was not sealed with this key, or was changed.
  Result<std::string> unseal(std::string_view sealed) const;
  // 32 bytes that nobody can know without the key: always the same for the same purpose, and unlike those for any
  // other.
  [[nodiscard]] std::string derive(std::string_view purpose) const;

 private:
  Key key_;
};

}  // namespace kith::runtime
