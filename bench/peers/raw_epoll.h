// The limit that nobody can beat: rooms on bare epoll, without a queue, a limit, a fragment, a goodbye or any other
// safety.
#pragma once

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

#include "peers/accept_rooms.h"

namespace kith::bench {

enum class RawEcho : std::uint8_t { to_others, to_all };

[[noreturn]] inline void serve_raw_epoll(int listening, RawEcho echo) {
  int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::mutex mutex;  // guards rooms and room_of while people come in
  std::vector<std::vector<int>> rooms;
  std::vector<std::uint32_t> room_of;
  auto door = open_door(listening, [&](int fd, std::uint32_t room) {
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    std::lock_guard lock(mutex);
    if (rooms.size() <= room) rooms.resize(room + 1);
    if (room_of.size() <= static_cast<std::size_t>(fd)) room_of.resize(static_cast<std::size_t>(fd) + 1);
    rooms[room].push_back(fd);
    room_of[static_cast<std::size_t>(fd)] = room;
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  });
  std::array<epoll_event, 256> ready;
  std::array<char, 64 * 1024> in, out;
  for (;;) {
    int count = ::epoll_wait(epoll, ready.data(), ready.size(), -1);
    std::lock_guard lock(mutex);
    for (int i = 0; i < count; ++i) {
      int fd = ready[static_cast<std::size_t>(i)].data.fd;
      ssize_t got = ::recv(fd, in.data(), in.size(), 0);
      if (got <= 0) {
        ::epoll_ctl(epoll, EPOLL_CTL_DEL, fd, nullptr);
        continue;
      }
      std::size_t used = 0;
      for (char* frame = in.data(); frame + 6 <= in.data() + got;) {
        std::size_t length = static_cast<unsigned char>(frame[1]) & 0x7fU, head = 2;
        if (length == 126) {
          length = static_cast<std::size_t>(static_cast<unsigned char>(frame[2]) << 8 |
                                            static_cast<unsigned char>(frame[3]));
          head = 4;
        }
        const char* mask = frame + head;
        std::memcpy(out.data() + used, frame, head);
        out[used + 1] = static_cast<char>(out[used + 1] & 0x7f);
        for (std::size_t at = 0; at < length; ++at)
          out[used + head + at] = static_cast<char>(mask[4 + at] ^ mask[at % 4]);
        used += head + length;
        frame += head + 4 + length;
      }
      for (int other : rooms[room_of[static_cast<std::size_t>(fd)]])
        if (other != fd || echo == RawEcho::to_all) (void)!::send(other, out.data(), used, MSG_NOSIGNAL);
    }
  }
}

}  // namespace kith::bench
