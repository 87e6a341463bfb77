// For tests: a client that speaks TLS over a connected socket and trusts whoever answers. It blocks, for ten seconds at
// most, so that a test fails instead of hanging.
#pragma once

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

namespace kith::runtime {

class TlsClientForTests {
 public:
  // Takes the socket over.
  explicit TlsClientForTests(int fd)
      : fd_(fd), context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), tls_(SSL_new(context_.get()), &SSL_free) {
    const timeval limit{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    SSL_set_fd(tls_.get(), fd_);
  }
  TlsClientForTests(const TlsClientForTests&) = delete;
  TlsClientForTests& operator=(const TlsClientForTests&) = delete;
  ~TlsClientForTests() { ::close(fd_); }

  bool shake_hands() { return SSL_connect(tls_.get()) == 1; }
  // What came next; empty when nothing more comes.
  std::string hear() {
    std::array<char, 16'384> buffer;
    const int got = SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()));
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
  }

 private:
  int fd_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
};

}  // namespace kith::runtime
