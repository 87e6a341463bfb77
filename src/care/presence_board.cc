#include "care/presence_board.h"

#include <algorithm>
#include <utility>

namespace kith {

void PresenceBoard::on_change(Listener listener) {
  const std::scoped_lock alone(one_change_at_a_time_);
  listener_ = std::move(listener);
}

void PresenceBoard::set(const Presence& presence) {
  const std::scoped_lock alone(one_change_at_a_time_);
  {
    const std::scoped_lock lock(mutex_);
    const auto [place, is_new] = present_.try_emplace(presence.person, presence);
    if (!is_new && place->second == presence) return;
    place->second = presence;
  }
  if (listener_) listener_(presence);
}

void PresenceBoard::clear(PersonId person) {
  const std::scoped_lock alone(one_change_at_a_time_);
  {
    const std::scoped_lock lock(mutex_);
    if (present_.erase(person) == 0) return;
  }
  if (listener_) listener_(Presence{.person = person});
}

Presence PresenceBoard::find(PersonId person) const {
  const std::scoped_lock lock(mutex_);
  const auto place = present_.find(person);
  return place == present_.end() ? Presence{.person = person} : place->second;
}

std::vector<Presence> PresenceBoard::who_is_there() const {
  std::vector<Presence> all;
  {
    const std::scoped_lock lock(mutex_);
    all.reserve(present_.size());
    for (const auto& [person, presence] : present_) all.push_back(presence);
  }
  std::ranges::sort(all, {}, &Presence::person);
  return all;
}

std::vector<PublicPresence> PresenceBoard::public_view() const {
  std::vector<PublicPresence> all;
  for (const Presence& presence : who_is_there()) all.push_back(public_presence(presence));
  return all;
}

bool PresenceBoard::is_somebody_there() const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(present_, [](const auto& one) {
    const PresenceLevel level = one.second.level;
    return level == PresenceLevel::open || level == PresenceLevel::gentle || level == PresenceLevel::with_someone;
  });
}

PublicPresence public_presence(const Presence& presence) {
  return {presence.person, presence.level, presence.back_at};
}

}  // namespace kith
