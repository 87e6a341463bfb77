#include "care/line_board.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace kith {
namespace {

bool may_be_given_somebody(PresenceLevel level) {
  return level == PresenceLevel::open || level == PresenceLevel::gentle;
}
bool is_there(PresenceLevel level) {
  return may_be_given_somebody(level) || level == PresenceLevel::with_someone;
}

}  // namespace

void LineBoard::on_change(Listener listener) {
  const std::scoped_lock alone(one_change_at_a_time_);
  listener_ = std::move(listener);
}

template <class Act>
void LineBoard::change(Act act) {
  const std::scoped_lock alone(one_change_at_a_time_);
  std::vector<WithWhom> changed;
  {
    const std::scoped_lock lock(mutex_);
    act();
    give_to_all_with_room();
    changed = what_changed();
  }
  if (listener_ && !changed.empty()) listener_(changed);
}

void LineBoard::notice(std::span<const LineNews> news) {
  if (news.empty()) return;
  change([&] {
    for (const LineNews& one : news) std::visit([this](const auto& each) { hear(each); }, one);
  });
}

void LineBoard::notice(const Presence& presence) {
  change([&] {
    if (!is_there(presence.level))
      hand_back_all(presence.person,
                    presence.level == PresenceLevel::beat ? LineEvent::beat_begins : LineEvent::colleague_leaves);
    if (presence.level == PresenceLevel::away) {
      team_.erase(presence.person);
      return;
    }
    Colleague& colleague = team_[presence.person];
    colleague.level = presence.level;
    colleague.capacity = presence.written_capacity;
  });
}

Result<void> LineBoard::take(ConversationId conversation, PersonId colleague) {
  Result<void> taken;
  change([&] { taken = take_now(conversation, colleague); });
  return taken;
}

Result<void> LineBoard::not_me(ConversationId conversation, PersonId colleague) {
  Result<void> handed_on;
  change([&] { handed_on = hand_on_now(conversation, colleague); });
  return handed_on;
}

Result<void> LineBoard::take_now(ConversationId conversation, PersonId colleague) {
  const auto found = waiting_.find(conversation);
  if (found == waiting_.end()) return fail(Errc::conflict, "nobody waits there");
  if (found->second.colleague == colleague) return {};
  const auto taker = team_.find(colleague);
  if (taker == team_.end() || !is_there(taker->second.level))
    return fail(Errc::conflict, "she has not said that she is here");
  if (!move(found->second, LineEvent::is_taken, colleague))
    return fail(Errc::conflict, "she asked for a minute of quiet");
  return {};
}

Result<void> LineBoard::hand_on_now(ConversationId conversation, PersonId colleague) {
  const auto found = waiting_.find(conversation);
  if (found == waiting_.end() || found->second.colleague != colleague)
    return fail(Errc::conflict, "she is not with this colleague");
  Someone& someone = found->second;
  const auto others = with_room(someone);
  const bool has_other = std::ranges::any_of(
      others, [&](const FreeColleague& one) { return one.person != colleague && !one.said_not_me; });
  if (!has_other) return fail(Errc::conflict, "nobody else has room");
  someone.said_not_me.push_back(colleague);
  move(someone, LineEvent::is_handed_on);
  return {};
}

// The store says how it is; the table is asked about what must have happened for it to be so.
void LineBoard::hear(const Waits& news) {
  const auto found = waiting_.find(news.conversation);
  if (found == waiting_.end() && !news.since) return;
  Someone& someone = found == waiting_.end() ? waiting_[news.conversation] : found->second;
  someone.place.conversation = news.conversation;
  if (!news.since) {
    move(someone, LineEvent::is_answered);
    return forget_if_resting(news.conversation);
  }
  const bool is_new = someone.state == LineState::resting;
  const bool is_moved = !is_new && someone.since != *news.since;
  someone.since = *news.since;
  if (is_new || !news.companions.empty()) someone.companions = news.companions;
  if (is_new) move(someone, LineEvent::asks);
  if (is_moved) put_by_time(someone);
  if (news.is_paused != (someone.state == LineState::paused))
    move(someone, news.is_paused ? LineEvent::pause_begins : LineEvent::pause_ends);
  forget_if_resting(news.conversation);
}

void LineBoard::hear(const GoAlong& news) {
  const auto found = waiting_.find(news.conversation);
  if (found != waiting_.end()) found->second.companions = news.companions;
}

// She accepted; whether she can be said to be with her depends on where she is just now.
void LineBoard::hear(const GoesOn& news) {
  (void)take_now(news.conversation, news.colleague);
}

void LineBoard::hear(const ToldElsewhere& news) {
  const auto found = waiting_.find(news.conversation);
  if (found == waiting_.end()) return;
  move(found->second, LineEvent::is_told_elsewhere);
  forget_if_resting(news.conversation);
}

