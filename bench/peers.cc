// How many deliveries one second of processor time buys, for Kith and for those it is compared with, all of them with
// the same workload (load/rooms.h) in one run, in turn, several rounds; the middle of the rounds counts. Everybody is
// measured twice: as fast as it goes, with a message going round in 300 rooms, and paced, with the same number of
// messages a second for all, which is below what the slowest can do. A delivery counts when it arrived; when one is
// missing, or comes twice or out of order, the bench says so and fails.
//
// Who is compared does equal work:
//
// - transport: raw_epoll (the limit), kith_transport, npm_ws, uws_js. A message comes in and goes out to the two
// others.
// - rights: kith_hub, socket_io. It comes in, all three of the room receive it, the writer as well, and she is told
// that
//   it was taken (`kept`; an acknowledgement). The hub reads and writes JSON with seq, author and time and asks for the
//   right of each receiver; socket.io passes the text on. nchan does less: to all three, no acknowledgement, no right,
//   no JSON. raw_epoll_to_all is the limit.
// - durable: kith, the real binary, where the message is also checked, indexed for search and made durable before
// anybody
//   hears it; afterwards the house is killed with -9, and everything that was said must be there and be found.
//   ejabberd: a room of its group chat, with nothing kept.
//
// Options: --seconds N (3), --rounds N (3), --connections N (9,999), --rate N messages a second when paced (1,000),
// --only NAME,NAME, --node FOLDER with the peers' node_modules (bench), --quick: 300 connections, one round of a
// second.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "load/house.h"
#include "peers/contest.h"
#include "peers/kept_check.h"
#include "peers/kith_hub.h"
#include "peers/kith_transport.h"
#include "peers/limits.h"
#include "peers/raw_epoll.h"
#include "peers/speakers.h"

