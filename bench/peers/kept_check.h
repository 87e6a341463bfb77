// Whether everything that was said is really there: after kill -9 and a new start, for somebody who comes with nothing,
// and for somebody who searches.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "load/rooms.h"
#include "load/visitors.h"

namespace kith::bench {

// One device of each visitor, new, who reads her whole conversation.
class Rereaders : public load::LiveVisitors {
 public:
  Rereaders(std::uint16_t port, std::vector<std::string> tokens) : LiveVisitors(port, tokens), read_(tokens.size()) {}

  void check(const load::Rooms& rooms) {
    connect_all();
    for (std::size_t room = 0; room < rooms.count(); ++room)
      if (read_[room] != rooms.said_in(room))
        throw std::runtime_error(
            fmt::format("NOT KEPT: of {} messages of one room {} are there", rooms.said_in(room), read_[room]));
  }

 protected:
  [[nodiscard]] std::optional<std::uint64_t> newest_known(std::size_t) const override { return 0; }
  void told(std::size_t client, std::string_view type, std::string_view json) override {
    load::Rooms::Place place{};
    if (type != "event" || json.find(R"("event":"entry_added")") == std::string_view::npos) return;
    if (load::Rooms::find_place(json, place) && place.room == client && place.number == read_[client] + 1)
      ++read_[client];
  }

 private:
  std::vector<std::uint32_t> read_;
};

// Searches for the newest message of every room by the word that it alone has.
class Searcher : public load::HttpSwarm {
 public:
  Searcher(std::uint16_t port, std::string token, const load::Rooms& rooms)
      : HttpSwarm(port, 1), token_(std::move(token)), rooms_(rooms) {}

  void check() {
    connect_all();
    ask();
    if (!run_until([this] { return room_ == rooms_.count(); })) throw std::runtime_error("searching takes too long");
  }

 protected:
  void answered(std::size_t, int status, std::string_view body) override {
    const std::string name = load::Rooms::name_of({room_, rooms_.said_in(room_)});
    const std::size_t first = body.find("~" + name);
    const bool is_found_once = first != std::string_view::npos && body.find("~" + name, first + 1) == body.npos;
    if (status != 200 || !is_found_once)
      throw std::runtime_error(fmt::format("NOT FOUND: the message {} ({} {})", name, status, body.substr(0, 300)));
    ++room_;
    ask();
  }

 private:
  void ask() {
    while (room_ < rooms_.count() && rooms_.said_in(room_) == 0) ++room_;
    if (room_ == rooms_.count()) return;
    request(0, "GET", "/api/desk/search?q=" + load::Rooms::name_of({room_, rooms_.said_in(room_)}), token_, {});
  }

  std::string token_;
  const load::Rooms& rooms_;
  std::size_t room_ = 0;
};

}  // namespace kith::bench
