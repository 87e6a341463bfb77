// Who of the team is there right now, as each of them has said. Memory only: nothing here is stored, logged or counted.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/ids.h"
#include "domain/presence.h"

namespace kith {

// What a customer may know of it: no capacity, no reason.
struct PublicPresence {
  PersonId person;
  PresenceLevel level = PresenceLevel::away;
  std::optional<Time> back_at;
  friend bool operator==(const PublicPresence&, const PublicPresence&) = default;
};

// Safe from any thread.
class PresenceBoard {
 public:
  // Told of every change, in the order the changes happened. It may read the board but not change it.
  using Listener = std::function<void(const Presence&)>;

  // Replaces the listener; nullptr for none.
  void on_change(Listener listener);

  // Her own word counts. Saying the same again tells nobody.
  void set(const Presence& presence);
  // She is not connected any more: away. Fine when she is not on the board.
  void clear(PersonId person);

  [[nodiscard]] Presence find(PersonId person) const;  // away when she is not on the board
  // Everyone who is on the board, those taking a beat too; by id.
  [[nodiscard]] std::vector<Presence> who_is_there() const;
  [[nodiscard]] std::vector<PublicPresence> public_view() const;
  // Would somebody answer now? open, gentle or with someone; a beat is a beat.
  [[nodiscard]] bool is_somebody_there() const;

 private:
  mutable std::mutex mutex_;         // guards present_
  std::mutex one_change_at_a_time_;  // guards listener_ and keeps its calls in order; taken before mutex_
  std::unordered_map<PersonId, Presence> present_;
  Listener listener_;
};

PublicPresence public_presence(const Presence& presence);

}  // namespace kith
