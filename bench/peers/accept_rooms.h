// The door that the in-process servers of bench/fan_out share: a thread that takes connections, answers the handshake
// and hands them on. Only the time before everybody is there is spent here.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace kith::bench {

// `taken` is called on the door's thread with the socket and the room that ?room=N asked for.
inline std::thread open_door(int listening, std::function<void(int fd, std::uint32_t room)> taken) {
  return std::thread([listening, taken = std::move(taken)] {
    for (;;) {
      int fd = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      int yes = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      char bytes[4096];
      ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
      std::string_view request(bytes, got > 0 ? static_cast<std::size_t>(got) : 0);
      std::uint32_t room = 0;
      if (std::size_t at = request.find("room="); at != std::string_view::npos)
        std::from_chars(bytes + at + 5, bytes + got, room);
      // The load uses the key of RFC 6455's own example.
      constexpr std::string_view kAnswer =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
      if (::send(fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) > 0) taken(fd, room);
    }
  });
}

}  // namespace kith::bench
