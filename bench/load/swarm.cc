#include "load/swarm.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace kith::load {
namespace {

// Ports of one address run out, so clients come from 127.0.1.1, 127.0.1.2 ...
constexpr std::size_t kClientsPerAddress = 10'000;
constexpr std::uint32_t kFirstAddress = 0x7f000101;

[[noreturn]] void give_up(const char* what) {
  throw std::runtime_error(std::string("load: ") + what);
}

}  // namespace

Swarm::Swarm(std::uint16_t port, std::size_t count)
    : port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)), clients_(count), scratch_(256 * 1024, '\0') {
  if (epoll_ < 0) give_up("epoll_create1");
}

Swarm::~Swarm() {
  for (Client& client : clients_)
    if (client.fd >= 0) ::close(client.fd);
  ::close(epoll_);
}

void Swarm::connect_all(std::size_t at_once, std::chrono::seconds at_most) {
  std::size_t begun = 0;
  auto everybody_is_there = [&] {
    while (begun < size() && begun < ready_ + lost_ + at_once) connect(begun++);
    return ready_ + lost_ >= size();
  };
  if (!run_until(everybody_is_there, at_most))
    throw std::runtime_error(fmt::format("only {} of {} could connect in time", ready_, size()));
  if (lost_ > 0) throw std::runtime_error(fmt::format("{} of {} were hung up on while they came", lost_, size()));
}

