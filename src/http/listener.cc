#include "http/listener.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/proxy.h"
#include "runtime/spawn.h"

namespace kith::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr int kBacklog = 1'024;
constexpr std::size_t kMostAtOnce = 64;
constexpr std::chrono::milliseconds kPauseWithoutFiles{100};

std::string numeric_address(const sockaddr_storage& peer) {
  char text[INET6_ADDRSTRLEN] = "";
  if (peer.ss_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
    return text;
  }
  const in6_addr& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    inet_ntop(AF_INET, address.s6_addr + 12, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, &address, text, sizeof text);
  }
  return text;
}

std::unexpected<Error> cannot_listen(const std::string& address, std::uint16_t port, const std::string& why) {
  return fail(Errc::unavailable, "cannot listen on " + address + " port " + std::to_string(port) + ": " + why);
}

}  // namespace

Listener::Listener(runtime::IoThreads& io, runtime::ConnectionSlots& slots, const Engine& engine,
                   ListenerOptions options)
    : io_(io),
      slots_(slots),
      engine_(engine),
      options_(std::move(options)),
      acceptor_(io.at(0).context()),
      pause_(io.at(0).context()) {
  for (std::size_t i = 0; i < io_.count(); ++i) lists_.push_back(std::make_unique<SessionList>());
}

Listener::~Listener() {
  stop(std::chrono::milliseconds(0));
}

Result<void> Listener::open() {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(options_.address, error);
  if (error) return cannot_listen(options_.address, options_.port, "this is not a numeric address");
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(kBacklog, error);
  if (!error) acceptor_.native_non_blocking(true, error);
  if (error) return cannot_listen(options_.address, options_.port, error.message());
  port_ = acceptor_.local_endpoint(error).port();
  return {};
}

void Listener::start() {
  started_ = true;
  running_begins();
  auto loop = [](Listener* self) -> asio::awaitable<void> {
    co_await self->accept_loop();
    self->running_ended();
  };
  runtime::spawn(io_.at(0).context(), engine_.log, "accept", loop(this));
}

asio::awaitable<void> Listener::accept_loop() {
  while (acceptor_.is_open()) {
    const auto [failure] = co_await acceptor_.async_wait(tcp::acceptor::wait_read, asio::as_tuple(asio::use_awaitable));
    if (failure && !acceptor_.is_open()) break;
    std::size_t accepted = 0;
    while (acceptor_.is_open() && accepted < kMostAtOnce && accept_one()) ++accepted;
    if (!is_out_of_files_) continue;
    // Waiting clients stay in the backlog; there is no use in asking again at once.
    is_out_of_files_ = false;
    pause_.expires_after(kPauseWithoutFiles);
    co_await pause_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

bool Listener::accept_one() {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  const int fd =
      ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) {
    hand_over(fd, numeric_address(peer));
    return true;
  }
  if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO) return true;
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    is_out_of_files_ = true;
    engine_.log.error("cannot_accept", {{"detail", std::strerror(errno)}});
  }
  return false;
}

void Listener::hand_over(int fd, std::string remote_address) {
  auto slot = is_trusted_proxy(remote_address, engine_.trusted_proxies) ? slots_.take_for_proxy()
                                                                        : slots_.take(network_of(remote_address));
  if (!slot) {
    engine_.metrics.refused.count(slot.error(), engine_.clock, engine_.log);
    ::close(fd);
    return;
  }
  const int yes = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const std::size_t index = turn_++ % io_.count();
  running_begins();
  auto serve = [](Listener* self, std::size_t thread, Incoming incoming) -> asio::awaitable<void> {
    co_await serve_connection(std::move(incoming), self->io_.at(thread), *self->lists_[thread], self->engine_);
    self->running_ended();
  };
  auto begin = [this, index, serve, fd, address = std::move(remote_address), slot = std::move(*slot)]() mutable {
    auto& io = io_.at(index);
    auto transport = options_.tls != nullptr ? runtime::Transport(io.context(), fd, *options_.tls)
                                             : runtime::Transport(io.context(), fd);
    Incoming incoming{std::move(transport), std::move(address), std::move(slot)};
    runtime::spawn(io.context(), engine_.log, "http_connection", serve(this, index, std::move(incoming)));
  };
  asio::post(io_.at(index).context(), std::move(begin));
}

void Listener::running_begins() {
  std::lock_guard lock(mutex_);
  ++running_;
}

void Listener::running_ended() {
  std::lock_guard lock(mutex_);
  if (--running_ == 0) none_running_.notify_all();
}

bool Listener::finish(std::chrono::milliseconds within) {
  if (!started_) return true;
  if (!std::exchange(finishing_, true)) {
    on_thread(0, [this] {
      boost::system::error_code ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    });
    on_every_list([](SessionList& list) { list.finish_all(); });
  }
  std::unique_lock lock(mutex_);
  return none_running_.wait_for(lock, within, [this] { return running_ == 0; });
}

void Listener::stop(std::chrono::milliseconds within) {
  if (std::exchange(stopped_, true) || finish(within)) return;
  on_every_list([](SessionList& list) { list.close_all(); });
  std::unique_lock lock(mutex_);
  // What still runs has lost its connection and ends as soon as the store or a worker has answered it.
  none_running_.wait(lock, [this] { return running_ == 0; });
}

void Listener::on_every_list(void (*act)(SessionList&)) {
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    on_thread(i, [act, list = lists_[i].get()] { act(*list); });
  }
}

// Counted as running, so that nothing is left to do when stop() returns.
void Listener::on_thread(std::size_t index, std::function<void()> act) {
  running_begins();
  asio::post(io_.at(index).context(), [this, act = std::move(act)] {
    act();
    running_ended();
  });
}

}  // namespace kith::http
