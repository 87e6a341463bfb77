// A stream of bytes to one client, in the clear or through TLS. It works by readiness: the caller tries to read or
// write, and waits when there is nothing to do. So an idle connection holds no buffer. All on the thread of its
// io_context.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

struct ssl_st;

namespace kith::runtime {

class TlsContext;

enum class IoStatus : std::uint8_t { ok, want_read, want_write, closed, failed };

struct IoResult {
  std::size_t bytes = 0;  // may be less than asked for
  IoStatus status = IoStatus::ok;
};

enum class Want : std::uint8_t { read, write };

class Transport {
 public:
  using Socket =
      boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, boost::asio::io_context::executor_type>;

  // Takes over a connected socket of any family; makes it non-blocking.
  Transport(boost::asio::io_context& context, int fd);
  // The same through TLS; handshake() comes before anything else.
  Transport(boost::asio::io_context& context, int fd, TlsContext& tls);
  Transport(Transport&&) noexcept;
  Transport& operator=(Transport&&) noexcept;
  ~Transport();

  // False when the other side does not speak TLS as we do. True at once without TLS.
  boost::asio::awaitable<bool> handshake();

  // Never blocks. `closed`: the other side said it is done. After want_read or want_write, wait() and call again (a
  // write again with at least the first must_repeat() of the same bytes in front).
  IoResult read(std::span<char> into);
  IoResult write(std::span<const iovec> pieces);
  // Bytes of the last write that are on their way although it could not finish: TLS has made a record of them.
  [[nodiscard]] std::size_t must_repeat() const { return must_repeat_; }
  // False when the wait ended because of cancel_waits(), close() or an error. One wait per direction at a time.
  boost::asio::awaitable<bool> wait(Want want);
  // Writes everything; false when the connection is gone.
  boost::asio::awaitable<bool> write_all(std::string_view bytes);

  // Ends pending waits with false; the connection stays open.
  void cancel_waits();
  // The io_context watches this socket no more: somebody else waits for it from now on, and wait() is false at once.
  // Saves the loop an event, and the system a look, for every packet.
  void leave_loop();
  // How much the system may keep that is not even on its way to a client who reads slowly. Above that, write() waits
  // with us, where it can be counted; without it the system takes megabytes for each of them.
  void limit_unsent(std::size_t bytes);
  // Once more there is room for what little remains to be said, however slowly the client reads.
  void make_room_for_last_words();
  // Says that nothing more will be sent; reading still works.
  void finish_writing();
  void close();

  [[nodiscard]] bool is_open() const { return outside_ || socket_.is_open(); }
  [[nodiscard]] bool is_secure() const { return tls_ != nullptr; }
  [[nodiscard]] int fd() { return outside_ ? outside_.fd() : socket_.native_handle(); }

 private:
  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };
  // A socket that no io_context knows.
  class OutsideSocket {
   public:
    OutsideSocket() = default;
    explicit OutsideSocket(int fd) : fd_(fd) {}
    OutsideSocket(OutsideSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OutsideSocket& operator=(OutsideSocket&& other) noexcept {
      std::swap(fd_, other.fd_);
      return *this;
    }
    ~OutsideSocket() { close(); }
    void close();
    [[nodiscard]] int fd() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

   private:
    int fd_ = -1;
  };

  IoResult read_plain(std::span<char> into);
  IoResult read_tls(std::span<char> into);
  IoResult write_plain(std::span<const iovec> pieces);
  IoResult write_tls(std::span<const iovec> pieces);
  IoResult tls_status(int returned);

  Socket socket_;
  OutsideSocket outside_;  // after leave_loop(), instead of socket_
  std::unique_ptr<ssl_st, FreeTls> tls_;
  std::size_t must_repeat_ = 0;
};

}  // namespace kith::runtime
