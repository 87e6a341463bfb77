#include "runtime/sealed_box.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/text.h"

namespace kith::runtime {

namespace {

constexpr std::string_view kVersion = "v1.";

constexpr ssize_t kKeyBytes = crypto_secretbox_KEYBYTES;
static_assert(std::tuple_size_v<SealedBox::Key> == crypto_secretbox_KEYBYTES);

class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::unexpected<Error> system_failure(const std::string& what) {
  const int error = errno;
  return fail(error == ENOSPC ? Errc::storage_full : Errc::unavailable, what + ": " + std::strerror(error));
}

// nullopt when there is no such file.
Result<std::optional<SealedBox::Key>> read_key(const std::string& path) {
  const OpenFile file(path, O_RDONLY | O_NOFOLLOW);
  if (!file.is_open() && errno == ENOENT) return std::optional<SealedBox::Key>();
  if (!file.is_open()) return system_failure("the key file " + path + " cannot be opened");
  struct stat facts{};
  if (::fstat(file.fd(), &facts) != 0) return system_failure("the key file " + path + " cannot be looked at");
  if ((facts.st_mode & 077) != 0) {
    return fail(Errc::not_allowed, "others may read the key file " + path + ": chmod 600 it");
  }
  SealedBox::Key key;
  if (facts.st_size != kKeyBytes || ::read(file.fd(), key.data(), key.size()) != kKeyBytes) {
    return fail(Errc::invalid, "the key file " + path + " is not " + std::to_string(kKeyBytes) +
                                   " bytes long: restore it from a backup");
  }
  return std::optional(key);
}

Result<void> write_synced(const std::string& path, const SealedBox::Key& key) {
  const OpenFile file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file.is_open()) return system_failure("the key file " + path + " cannot be made");
  const bool written = ::fchmod(file.fd(), 0600) == 0 && ::write(file.fd(), key.data(), key.size()) == kKeyBytes &&
                       ::fsync(file.fd()) == 0;
  if (!written) return system_failure("the key file " + path + " cannot be written");
  return {};
}

// Through a name of its own first, so that a crash never leaves half a key.
Result<void> keep_key(const std::string& path, const SealedBox::Key& key) {
  const std::string unfinished = path + ".new";
  KITH_CHECK(write_synced(unfinished, key));
  if (::rename(unfinished.c_str(), path.c_str()) != 0)
    return system_failure("the key file " + path + " cannot be made");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const OpenFile directory(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || ::fsync(directory.fd()) != 0) return system_failure("the folder of " + path);
  return {};
}

}  // namespace

Result<SealedBox> SealedBox::open(const std::string& key_file, Random& random) {
  if (sodium_init() < 0) return fail(Errc::unavailable, "libsodium cannot start");
  KITH_TRY(auto kept, read_key(key_file));
  if (kept) return SealedBox(*kept);
  Key key;
  random.fill(key);
  KITH_CHECK(keep_key(key_file, key));
  return SealedBox(key);
}

SealedBox::~SealedBox() {
  sodium_memzero(key_.data(), key_.size());
}

std::string SealedBox::seal(std::string_view secret, Random& random) const {
  std::string bytes(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size(), '\0');
  auto* nonce = reinterpret_cast<std::uint8_t*>(bytes.data());
  random.fill({nonce, crypto_secretbox_NONCEBYTES});
  crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, reinterpret_cast<const std::uint8_t*>(secret.data()),
                        secret.size(), nonce, key_.data());
  return std::string(kVersion) + base64url(bytes);
}

Result<std::string> SealedBox::unseal(std::string_view sealed) const {
  constexpr std::size_t kExtra = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  std::string bytes;
  if (!sealed.starts_with(kVersion) || !read_base64url(sealed.substr(kVersion.size()), bytes) ||
      bytes.size() < kExtra) {
    return fail(Errc::invalid, "not a sealed value");
  }
  const auto* nonce = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::string secret(bytes.size() - kExtra, '\0');
  const int opened =
      crypto_secretbox_open_easy(reinterpret_cast<std::uint8_t*>(secret.data()), nonce + crypto_secretbox_NONCEBYTES,
                                 bytes.size() - crypto_secretbox_NONCEBYTES, nonce, key_.data());
  if (opened != 0) return fail(Errc::invalid, "sealed with another key, or changed since");
  return secret;
}

std::string SealedBox::derive(std::string_view purpose) const {
  std::string bytes(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size(),
                     reinterpret_cast<const std::uint8_t*>(purpose.data()), purpose.size(), key_.data(), key_.size());
  return bytes;
}

}  // namespace kith::runtime