namespace kith::bench {
namespace {

using load::Echo;
using load::ServerProcess;

constexpr const char* kPlain = "transport: in, and out to two others";
constexpr const char* kToAll = "transport: in, and out to all three";

template <class Speakers>
std::function<Measured()> forked(const Setting& setting, Echo echo, bool acknowledges,
                                 const std::function<void(int listening)>& serve) {
  return [=] {
    auto server = ServerProcess::fork_off(serve);
    Speakers speakers(server.port(), setting.connections, echo);
    return measure_talk(speakers, server, setting, acknowledges);
  };
}

template <class Speakers>
std::function<Measured()> node(const Setting& setting, Echo echo, bool acknowledges, const std::string& script) {
  return [=] {
    if (!std::filesystem::exists(setting.node + "/node_modules/.installed"))
      throw std::runtime_error("its packages are not installed: tools/npm_ci.sh bench");
    auto server = ServerProcess::run({"node", setting.node + "/peers/" + script});
    Speakers speakers(server.port(), setting.connections, echo);
    return measure_talk(speakers, server, setting, acknowledges);
  };
}

std::string last_lines(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string all((std::istreambuf_iterator<char>(in)), {});
  std::ranges::replace(all, '\n', ' ');
  std::ranges::replace(all, '|', '/');
  return all.size() > 300 ? all.substr(all.size() - 300) : all;
}

// A server from Debian, started by a script that gets a folder of its own and a port.
template <class Speakers>
std::function<Measured()> scripted(const Setting& setting, const std::string& program, const std::string& script) {
  return [=] {
    const std::string found = fmt::format("command -v {} >/dev/null 2>&1", program);
    if (std::system(found.c_str()) != 0)
      throw std::runtime_error(program + " is not installed: tools/install_packages.sh peers");
    const auto folder = load::bench_folder() / fmt::format("{}-{}", program, ::getpid());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::uint16_t port = 0;
    ::close(load::listen_on_loopback(port));
    try {
      Measured measured;
      {
        auto server = ServerProcess::run({"bash", setting.node + "/peers/" + script,
                                          std::filesystem::absolute(folder).string(), std::to_string(port)});
        Speakers speakers(server.port(), setting.connections, Echo::all_hear);
        measured = measure_talk(speakers, server, setting, false);
      }
      std::filesystem::remove_all(folder);
      return measured;
    } catch (const std::exception& problem) {
      throw std::runtime_error(
          fmt::format("{} (its log in {}: {})", problem.what(), folder.string(), last_lines(folder / "log")));
    }
  };
}

// The real binary; what it was told is looked for after kill -9.
Measured measure_kith(const Setting& setting) {
  load::House house(load::kith_binary(), load::bench_folder());
  const std::vector<std::string> tokens = house.begin_visits(setting.connections / load::Rooms::kSize);
  KithSpeakers speakers(house.port(), setting.connections, Echo::all_hear, tokens);
  const Measured measured = measure_talk(speakers, house.server(), setting, true);
  house.kill();
  house.start();
  Rereaders(house.port(), tokens).check(speakers.rooms());
  Searcher(house.port(), house.admit_reader(), speakers.rooms()).check();
  return measured;
}

bool run(const Setting& setting) {
  const auto rooms = static_cast<std::uint32_t>(setting.connections / load::Rooms::kSize);
  Contest contest(setting);
  for (const auto& [name, where, what] : {std::tuple("fdatasync_at_the_end", Where::at_the_end,
                                                     "times a second: 33 KB appended to a file and made durable"),
                                          std::tuple("fdatasync_in_place", Where::in_place,
                                                     "times a second: the same where the file has its size already")})
    contest.add_limit(name, what, [=] { return syncs_per_second(load::bench_folder(), where, 1); });

  contest.add("raw_epoll", std::string("the limit of ") + kPlain,
              forked<PlainSpeakers>(setting, Echo::others_hear, false,
                                    [](int door) { serve_raw_epoll(door, RawEcho::to_others); }));
  contest.add("kith_transport", kPlain, forked<PlainSpeakers>(setting, Echo::others_hear, false, serve_kith_transport));
  contest.add("uws_js", kPlain, node<PlainSpeakers>(setting, Echo::others_hear, false, "uws_rooms.mjs"));
  contest.add("npm_ws", kPlain, node<PlainSpeakers>(setting, Echo::others_hear, false, "ws_rooms.mjs"));
  contest.add(
      "raw_epoll_to_all", std::string("the limit of ") + kToAll,
      forked<PlainSpeakers>(setting, Echo::all_hear, false, [](int door) { serve_raw_epoll(door, RawEcho::to_all); }));
  contest.add("nchan", kToAll, scripted<PlainSpeakers>(setting, "nginx", "nchan.sh"));
  contest.add("kith_hub", "JSON, session, the right of each receiver, to all three and `kept`; nothing is kept",
              forked<KithSpeakers>(setting, Echo::all_hear, true,
                                   [=](int door) { serve_kith_hub(door, rooms, HubDoor::fans_out); }));
  contest.add("socket_io", "to all three and an acknowledgement; nothing is kept",
              node<SocketIoSpeakers>(setting, Echo::all_hear, true, "socket_io_rooms.mjs"));
  contest.add("kith",
              "the real binary: every message durable and searchable before it is heard, to all three and `kept`",
              [=] { return measure_kith(setting); });
  contest.add("ejabberd", "group chat to all three; nothing is kept",
              scripted<XmppSpeakers>(setting, "ejabberdctl", "ejabberd.sh"));

  contest.expect("kith_transport", "uws_js", 0.75);
  contest.expect("kith_transport", "npm_ws", 2.5);
  contest.expect("kith_transport", "raw_epoll", 0);
  contest.expect("kith_hub", "socket_io", 3);
  contest.expect("kith_hub", "nchan", 0);
  contest.expect("kith_hub", "raw_epoll_to_all", 0);
  contest.expect("kith", "socket_io", 1.5);
  contest.expect("kith", "ejabberd", 5);
  return contest.run();
}

Setting setting_of(int count, char** arguments) {
  Setting setting;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--quick") {
      setting.seconds = 1;
      setting.rounds = 1;
      setting.connections = 300;
      continue;
    }
    if (i + 1 == count) throw std::runtime_error(fmt::format("{} needs a value", name));
    const char* value = arguments[++i];
    if (name == "--seconds")
      setting.seconds = std::atof(value);
    else if (name == "--rounds")
      setting.rounds = std::strtoul(value, nullptr, 10);
    else if (name == "--connections")
      setting.connections = std::strtoul(value, nullptr, 10) / 3 * 3;
    else if (name == "--rate")
      setting.rate = std::atof(value);
    else if (name == "--node")
      setting.node = value;
    else if (name == "--only")
      setting.only = fmt::format(",{},", value);
    else
      throw std::runtime_error(fmt::format("there is no {}", name));
  }
  return setting;
}

}  // namespace
}  // namespace kith::bench

int main(int count, char** arguments) {
  try {
    return kith::bench::run(kith::bench::setting_of(count, arguments)) ? 0 : 1;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "peers: %s\n", problem.what());
    return 2;
  }
}
