// Rooms on the house's own sockets and frames, with nothing above them: what the transport alone can do.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/post.hpp>

#include "base/clock.h"
#include "base/log.h"
#include "peers/accept_rooms.h"
#include "realtime/socket_shard.h"

namespace kith::bench {

class RoomSocket : public LiveSocket {
 public:
  using Rooms = std::vector<std::vector<RoomSocket*>>;
  RoomSocket(SocketShard& shard, runtime::Transport transport, Rooms& rooms, std::uint32_t room)
      : LiveSocket(shard, std::move(transport)), rooms_(rooms), room_(room) {
    if (rooms_.size() <= room) rooms_.resize(room + 1);
    rooms_[room].push_back(this);
  }

 protected:
  void heard(std::string_view text) override {
    SharedFrame frame = share_frame(text_frame(text));
    for (RoomSocket* other : rooms_[room_])
      if (other != this) other->send(frame);
  }
  void ended() override { std::erase(rooms_[room_], this); }

 private:
  Rooms& rooms_;
  std::uint32_t room_;
};

inline void serve_kith_transport(int listening) {
  SystemClock clock;
  Log log(clock, Level::warning, Log::to_stderr());
  runtime::IoThread io(log);
  RoomSocket::Rooms rooms;
  SocketShard shard(io, SocketLimits{});
  boost::asio::post(io.context(), [&] { shard.start(); });
  auto door = open_door(listening, [&](int fd, std::uint32_t room) {
    boost::asio::post(io.context(), [&, fd, room] {
      shard.add(std::make_shared<RoomSocket>(shard, runtime::Transport(io.context(), fd), rooms, room), {});
    });
  });
  io.start();
  door.join();
}

}  // namespace kith::bench
