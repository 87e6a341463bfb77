// Many clients on one thread: connections over loopback, driven by one epoll set. What they speak is up to a subclass;
// WebSocketSwarm and HttpSwarm are below.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "realtime/client_frames.h"

namespace kith::load {

using Clock = std::chrono::steady_clock;

class Swarm {
 public:
  Swarm(std::uint16_t port, std::size_t count);
  virtual ~Swarm();
  Swarm(const Swarm&) = delete;
  Swarm& operator=(const Swarm&) = delete;

  // Connects everybody, at most `at_once` not yet ready; throws when that takes longer than `at_most`.
  void connect_all(std::size_t at_once = 200, std::chrono::seconds at_most = std::chrono::seconds(60));
  // Serves what is ready, waiting at most this long for it.
  void turn(std::chrono::nanoseconds at_most);
  void run_for(std::chrono::nanoseconds time);
  // False when the time was over first.
  bool run_until(const std::function<bool()>& is_done, std::chrono::seconds at_most = std::chrono::seconds(60));

  [[nodiscard]] std::size_t size() const { return clients_.size(); }
  [[nodiscard]] std::size_t ready() const { return ready_; }
  [[nodiscard]] std::size_t lost() const { return lost_; }  // connections that ended by themselves

 protected:
  virtual void connected(std::size_t client) = 0;
  virtual void received(std::size_t client, std::string_view bytes) = 0;
  // Whether somebody who was hung up on connects again at once and is not counted as lost.
  virtual bool tries_again(std::size_t) { return false; }
  // Her connection is gone, or did not come about; connect() makes the next one.
  virtual void ended(std::size_t) {}
  void connect(std::size_t client);
  // Bytes that the system keeps for her until she reads them; 0: as many as it likes.
  [[nodiscard]] virtual int receive_room(std::size_t) const { return 0; }
  void send(std::size_t client, std::string_view bytes);
  void set_ready(std::size_t client);
  // From now on, or no more: she takes nothing of what the server sends her.
  void read_nothing(std::size_t client);
  void read_again(std::size_t client);

 private:
  struct Client {
    int fd = -1;
    bool is_connected = false;
    bool is_ready = false;
    bool waits_for_room = false;
    bool reads_nothing = false;
    std::string unsent;
  };
  void watch(std::size_t client);
  void became_writable(std::size_t client);
  void read_from(std::size_t client);
  void lose(std::size_t client);

  std::uint16_t port_;
  int epoll_;
  std::vector<Client> clients_;
  std::string scratch_;
  std::size_t ready_ = 0;
  std::size_t lost_ = 0;
};

class WebSocketSwarm : public Swarm {
 public:
  WebSocketSwarm(std::uint16_t port, std::size_t count);
  void say(std::size_t client, std::string_view text);

 protected:
  [[nodiscard]] virtual std::string target(std::size_t client) const = 0;
  [[nodiscard]] virtual std::string subprotocol() const { return {}; }
  // Upgraded; call set_ready() now or when the greeting is done.
  virtual void upgraded(std::size_t client) = 0;
  virtual void heard(std::size_t client, std::string_view text) = 0;
  // Told why, before she is gone.
  virtual void told_goodbye(std::size_t, std::uint16_t /*code*/) {}

  void connected(std::size_t client) override;
  void received(std::size_t client, std::string_view bytes) override;

 private:
  bool finish_upgrade(std::size_t client, std::string_view& bytes);
  void said_goodbye(std::size_t client, std::string_view payload);

  std::vector<bool> is_upgraded_;
  std::vector<ServerFrames> frames_;
  std::string frame_;
};

// Keep-alive connections, one request at a time each.
class HttpSwarm : public Swarm {
 public:
  HttpSwarm(std::uint16_t port, std::size_t count) : Swarm(port, count), partial_(count) {}
  void request(std::size_t client, std::string_view method, std::string_view target, std::string_view bearer,
               std::string_view json);

 protected:
  virtual void answered(std::size_t client, int status, std::string_view body) = 0;
  void connected(std::size_t client) override { set_ready(client); }
  void received(std::size_t client, std::string_view bytes) override;

 private:
  std::vector<std::string> partial_;
  std::string line_;
};

}  // namespace kith::load
