// The workload that all servers get who are compared with each other: rooms of three connections, and messages of 98
// bytes that everybody in the room hears. Either as fast as it goes (in some rooms a message goes round: who has heard
// the one before says the next) or paced (so many messages a second, spread over all rooms, whether or not the ones
// before have arrived). Every delivery is counted where it arrives: in its room, once, in order.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "load/histogram.h"
#include "load/swarm.h"

namespace kith::load {

enum class Echo : std::uint8_t { others_hear, all_hear };

class Rooms {
 public:
  static constexpr std::size_t kSize = 3;

  Rooms(std::size_t connections, Echo echo);

  // The next message of this room: who says it and what. `due`: when it should have been said.
  struct Said {
    std::size_t client;
    std::string text;
  };
  Said say(std::size_t room, Clock::time_point due);
  // `frame` holds the text that `client` has heard somewhere. True when she is the one to say the next.
  bool heard(std::size_t client, std::string_view frame);
  void acknowledged() { ++acknowledged_; }
  void forget_latencies() { latencies_ = Histogram(); }

  [[nodiscard]] std::size_t count() const { return rooms_.size(); }
  [[nodiscard]] std::uint32_t said_in(std::size_t room) const { return rooms_[room].said; }
  [[nodiscard]] std::uint64_t said() const { return said_; }
  [[nodiscard]] std::uint64_t acknowledgements() const { return acknowledged_; }
  [[nodiscard]] std::uint64_t delivered() const { return delivered_; }
  [[nodiscard]] std::uint64_t expected() const { return said_ * (echo_ == Echo::all_hear ? kSize : kSize - 1); }
  // Heard twice, out of order or in a room where it was not said.
  [[nodiscard]] std::uint64_t wrong() const { return wrong_; }
  [[nodiscard]] const Histogram& latencies() const { return latencies_; }

  // Room and number of a text of ours; nothing when it is not one.
  struct Place {
    std::size_t room;
    std::uint32_t number;
  };
  static bool find_place(std::string_view frame, Place& place);
  // The word that only this message has.
  static std::string name_of(Place place);

 private:
  struct Room {
    std::uint32_t said = 0;
    std::array<Clock::time_point, 8> due;  // of the latest ones
  };
  Echo echo_;
  std::vector<Room> rooms_;
  std::vector<std::uint32_t> newest_;  // that each client has heard
  std::vector<std::string> texts_;
  std::uint64_t said_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t wrong_ = 0;
  Histogram latencies_;
};

// Those who sit in the rooms. A subclass knows the protocol: it says `utter(client, text)`, and calls heard_text() with
// each frame that carries a message and heard_acknowledgement() when somebody is told that hers was taken.
class RoomSwarm : public WebSocketSwarm {
 public:
  RoomSwarm(std::uint16_t port, std::size_t connections, Echo echo)
      : WebSocketSwarm(port, connections / Rooms::kSize * Rooms::kSize), rooms_(connections, echo) {}

  [[nodiscard]] const Rooms& rooms() const { return rooms_; }

  // A message goes round in so many rooms, until end_rounds().
  void begin_rounds(std::size_t active);
  void end_rounds() { goes_round_ = false; }
  // So many a second for `time`; latencies count from the moment each should have been said.
  void talk_paced(double per_second, std::chrono::nanoseconds time);
  // Waits until all that was said has arrived everywhere; false when something is still missing.
  bool settle(std::chrono::seconds at_most = std::chrono::seconds(10));

  // Who had to come twice because the server hung up on her at the door.
  [[nodiscard]] std::size_t came_again() const { return came_again_; }

 protected:
  // At the door only, and not without end: some servers turn one in ten thousand away when many come at once.
  bool tries_again(std::size_t) override { return rooms_.said() == 0 && ++came_again_ <= size() / 100 + 1; }
  virtual void utter(std::size_t client, const std::string& text) = 0;
  void heard_text(std::size_t client, std::string_view frame);
  void heard_acknowledgement() { rooms_.acknowledged(); }
  [[nodiscard]] static std::size_t room_of(std::size_t client) { return client / Rooms::kSize; }

 private:
  void talk(std::size_t room, Clock::time_point due);

  Rooms rooms_;
  bool goes_round_ = false;
  std::size_t next_ = 0;
  std::size_t came_again_ = 0;
};

}  // namespace kith::load
