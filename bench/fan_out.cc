// How many deliveries one second of processor time buys: 10,000 connections in rooms of three, 300 rooms with one
// message of 120 bytes going round in each. The same load, in the same run, against bare epoll (the limit), npm ws,
// socket.io, uWebSockets.js and the house: its transport alone, the hub with JSON, session and rights, and the same
// with every message kept by the store in memory. Only what carries the message is counted as a delivery.
//
// What is compared does equal work. Transport alone, bare epoll, ws and uWebSockets.js: one message comes in and goes
// out to the two others, two deliveries. The hub and socket.io: one message comes in, all three of the room receive it,
// the writer as well, three deliveries, and the writer is told that it was taken (`kept`; an acknowledgement), which is
// counted on its own and must be a third of the deliveries. The hub parses and writes JSON with seq, author and time
// and asks for the right of each receiver; socket.io passes the text on.
//
// Arguments: seconds per server (3), connections (9,999), the folder of the peers' node_modules (bench), and the names
// of those to measure with commas between them (all).
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "load/figure.h"
#include "load/server_process.h"
#include "load/swarm.h"
#include "peers/kith_hub.h"
#include "peers/kith_transport.h"
#include "peers/raw_epoll.h"

namespace kith::bench {
namespace {

constexpr std::size_t kRoomSize = 3;
constexpr std::size_t kActiveRooms = 300;
constexpr std::size_t kMessageBytes = 120;

// Everybody in rooms; who hears the one before her says the next.
class Rooms : public load::WebSocketSwarm {
 public:
  using WebSocketSwarm::WebSocketSwarm;

  void begin_talking() {
    std::size_t rooms = size() / kRoomSize;
    for (std::size_t i = 0; i < kActiveRooms; ++i) talk(i * rooms / kActiveRooms * kRoomSize);
  }
  [[nodiscard]] std::uint64_t delivered() const { return delivered_; }
  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }

 protected:
  virtual void talk(std::size_t client) { say(client, fmt::format("~{:08x}{:.<{}}", client, "", kMessageBytes - 9)); }
  void count_delivery() { ++delivered_; }
  void count_acknowledgement() { ++acknowledged_; }
  // `from` is somebody else of the room.
  void answer(std::size_t client, std::size_t from) {
    bool is_next = (from % kRoomSize + 1) % kRoomSize == client % kRoomSize;
    if (is_next) talk(client);
  }
  [[nodiscard]] std::string target(std::size_t client) const override {
    return fmt::format("/?room={}", client / kRoomSize);
  }
  void upgraded(std::size_t client) override { set_ready(client); }
  void heard(std::size_t client, std::string_view text) override {
    std::size_t at = text.find('~');
    if (at == std::string_view::npos || text.size() < at + 9) return;
    std::size_t from = std::strtoul(std::string(text.substr(at + 1, 8)).c_str(), nullptr, 16);
    count_delivery();
    if (from != client) answer(client, from);
  }

 private:
  std::uint64_t delivered_ = 0;
  std::uint64_t acknowledged_ = 0;
};

// The same in socket.io's protocol, version 4 over Engine.IO 4; every message asks for an acknowledgement.
class SocketIoRooms : public Rooms {
 public:
  using Rooms::Rooms;

 protected:
  [[nodiscard]] std::string target(std::size_t) const override { return "/socket.io/?EIO=4&transport=websocket"; }
  void upgraded(std::size_t) override {}
  void talk(std::size_t client) override {
    say(client, fmt::format(R"(427["m","~{:08x}{:.<{}}"])", client, "", kMessageBytes - 9));
  }
  void heard(std::size_t client, std::string_view text) override {
    if (text == "2") return say(client, "3");
    if (text.starts_with("0{")) return say(client, "40");
    if (text.starts_with("40")) return say(client, fmt::format(R"(42["join","r{}"])", client / kRoomSize));
    if (text.starts_with(R"(42["joined")")) return set_ready(client);
    if (text.starts_with("43")) return count_acknowledgement();
    Rooms::heard(client, text);
  }
};

// The same in the protocol of docs/live.md: a message is kept, and reaches all three as an event.
class HubRooms : public Rooms {
 public:
  using Rooms::Rooms;

 protected:
  void upgraded(std::size_t client) override {
    say(client, fmt::format(R"({{"type":"hello","since":null,"token":"{}"}})", token_of_room(room_of(client))));
  }
  void talk(std::size_t client) override {
    std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    say(client,
        fmt::format(R"({{"type":"write","id":"{}","text":"~{:08x}{:.<{}}"}})", id, client, "", kMessageBytes - 9));
  }
  void heard(std::size_t client, std::string_view text) override {
    if (text.starts_with(R"({"type":"caught_up")")) return set_ready(client);
    if (text.starts_with(R"({"type":"kept")")) return count_acknowledgement();
    if (text.find(R"("event":"entry_added")") != std::string_view::npos) Rooms::heard(client, text);
  }

