// The same rooms in the protocol of each server.
#pragma once

#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "load/rooms.h"
#include "peers/kith_hub.h"

namespace kith::bench {

// A WebSocket message is the message; the room stands in the address.
class PlainSpeakers : public load::RoomSwarm {
 public:
  using RoomSwarm::RoomSwarm;

 protected:
  [[nodiscard]] std::string target(std::size_t client) const override {
    return fmt::format("/?room={}", room_of(client));
  }
  void upgraded(std::size_t client) override { set_ready(client); }
  void utter(std::size_t client, const std::string& text) override { say(client, text); }
  void heard(std::size_t client, std::string_view text) override { heard_text(client, text); }
};

// socket.io's protocol, version 4 over Engine.IO 4; every message asks for an acknowledgement.
class SocketIoSpeakers : public load::RoomSwarm {
 public:
  using RoomSwarm::RoomSwarm;

 protected:
  [[nodiscard]] std::string target(std::size_t) const override { return "/socket.io/?EIO=4&transport=websocket"; }
  void upgraded(std::size_t) override {}
  void utter(std::size_t client, const std::string& text) override {
    say(client, fmt::format(R"(427["m","{}"])", text));
  }
  void heard(std::size_t client, std::string_view text) override {
    if (text == "2") return say(client, "3");
    if (text.starts_with("0{")) return say(client, "40");
    if (text.starts_with("40")) return say(client, fmt::format(R"(42["join","r{}"])", room_of(client)));
    if (text.starts_with(R"(42["joined")")) return set_ready(client);
    if (text.starts_with("43")) return heard_acknowledgement();
    if (text.starts_with(R"(42["m")")) heard_text(client, text);
  }
};

// docs/live.md: a message is kept, and reaches all three devices of its visitor as an event.
class KithSpeakers : public load::RoomSwarm {
 public:
  // `tokens`: one for each room; none: those of the hub that keeps nothing.
  KithSpeakers(std::uint16_t port, std::size_t connections, load::Echo echo, std::vector<std::string> tokens = {})
      : RoomSwarm(port, connections, echo), tokens_(std::move(tokens)) {}

 protected:
  [[nodiscard]] std::string target(std::size_t) const override { return "/api/live"; }
  void upgraded(std::size_t client) override {
    const std::size_t room = room_of(client);
    const std::string token = tokens_.empty() ? token_of_room(static_cast<std::uint32_t>(room)) : tokens_[room];
    say(client, fmt::format(R"({{"type":"hello","since":null,"token":"{}"}})", token));
  }
  void utter(std::size_t client, const std::string& text) override {
    const std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    say(client, fmt::format(R"({{"type":"write","id":"{}","text":"{}"}})", id, text));
  }
  void heard(std::size_t client, std::string_view text) override {
    if (text.starts_with(R"({"type":"caught_up")")) return set_ready(client);
    if (text.starts_with(R"({"type":"kept")")) return heard_acknowledgement();
    if (text.starts_with(R"({"type":"refused")") || text.starts_with(R"({"type":"problem")"))
      throw std::runtime_error(std::string(text));
    if (text.find(R"("event":"entry_added")") != std::string_view::npos) heard_text(client, text);
  }

 private:
  std::vector<std::string> tokens_;
  SystemClock clock_;
  SeededRandom random_{std::random_device{}()};
};

// XMPP over WebSocket (RFC 7395): anonymous, and a group chat for every room. The room sends a message to all
// three, the writer as well; hers coming back is the acknowledgement.
class XmppSpeakers : public load::RoomSwarm {
 public:
  XmppSpeakers(std::uint16_t port, std::size_t connections, load::Echo echo)
      : RoomSwarm(port, connections, echo), steps_(connections) {}

 protected:
  [[nodiscard]] std::string target(std::size_t) const override { return "/ws"; }
  [[nodiscard]] std::string subprotocol() const override { return "xmpp"; }
  void upgraded(std::size_t client) override {
    steps_[client] = Step::opens;
    open_stream(client);
  }
  void utter(std::size_t client, const std::string& text) override {
    say(client, fmt::format(R"(<message xmlns="jabber:client" type="groupchat" to="{}"><body>{}</body></message>)",
                            address(client), text));
  }
  void heard(std::size_t client, std::string_view stanza) override {
    if (stanza.starts_with("<message") && stanza.find('~') != std::string_view::npos) {
      if (stanza.find("type='error'") != std::string_view::npos) throw std::runtime_error(std::string(stanza));
      return heard_text(client, stanza);
    }
    go_on(client, stanza);
  }

 private:
  enum class Step : std::uint8_t { opens, signs_in, opens_again, binds, joins, is_there };

  static std::string address(std::size_t client) { return fmt::format("r{}@conference.localhost", room_of(client)); }
  void open_stream(std::size_t client) {
    say(client, R"(<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>)");
  }
  // From the first features to being in the room.
  void go_on(std::size_t client, std::string_view stanza) {
    Step& step = steps_[client];
    auto holds = [&](std::string_view words) { return stanza.find(words) != std::string_view::npos; };
    if (step == Step::opens && holds("ANONYMOUS")) {
      step = Step::signs_in;
      say(client, R"(<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>)");
    } else if (step == Step::signs_in && holds("<success")) {
      step = Step::opens_again;
      open_stream(client);
    } else if (step == Step::opens_again && holds(":features")) {
      step = Step::binds;
      say(client,
          R"(<iq xmlns="jabber:client" type="set" id="b"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>)");
    } else if (step == Step::binds && holds("<jid>")) {
      step = Step::joins;
      say(client,
          fmt::format(R"(<presence xmlns="jabber:client" to="{}/c{}"><x xmlns="http://jabber.org/protocol/muc">)"
                      R"(<history maxstanzas="0"/></x></presence>)",
                      address(client), client % load::Rooms::kSize));
    } else if (step == Step::joins && holds("'110'")) {
      step = Step::is_there;
      set_ready(client);
    } else if (holds("<failure") || holds("type='error'") || holds("<close")) {
      throw std::runtime_error(std::string(stanza));
    }
  }

  std::vector<Step> steps_;
};

}  // namespace kith::bench
