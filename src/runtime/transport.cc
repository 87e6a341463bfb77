#include "runtime/transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "runtime/tls.h"

namespace kith::runtime {

namespace {

constexpr std::size_t kTlsRecordBytes = 16 * 1024;
constexpr std::size_t kMostPieces = 64;

IoResult failed_with(int error, IoStatus would_block) {
  if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) return {0, would_block};
  return {0, IoStatus::failed};
}

// What fits into one TLS record, gathered into `record`.
std::size_t gather(std::span<const iovec> pieces, std::array<char, kTlsRecordBytes>& record) {
  std::size_t size = 0;
  for (const iovec& piece : pieces) {
    const std::size_t part = std::min(piece.iov_len, record.size() - size);
    std::memcpy(record.data() + size, piece.iov_base, part);
    size += part;
    if (size == record.size()) break;
  }
  return size;
}

ssize_t send_pieces(int fd, std::span<const iovec> pieces) {
  // The usual case, and cheaper without a message around it.
  if (pieces.size() == 1) return ::send(fd, pieces.front().iov_base, pieces.front().iov_len, MSG_NOSIGNAL);
  msghdr message{};
  // sendmsg only reads them; its interface is older than const.
  message.msg_iov = const_cast<iovec*>(pieces.data());
  message.msg_iovlen = std::min(pieces.size(), kMostPieces);
  return ::sendmsg(fd, &message, MSG_NOSIGNAL);
}

}  // namespace

void Transport::FreeTls::operator()(ssl_st* tls) const {
  SSL_free(tls);
}

Transport::Transport(boost::asio::io_context& context, int fd) : socket_(context) {
  boost::system::error_code error;
  socket_.assign(boost::asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), fd, error);
  if (error) {
    ::close(fd);
    return;
  }
  socket_.native_non_blocking(true, error);
}

Transport::Transport(boost::asio::io_context& context, int fd, TlsContext& tls) : Transport(context, fd) {
  tls_.reset(tls.new_connection());
  // Without TLS memory there is no connection: never fall back to clear text.
  const bool is_ready = tls_ && SSL_set_fd(tls_.get(), fd) == 1;
  if (is_ready) {
    SSL_set_accept_state(tls_.get());
  } else {
    close();
  }
}

Transport::Transport(Transport&&) noexcept = default;
Transport& Transport::operator=(Transport&&) noexcept = default;
Transport::~Transport() = default;

boost::asio::awaitable<bool> Transport::handshake() {
  if (!is_open()) co_return false;
  while (tls_) {
    ERR_clear_error();
    const int done = SSL_do_handshake(tls_.get());
    if (done == 1) break;
    const IoStatus status = tls_status(done).status;
    if (status != IoStatus::want_read && status != IoStatus::want_write) co_return false;
    if (!co_await wait(status == IoStatus::want_read ? Want::read : Want::write)) co_return false;
  }
  co_return true;
}

IoResult Transport::read(std::span<char> into) {
  if (!is_open()) return {0, IoStatus::failed};
  return tls_ ? read_tls(into) : read_plain(into);
}

IoResult Transport::read_tls(std::span<char> into) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int done = SSL_read_ex(tls_.get(), into.data(), into.size(), &bytes);
  return done == 1 ? IoResult{bytes, IoStatus::ok} : tls_status(done);
}

IoResult Transport::read_plain(std::span<char> into) {
  const ssize_t got = ::recv(fd(), into.data(), into.size(), 0);
  if (got > 0) return {static_cast<std::size_t>(got), IoStatus::ok};
  if (got == 0) return {0, IoStatus::closed};
  return failed_with(errno, IoStatus::want_read);
}

IoResult Transport::write(std::span<const iovec> pieces) {
  if (!is_open()) return {0, IoStatus::failed};
  return tls_ ? write_tls(pieces) : write_plain(pieces);
}

IoResult Transport::write_plain(std::span<const iovec> pieces) {
  const ssize_t sent = send_pieces(fd(), pieces);
  if (sent >= 0) return {static_cast<std::size_t>(sent), IoStatus::ok};
  return failed_with(errno, IoStatus::want_write);
}

IoResult Transport::write_tls(std::span<const iovec> pieces) {
  std::array<char, kTlsRecordBytes> record;
  const std::size_t size = gather(pieces, record);
  if (size == 0) return {0, IoStatus::ok};
  ERR_clear_error();
  std::size_t bytes = 0;
  const int done = SSL_write_ex(tls_.get(), record.data(), size, &bytes);
  const IoResult result = done == 1 ? IoResult{bytes, IoStatus::ok} : tls_status(done);
  // A record that waits stays as long as it was made, also when more is offered in the meantime.
  const bool waits = result.status == IoStatus::want_read || result.status == IoStatus::want_write;
  if (!waits) must_repeat_ = 0;
  if (waits && must_repeat_ == 0) must_repeat_ = size;
  return result;
}

IoResult Transport::tls_status(int returned) {
  switch (SSL_get_error(tls_.get(), returned)) {
    case SSL_ERROR_WANT_READ:
      return {0, IoStatus::want_read};
    case SSL_ERROR_WANT_WRITE:
      return {0, IoStatus::want_write};
    case SSL_ERROR_ZERO_RETURN:
      return {0, IoStatus::closed};
    default:
      return {0, IoStatus::failed};
  }
}

boost::asio::awaitable<bool> Transport::wait(Want want) {
  // A socket of nobody's loop answers with an error, as a closed one does.
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(bool)>(
      [this, want](auto handler) {
        socket_.async_wait(want == Want::read ? Socket::wait_read : Socket::wait_write,
                           [handler = std::move(handler)](const boost::system::error_code& error) mutable {
                             std::move(handler)(!error);
                           });
      },
      boost::asio::use_awaitable);
}

boost::asio::awaitable<bool> Transport::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    const IoResult result = write({&piece, 1});
    if (result.status == IoStatus::ok) {
      bytes.remove_prefix(result.bytes);
      continue;
    }
    if (result.status != IoStatus::want_read && result.status != IoStatus::want_write) co_return false;
    if (!co_await wait(result.status == IoStatus::want_read ? Want::read : Want::write)) co_return false;
  }
  co_return true;
}

void Transport::cancel_waits() {
  boost::system::error_code ignored;
  if (socket_.is_open()) socket_.cancel(ignored);
}

void Transport::leave_loop() {
  boost::system::error_code error;
  if (!socket_.is_open()) return;
  const int fd = socket_.release(error);
  if (!error) outside_ = OutsideSocket(fd);
}

// Not every socket is one of TCP, so what it answers is not looked at: this only bounds what the system keeps.
void Transport::limit_unsent(std::size_t bytes) {
  const auto most = static_cast<int>(std::min<std::size_t>(bytes, std::numeric_limits<int>::max()));
  if (is_open()) (void)::setsockopt(fd(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most, sizeof most);
}

void Transport::make_room_for_last_words() {
  limit_unsent(std::numeric_limits<int>::max());
}

void Transport::OutsideSocket::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void Transport::finish_writing() {
  if (!is_open()) return;
  if (tls_ && SSL_is_init_finished(tls_.get()) == 1) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
  }
  ::shutdown(fd(), SHUT_WR);
}

void Transport::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  outside_.close();
}

}  // namespace kith::runtime
