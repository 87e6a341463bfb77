#include "load/rooms.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "load/texts.h"

namespace kith::load {
namespace {

constexpr std::size_t kTexts = 4'096;  // then they repeat
constexpr std::size_t kRoomDigits = 4, kNumberDigits = 6;

bool read_hex(std::string_view digits, std::size_t& value) {
  return std::from_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr == digits.data() + digits.size();
}

}  // namespace

Rooms::Rooms(std::size_t connections, Echo echo)
    : echo_(echo), rooms_(connections / kSize), newest_(connections / kSize * kSize) {
  Texts texts(1);
  for (std::size_t i = 0; i < kTexts; ++i) texts_.push_back(texts.next());
}

std::string Rooms::name_of(Place place) {
  return fmt::format("{:0{}x}{:0{}x}", place.room, kRoomDigits, place.number, kNumberDigits);
}

Rooms::Said Rooms::say(std::size_t room, Clock::time_point due) {
  Room& place = rooms_[room];
  const std::uint32_t number = ++place.said;
  place.due[number % place.due.size()] = due;
  ++said_;
  std::string text = texts_[said_ % kTexts];
  const std::string name = "~" + name_of({room, number}) + " ";
  text.replace(0, name.size(), name);
  return {room * kSize + number % kSize, std::move(text)};
}

bool Rooms::find_place(std::string_view frame, Place& place) {
  const std::size_t at = frame.find('~');
  if (at == std::string_view::npos || frame.size() < at + 1 + kRoomDigits + kNumberDigits) return false;
  std::size_t number = 0;
  if (!read_hex(frame.substr(at + 1, kRoomDigits), place.room)) return false;
  if (!read_hex(frame.substr(at + 1 + kRoomDigits, kNumberDigits), number)) return false;
  place.number = static_cast<std::uint32_t>(number);
  return true;
}

bool Rooms::heard(std::size_t client, std::string_view frame) {
  Place place{};
  if (!find_place(frame, place)) return false;
  if (place.room != client / kSize || place.number <= newest_[client]) {
    ++wrong_;
    return false;
  }
  newest_[client] = place.number;
  ++delivered_;
  const Room& room = rooms_[place.room];
  if (place.number + room.due.size() > room.said)
    latencies_.add(Clock::now() - room.due[place.number % room.due.size()]);
  return place.number == room.said && (place.number + 1) % kSize == client % kSize;
}

void RoomSwarm::begin_rounds(std::size_t active) {
  goes_round_ = true;
  const std::size_t rooms = rooms_.count();
  active = std::min(active, rooms);
  for (std::size_t i = 0; i < active; ++i) talk(i * rooms / active, Clock::now());
}

void RoomSwarm::talk_paced(double per_second, std::chrono::nanoseconds time) {
  rooms_.forget_latencies();
  const std::chrono::nanoseconds between(static_cast<std::int64_t>(1e9 / per_second));
  const auto begin = Clock::now();
  for (auto due = begin; due < begin + time; due += between) {
    for (auto now = Clock::now(); now < due; now = Clock::now()) turn(due - now);
    talk(next_ = (next_ + 7'919) % rooms_.count(), due);  // a prime, so that every room has its turn
  }
}

bool RoomSwarm::settle(std::chrono::seconds at_most) {
  return run_until([this] { return rooms_.delivered() >= rooms_.expected(); }, at_most);
}

void RoomSwarm::heard_text(std::size_t client, std::string_view frame) {
  if (rooms_.heard(client, frame) && goes_round_) talk(room_of(client), Clock::now());
}

void RoomSwarm::talk(std::size_t room, Clock::time_point due) {
  const Rooms::Said said = rooms_.say(room, due);
  utter(said.client, said.text);
}

}  // namespace kith::load
