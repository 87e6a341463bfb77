#include "realtime/socket_shard.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <span>
#include <system_error>
#include <utility>

#include <boost/asio/post.hpp>

namespace kith {
namespace {

constexpr int kMostReady = 256;
constexpr std::chrono::milliseconds kRound{1'000};  // in which everybody's deadlines are looked over once
constexpr std::size_t kMostParts = 50;
// Sockets lie far apart in memory: the ones this many places ahead are fetched while one is served.
constexpr std::size_t kAhead = 3;
// Edge-triggered, so that the system need not look at every socket again in the next turn; a socket is read until it is
// empty, and EPOLLRDHUP tells when the other side has finished behind what was read.
constexpr std::uint32_t kHears = EPOLLIN | EPOLLRDHUP | EPOLLET;

int new_epoll_set() {
  int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return fd;
}

}  // namespace

SocketShard::SocketShard(runtime::IoThread& io, SocketLimits limits)
    : io_(io),
      limits_(limits),
      epoll_(io.context(), new_epoll_set()),
      timer_(io.context()),
      now_(std::chrono::steady_clock::now()) {
  std::string ping;
  append_frame(ping, Opcode::ping, {});
  ping_ = share_frame(std::move(ping));
}

SocketShard::~SocketShard() = default;

void SocketShard::start() {
  wait_for_ready();
  wait_for_sweep();
}

void SocketShard::add(std::shared_ptr<LiveSocket> socket, std::string early_bytes) {
  LiveSocket& added = *socket;
  added.index_ = static_cast<std::uint32_t>(sockets_.size());
  sockets_.push_back(std::move(socket));
  count_.store(sockets_.size(), std::memory_order_relaxed);
  added.transport_.leave_loop();
  added.transport_.limit_unsent(limits_.unsent_bytes);
  epoll_event event{.events = kHears, .data = {.ptr = &added}};
  if (is_stopped_ || ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, added.transport_.fd(), &event) != 0)
    return added.hang_up();
  if (!early_bytes.empty()) added.take(early_bytes);
  // What TLS has decrypted already makes no socket ready.
  if (added.transport_.is_secure()) added.receive(io_.scratch(), false);
}

void SocketShard::watch(LiveSocket& socket, bool for_room) {
  for_room ? ++slow_ : --slow_;
  epoll_event event{.events = kHears | (for_room ? EPOLLOUT : 0U), .data = {.ptr = &socket}};
  ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_MOD, socket.transport_.fd(), &event);
}

void SocketShard::forget(LiveSocket& socket) {
  if (socket.waits_for_room_) --slow_;
  ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, socket.transport_.fd(), nullptr);
  std::size_t index = socket.index_;
  gone_.push_back(std::move(sockets_[index]));
  if (index + 1 != sockets_.size()) {
    sockets_[index] = std::move(sockets_.back());
    sockets_[index]->index_ = static_cast<std::uint32_t>(index);
  }
  sockets_.pop_back();
  count_.store(sockets_.size(), std::memory_order_relaxed);
  flush_soon();
}

void SocketShard::will_flush(LiveSocket& socket) {
  dirty_.push_back(&socket);
  flush_soon();
}

void SocketShard::flush_soon() {
  if (is_serving_ || std::exchange(flush_is_posted_, true)) return;
  boost::asio::post(io_.context(), [this] {
    flush_is_posted_ = false;
    now_ = std::chrono::steady_clock::now();
    flush();
  });
}

void SocketShard::flush() {
  // Whoever is drained may send more.
  while (!dirty_.empty()) {
    std::swap(dirty_, flushing_);
    for (std::size_t i = 0; i < flushing_.size(); ++i) {
      if (i + 2 * kAhead < flushing_.size()) flushing_[i + 2 * kAhead]->fetch_for_sending();
      if (i + kAhead < flushing_.size()) flushing_[i + kAhead]->fetch_frames();
      flushing_[i]->flush();
    }
    flushing_.clear();
  }
  gone_.clear();
}

void SocketShard::wait_for_ready() {
  epoll_.async_wait(boost::asio::posix::descriptor_base::wait_read, [this](boost::system::error_code error) {
    if (error || is_stopped_) return;
    serve_ready();
    wait_for_ready();
  });
}

void SocketShard::serve_ready() {
  std::array<epoll_event, kMostReady> ready;
  int count = ::epoll_wait(epoll_.native_handle(), ready.data(), kMostReady, 0);
  now_ = std::chrono::steady_clock::now();
  is_serving_ = true;
  auto all = std::span(ready).first(static_cast<std::size_t>(std::max(count, 0)));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + kAhead < all.size()) static_cast<LiveSocket*>(all[i + kAhead].data.ptr)->fetch_for_hearing();
    auto& socket = *static_cast<LiveSocket*>(all[i].data.ptr);
    std::uint32_t events = all[i].events;
    if ((events & EPOLLOUT) != 0) socket.flush();
    if ((events & ~EPOLLOUT) != 0) socket.receive(io_.scratch(), (events & ~(EPOLLIN | EPOLLOUT)) != 0);
  }
  flush();
  is_serving_ = false;
}

void SocketShard::wait_for_sweep() {
  timer_.expires_after(kRound / static_cast<int>(parts_of_sweep()));
  timer_.async_wait([this](boost::system::error_code error) {
    if (error || is_stopped_) return;
    sweep_some(std::chrono::steady_clock::now());
    wait_for_sweep();
  });
}

std::size_t SocketShard::parts_of_sweep() const {
  return std::clamp<std::size_t>(sockets_.size() / std::max<std::size_t>(limits_.looked_over_together, 1), 1,
                                 kMostParts);
}

void SocketShard::sweep(SteadyTime now) {
  unswept_ = 0;
  do sweep_some(now);
  while (unswept_ > 0);
}

// From the back, because hanging up moves the last one, whose turn has been, to where the gone one was. Who comes
// meanwhile has her turn in the next round.
void SocketShard::sweep_some(SteadyTime now) {
  now_ = now;
  if (unswept_ == 0) unswept_ = sockets_.size();
  const std::size_t parts = parts_of_sweep();
  for (std::size_t left = (sockets_.size() + parts - 1) / parts; left > 0 && unswept_ > 0; --left) {
    unswept_ = std::min(unswept_, sockets_.size());
    if (unswept_ > 0) sockets_[--unswept_]->sweep(now);
  }
  if (unswept_ == 0) swept();
}

void SocketShard::close_all(const SharedFrame& last_words, CloseCode code, std::string_view reason) {
  for (const auto& socket : sockets_) {
    socket->send(last_words);
    socket->close(code, reason);
  }
}

void SocketShard::stop() {
  is_stopped_ = true;
  while (!sockets_.empty()) sockets_.back()->hang_up();
  flush();
  boost::system::error_code ignored;
  epoll_.cancel(ignored);
  timer_.cancel();
}

}  // namespace kith