void LineBoard::hand_back_all(PersonId colleague, LineEvent why) {
  const auto found = team_.find(colleague);
  if (found == team_.end()) return;
  const std::vector<ConversationId> hers = found->second.hers;
  for (const ConversationId conversation : hers) {
    move(waiting_.at(conversation), why);
    forget_if_resting(conversation);
  }
}

std::vector<FreeColleague> LineBoard::with_room(const Someone& someone) const {
  std::vector<FreeColleague> free;
  for (const auto& [person, colleague] : team_) {
    const int room = colleague.capacity - static_cast<int>(colleague.hers.size());
    if (!may_be_given_somebody(colleague.level) || room < 1) continue;
    const bool said_not_me = std::ranges::find(someone.said_not_me, person) != someone.said_not_me.end();
    free.push_back({person, room, colleague.level == PresenceLevel::gentle, said_not_me});
  }
  return free;
}

void LineBoard::give_to_all_with_room() {
  while (!line_.empty()) {
    Someone& first = waiting_.at(line_.begin()->conversation);
    const auto colleague = choose_colleague(first.place.conversation, first.companions, with_room(first));
    if (!colleague || !move(first, LineEvent::is_given, colleague)) return;
  }
}

bool LineBoard::move(Someone& someone, LineEvent event, std::optional<PersonId> colleague) {
  const LineMove& row = line_move(table_, someone.state, event);
  if (row.place == LinePlace::refused) return false;
  before_.try_emplace(someone.place.conversation, someone.colleague);
  line_.erase(someone.place);
  change_place(someone, row.place);
  someone.state = row.next;
  if (row.next == LineState::in_line) line_.insert(someone.place);
  if (!is_with_colleague(row.next)) change_colleague(someone, std::nullopt);
  if (is_with_colleague(row.next) && colleague) change_colleague(someone, colleague);
  return true;
}

void LineBoard::change_place(Someone& someone, LinePlace place) {
  Place& hers = someone.place;
  if (place == LinePlace::by_time) hers = {true, someone.since, hers.conversation};
  if (place == LinePlace::front) hers.is_behind = false;
  if (place == LinePlace::end && !line_.empty()) hers = {true, line_.rbegin()->since, hers.conversation};
}

void LineBoard::change_colleague(Someone& someone, std::optional<PersonId> colleague) {
  const auto old = someone.colleague ? team_.find(*someone.colleague) : team_.end();
  if (old != team_.end()) std::erase(old->second.hers, someone.place.conversation);
  if (colleague) team_[*colleague].hers.push_back(someone.place.conversation);
  someone.colleague = colleague;
}

void LineBoard::put_by_time(Someone& someone) {
  const bool is_in_line = line_.erase(someone.place) > 0;
  someone.place.since = someone.since;
  if (is_in_line) line_.insert(someone.place);
}

void LineBoard::forget_if_resting(ConversationId conversation) {
  const auto found = waiting_.find(conversation);
  if (found != waiting_.end() && found->second.state == LineState::resting) waiting_.erase(found);
}

std::vector<WithWhom> LineBoard::what_changed() {
  std::vector<WithWhom> changed;
  for (const auto& [conversation, before] : before_) {
    const auto found = waiting_.find(conversation);
    const auto now = found == waiting_.end() ? std::nullopt : found->second.colleague;
    if (now != before) changed.push_back({conversation, now});
  }
  before_.clear();
  std::ranges::sort(changed, {}, &WithWhom::conversation);
  return changed;
}

std::optional<PersonId> LineBoard::colleague_of(ConversationId conversation) const {
  const std::scoped_lock lock(mutex_);
  const auto found = waiting_.find(conversation);
  return found == waiting_.end() ? std::nullopt : found->second.colleague;
}

std::vector<WithWhom> LineBoard::who_is_with_whom() const {
  std::vector<WithWhom> all;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [conversation, someone] : waiting_)
      if (someone.colleague) all.push_back({conversation, someone.colleague});
  }
  std::ranges::sort(all, {}, &WithWhom::conversation);
  return all;
}

std::vector<ConversationId> LineBoard::in_line() const {
  const std::scoped_lock lock(mutex_);
  std::vector<ConversationId> all;
  all.reserve(line_.size());
  for (const Place& place : line_) all.push_back(place.conversation);
  return all;
}

std::vector<ConversationId> LineBoard::everybody() const {
  std::vector<ConversationId> all;
  {
    const std::scoped_lock lock(mutex_);
    all.reserve(waiting_.size());
    for (const auto& [conversation, someone] : waiting_) all.push_back(conversation);
  }
  std::ranges::sort(all);
  return all;
}

LineState LineBoard::state_of(ConversationId conversation) const {
  const std::scoped_lock lock(mutex_);
  const auto found = waiting_.find(conversation);
  return found == waiting_.end() ? LineState::resting : found->second.state;
}

}  // namespace kith
