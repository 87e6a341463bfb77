// For tests: the other end of a live connection, and the few JSON fields that tests look at.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "realtime/client_frames.h"

namespace kith {

// The value of the first `"name":`, without quotes; nested objects and lists are not for this.
inline std::string json_field(std::string_view json, std::string_view name) {
  std::string key = "\"" + std::string(name) + "\":";
  std::size_t at = json.find(key);
  if (at == std::string_view::npos) return {};
  std::string_view value = json.substr(at + key.size());
  bool is_text = value.starts_with('"');
  if (is_text) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of(is_text ? "\"" : ",}]")));
}
inline std::int64_t json_number(std::string_view json, std::string_view name) {
  std::string value = json_field(json, name);
  std::int64_t number = -1;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

class TestClient {
 public:
  // The second is for the house.
  static std::pair<TestClient, int> connected() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    return {TestClient(ends[0]), ends[1]};
  }
  // The same through TCP over loopback, where the system behaves as it does with people who are far away.
  static std::pair<TestClient, int> connected_by_tcp() {
    const int door = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
              client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* named = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    const bool is_open =
        ::bind(door, named, size) == 0 && ::listen(door, 1) == 0 && ::getsockname(door, named, &size) == 0;
    if (!is_open || ::connect(client, named, size) != 0) std::abort();
    const int house = ::accept4(door, nullptr, nullptr, SOCK_CLOEXEC);
    ::close(door);
    return {TestClient(client), house};
  }
  explicit TestClient(int fd) : fd_(fd) {}
  TestClient(TestClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), frames_(std::move(other.frames_)) {}
  TestClient& operator=(TestClient&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(frames_, other.frames_);
    return *this;
  }
  ~TestClient() { hang_up(); }

  // The socket is somebody else's from now on.
  int give_away() { return std::exchange(fd_, -1); }
  void hang_up() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  // Says nothing more, but still listens.
  void finish() { ::shutdown(fd_, SHUT_WR); }
  void send_bytes(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void say(std::string_view json) { send_bytes(client_frame(Opcode::text, json)); }

  struct Frame {
    Opcode opcode = Opcode::text;
    std::string payload;
  };
  // Nothing when the time is over or the connection is gone.
  std::optional<Frame> next_frame(std::chrono::milliseconds at_most = std::chrono::seconds(5)) {
    auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
      if (auto frame = frames_.next()) return Frame{frame->opcode, std::string(frame->payload)};
      auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      pollfd ready{fd_, POLLIN, 0};
      if (fd_ < 0 || left.count() < 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return std::nullopt;
      char bytes[16 * 1024];
      ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
      if (got <= 0) {
        is_gone_ = true;
        return std::nullopt;
      }
      frames_.add({bytes, static_cast<std::size_t>(got)});
    }
  }
  // The next text message; empty when there is none. Close frames are remembered.
  std::string hear(std::chrono::milliseconds at_most = std::chrono::seconds(5)) {
    while (auto frame = next_frame(at_most)) {
      if (frame->opcode == Opcode::text) return std::move(frame->payload);
      if (frame->opcode != Opcode::close) continue;
      send_bytes(client_frame(Opcode::close, frame->payload));
      if (frame->payload.size() >= 2)
        close_code = static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
    }
    return {};
  }
  // The next message of this type, skipping others.
  std::string hear_type(std::string_view type, std::chrono::milliseconds at_most = std::chrono::seconds(5)) {
    for (;;) {
      std::string json = hear(at_most);
      if (json.empty() || json_field(json, "type") == type) return json;
    }
  }
  // Hears everything until the connection ends, and says which code was given.
  int hear_the_end() {
    while (!hear().empty()) {
    }
    return close_code;
  }
  [[nodiscard]] bool is_gone() const { return is_gone_; }

  int close_code = 0;

 private:
  int fd_;
  ServerFrames frames_;
  bool is_gone_ = false;
};

}  // namespace kith