 private:
  static std::uint32_t room_of(std::size_t client) { return static_cast<std::uint32_t>(client / kRoomSize); }
  SystemClock clock_;
  SeededRandom random_{1};
};

struct Setting {
  double seconds = 3;
  std::size_t connections = 9'999;
  std::string peers;
  std::string only;  // names with commas around them; empty: all
};

// What was measured so far, by name.
class Figures {
 public:
  explicit Figures(Setting setting) : setting_(std::move(setting)) {}

  template <class Load>
  void fork(const std::string& name, const std::function<void(int listening)>& serve) {
    if (!is_wanted(name)) return;
    auto server = load::ServerProcess::fork_off(serve);
    figures_[name] = measure<Load>(name, server);
  }
  template <class Load>
  void node(const std::string& name, const std::string& script) {
    if (!is_wanted(name)) return;
    auto server = load::ServerProcess::run({"node", setting_.peers + "/peers/" + script});
    figures_[name] = measure<Load>(name, server);
  }
  void ratio(const std::string& a, const std::string& b, std::string_view target = {}) const {
    auto above = figures_.find(a), below = figures_.find(b);
    if (above == figures_.end() || below == figures_.end()) return;
    load::print_figure(fmt::format("fan_out.{}/{}", a, b), above->second / below->second, "times", target);
  }

 private:
  [[nodiscard]] bool is_wanted(const std::string& name) const {
    return setting_.only.empty() || setting_.only.contains("," + name + ",");
  }
  template <class Load>
  double measure(const std::string& name, const load::ServerProcess& server) const;

  Setting setting_;
  std::map<std::string, double> figures_;
};

template <class Load>
double Figures::measure(const std::string& name, const load::ServerProcess& server) const {
  auto print = [&](std::string_view what, double value, std::string_view unit) {
    load::print_figure(fmt::format("fan_out.{}{}", name, what), value, unit);
  };
  Load swarm(server.port(), setting_.connections);
  double empty_bytes = server.anonymous_bytes();
  swarm.connect_all();
  swarm.run_for(std::chrono::milliseconds(300));
  double idle_bytes = server.anonymous_bytes() - empty_bytes;
  print(".idle_bytes", idle_bytes / static_cast<double>(setting_.connections), "bytes/connection");
  swarm.begin_talking();
  swarm.run_for(std::chrono::milliseconds(700));
  auto begin = load::Clock::now();
  double cpu = server.cpu_seconds();
  std::uint64_t delivered = swarm.delivered();
  swarm.run_for(std::chrono::milliseconds(static_cast<int>(setting_.seconds * 1000)));
  double figure = static_cast<double>(swarm.delivered() - delivered) / (server.cpu_seconds() - cpu);
  double wall = std::chrono::duration<double>(load::Clock::now() - begin).count();
  print("", figure, "deliveries/CPU s");
  print(".cores", (server.cpu_seconds() - cpu) / wall, "cores used");
  if (swarm.acknowledged() > 0)
    print(".acknowledged", static_cast<double>(swarm.acknowledged()) / static_cast<double>(swarm.delivered()),
          "per delivery");
  if (swarm.lost() > 0) print(".lost", static_cast<double>(swarm.lost()), "connections");
  return figure;
}

void run(const Setting& setting) {
  auto rooms = static_cast<std::uint32_t>(setting.connections / kRoomSize);
  Figures figures(setting);
  figures.fork<Rooms>("kith_transport", serve_kith_transport);
  figures.fork<Rooms>("raw_epoll", [](int listening) { serve_raw_epoll(listening); });
  figures.fork<HubRooms>("kith_hub", [=](int door) { serve_kith_hub(door, rooms, HubDoor::fans_out); });
  figures.fork<HubRooms>("kith_hub_and_store", [=](int door) { serve_kith_hub(door, rooms, HubDoor::keeps); });
  // uWebSockets in C++ is not to be had as a package; where both were measured side by side it reached 0.89-0.92 of
  // bare epoll, so 0.75 of it is 0.69 of bare epoll.
  figures.ratio("kith_transport", "raw_epoll", "at least 0.69 (0.75 of uWebSockets)");
  if (!std::filesystem::exists(setting.peers + "/node_modules/ws")) {
    std::puts("fan_out: the Node peers are not installed; bench/run.sh installs them");
    return;
  }
  figures.node<Rooms>("npm_ws", "ws_rooms.mjs");
  figures.node<SocketIoRooms>("socket_io", "socket_io_rooms.mjs");
  figures.node<Rooms>("uws_js", "uws_rooms.mjs");
  figures.ratio("kith_transport", "uws_js");
  figures.ratio("kith_transport", "npm_ws");
  figures.ratio("kith_hub", "socket_io", "at least 3");
}

}  // namespace
}  // namespace kith::bench

int main(int count, char** arguments) {
  kith::bench::Setting setting;
  if (count > 1) setting.seconds = std::atof(arguments[1]);
  if (count > 2) setting.connections = std::strtoul(arguments[2], nullptr, 10) / 3 * 3;
  setting.peers = count > 3 ? arguments[3] : "bench";
  if (count > 4) setting.only = fmt::format(",{},", arguments[4]);
  kith::bench::run(setting);
  return 0;
}