void Swarm::connect(std::size_t index) {
  Client& client = clients_[index];
  client = Client{.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), .waits_for_room = true};
  if (client.fd < 0) give_up("socket");
  int yes = 1;
  ::setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::setsockopt(client.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (const int room = receive_room(index); room > 0)
    ::setsockopt(client.fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(kFirstAddress + static_cast<std::uint32_t>(index / kClientsPerAddress));
  if (::bind(client.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) give_up("bind");
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Whether it came about is seen in the next turn.
  (void)::connect(client.fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
  epoll_event event{.events = EPOLLIN | EPOLLOUT, .data = {.u64 = index}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &event);
}

void Swarm::watch(std::size_t index) {
  const Client& client = clients_[index];
  epoll_event event{.events = (client.reads_nothing ? 0U : EPOLLIN) | (client.waits_for_room ? EPOLLOUT : 0U),
                    .data = {.u64 = index}};
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, client.fd, &event);
}

void Swarm::read_nothing(std::size_t index) {
  clients_[index].reads_nothing = true;
  if (clients_[index].fd >= 0) watch(index);
}

void Swarm::read_again(std::size_t index) {
  clients_[index].reads_nothing = false;
  if (clients_[index].fd >= 0) watch(index);
}

void Swarm::set_ready(std::size_t index) {
  if (!std::exchange(clients_[index].is_ready, true)) ++ready_;
}

void Swarm::send(std::size_t index, std::string_view bytes) {
  Client& client = clients_[index];
  if (client.fd < 0) return;
  if (client.unsent.empty()) {
    ssize_t sent = ::send(client.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  if (bytes.empty()) return;
  client.unsent += bytes;
  if (std::exchange(client.waits_for_room, true)) return;
  watch(index);
}

void Swarm::became_writable(std::size_t index) {
  Client& client = clients_[index];
  if (!std::exchange(client.is_connected, true)) connected(index);
  std::string rest = std::exchange(client.unsent, {});
  if (!rest.empty()) send(index, rest);
  if (!client.unsent.empty() || client.fd < 0 || !std::exchange(client.waits_for_room, false)) return;
  watch(index);
}

void Swarm::read_from(std::size_t index) {
  ssize_t got = ::recv(clients_[index].fd, scratch_.data(), scratch_.size(), 0);
  if (got > 0) return received(index, std::string_view(scratch_.data(), static_cast<std::size_t>(got)));
  if (got < 0 && errno == EAGAIN) return;
  lose(index);
}

void Swarm::lose(std::size_t index) {
  Client& client = clients_[index];
  if (std::exchange(client.is_ready, false)) --ready_;
  ::close(std::exchange(client.fd, -1));
  if (tries_again(index)) return connect(index);
  ++lost_;
  ended(index);
}

void Swarm::turn(std::chrono::nanoseconds at_most) {
  std::array<epoll_event, 1024> ready;
  timespec time{at_most.count() / 1'000'000'000, at_most.count() % 1'000'000'000};
  int count = ::epoll_pwait2(epoll_, ready.data(), ready.size(), &time, nullptr);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = ready[static_cast<std::size_t>(i)];
    const Client& client = clients_[event.data.u64];
    // Refused, or the server died: there is nothing to read, whatever is wanted.
    const bool is_over = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    if (is_over && (!client.is_connected || client.reads_nothing)) {
      lose(event.data.u64);
      continue;
    }
    if ((event.events & EPOLLOUT) != 0) became_writable(event.data.u64);
    if ((event.events & ~EPOLLOUT) != 0 && client.fd >= 0 && !client.reads_nothing) read_from(event.data.u64);
  }
}

void Swarm::run_for(std::chrono::nanoseconds time) {
  for (auto until = Clock::now() + time; Clock::now() < until;) turn(std::chrono::milliseconds(5));
}

bool Swarm::run_until(const std::function<bool()>& is_done, std::chrono::seconds at_most) {
  for (auto until = Clock::now() + at_most; !is_done(); turn(std::chrono::milliseconds(5)))
    if (Clock::now() > until) return false;
  return true;
}

WebSocketSwarm::WebSocketSwarm(std::uint16_t port, std::size_t count)
    : Swarm(port, count), is_upgraded_(count), frames_(count) {}

void WebSocketSwarm::connected(std::size_t client) {
  is_upgraded_[client] = false;
  frames_[client] = ServerFrames();
  const std::string spoken = subprotocol();
  send(client,
       fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{}\r\n",
                   target(client), spoken.empty() ? spoken : fmt::format("Sec-WebSocket-Protocol: {}\r\n", spoken)));
}

void WebSocketSwarm::say(std::size_t client, std::string_view text) {
  frame_.clear();
  append_client_frame(frame_, 0x81, text);
  send(client, frame_);
}

// A handshake answer comes in one piece over loopback.
bool WebSocketSwarm::finish_upgrade(std::size_t client, std::string_view& bytes) {
  if (!bytes.starts_with("HTTP/1.1 101")) give_up("the server did not upgrade");
  std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) give_up("the answer to a handshake came in pieces");
  bytes.remove_prefix(end + 4);
  is_upgraded_[client] = true;
  upgraded(client);
  return !bytes.empty();
}

void WebSocketSwarm::received(std::size_t client, std::string_view bytes) {
  if (!is_upgraded_[client] && !finish_upgrade(client, bytes)) return;
  frames_[client].add(bytes);
  while (auto frame = frames_[client].next()) {
    if (frame->opcode == Opcode::text) heard(client, frame->payload);
    if (frame->opcode == Opcode::ping) send(client, client_frame(Opcode::pong, frame->payload));
    if (frame->opcode == Opcode::close) said_goodbye(client, frame->payload);
  }
}

void WebSocketSwarm::said_goodbye(std::size_t client, std::string_view payload) {
  std::uint16_t code = 0;
  for (const char byte : payload.substr(0, 2))
    code = static_cast<std::uint16_t>(code << 8 | static_cast<unsigned char>(byte));
  told_goodbye(client, code);
  send(client, client_frame(Opcode::close, payload.substr(0, 2)));
}

void HttpSwarm::request(std::size_t client, std::string_view method, std::string_view target, std::string_view bearer,
                        std::string_view json) {
  line_.clear();
  fmt::format_to(std::back_inserter(line_), "{} {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n", method,
                 target, json.size());
  if (!json.empty()) line_ += "Content-Type: application/json\r\n";
  if (!bearer.empty()) fmt::format_to(std::back_inserter(line_), "Authorization: Bearer {}\r\n", bearer);
  line_ += "\r\n";
  line_ += json;
  send(client, line_);
}

void HttpSwarm::received(std::size_t client, std::string_view bytes) {
  std::string& partial = partial_[client];
  partial += bytes;
  std::size_t head = partial.find("\r\n\r\n");
  if (head == std::string::npos) return;
  std::size_t length = 0;
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  if (std::size_t at = partial.find(kLength); at < head)
    std::from_chars(partial.data() + at + kLength.size(), partial.data() + head, length);
  if (partial.size() < head + 4 + length) return;
  int status = 0;
  std::from_chars(partial.data() + 9, partial.data() + 12, status);
  std::string whole = std::exchange(partial, {});
  answered(client, status, std::string_view(whole).substr(head + 4, length));
}

}  // namespace kith::load
