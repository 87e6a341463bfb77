#include "simulation/line_walk.h"

#include <algorithm>
#include <ranges>

namespace kith::simulation {
namespace {

constexpr std::size_t kPeople = 7;
constexpr std::size_t kTeam = 4;

// Ids fall anywhere, so that no order of ids helps anybody.
template <class TypedId>
TypedId some_id(std::mt19937_64& random) {
  TypedId id;
  for (std::uint8_t& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
  return id;
}

bool is_here(PresenceLevel level) {
  return level != PresenceLevel::away && level != PresenceLevel::beat;
}
bool takes_people(PresenceLevel level) {
  return level == PresenceLevel::open || level == PresenceLevel::gentle;
}

}  // namespace

LineWalk::LineWalk(std::uint64_t seed, const LineTable& table) : random_(seed), table_(table) {
  board_.emplace(table_);
  for (std::size_t i = 0; i < kPeople; ++i) people_.push_back({.id = some_id<ConversationId>(random_)});
  for (std::size_t i = 0; i < kTeam; ++i) team_.push_back({.id = some_id<PersonId>(random_)});
  remember();
}

int LineWalk::draw(int below) {
  return static_cast<int>(random_() % static_cast<std::uint64_t>(below));
}

// ---- the interpretation: the table and nothing else
// --------------------------------------------------------------------

int LineWalk::load(Who colleague) const {
  return static_cast<int>(std::ranges::count(people_, std::optional(colleague), &Someone::with));
}

std::vector<FreeColleague> LineWalk::free_for(const Someone& someone) const {
  std::vector<FreeColleague> free;
  for (Who who = 0; who < team_.size(); ++who) {
    const Colleague& one = team_[who];
    const int room = one.capacity - load(who);
    if (!takes_people(one.level) || room <= 0) continue;
    const bool said_not_me = std::ranges::find(someone.said_not_me, who) != someone.said_not_me.end();
    free.push_back({one.id, room, one.level == PresenceLevel::gentle, said_not_me});
  }
  return free;
}

std::vector<LineWalk::Who> LineWalk::line() const {
  std::vector<Who> all;
  for (Who who = 0; who < people_.size(); ++who)
    if (people_[who].state == LineState::in_line) all.push_back(who);
  std::ranges::sort(all, [&](Who a, Who b) {
    if (people_[a].is_front != people_[b].is_front) return people_[a].is_front;
    return people_[a].placed < people_[b].placed;
  });
  return all;
}

void LineWalk::happens(Who who, LineEvent event, std::optional<Who> colleague) {
  Someone& someone = people_[who];
  const LineMove& move = line_move(kLineTable, someone.state, event);
  if (move.place == LinePlace::refused) return;
  someone.state = move.next;
  if (move.place == LinePlace::front) someone.is_front = true;
  if (move.place == LinePlace::by_time) someone.is_front = false;
  if (move.place == LinePlace::by_time) someone.placed = someone.since.value_or(0);
  if (move.place == LinePlace::none) someone.is_front = false;
  if (move.place == LinePlace::none) someone.said_not_me.clear();
  if (!is_with_colleague(move.next)) someone.with.reset();
  if (is_with_colleague(move.next) && colleague) someone.with = colleague;
}

void LineWalk::pass() {
  while (true) {
    const auto waiting = line();
    if (waiting.empty()) return;
    const Someone& first = people_[waiting.front()];
    const auto chosen = choose_colleague(first.id, first.companions, free_for(first));
    if (!chosen) return;
    const auto who = std::ranges::find(team_, *chosen, &Colleague::id) - team_.begin();
    happens(waiting.front(), LineEvent::is_given, static_cast<Who>(who));
  }
}

// ---- what happens
// ------------------------------------------------------------------------------------------------------

// The board hears what the store would say of her.
void LineWalk::hear(Who who) {
  const Someone& one = people_[who];
  const auto since = one.since ? std::optional(Time{*one.since}) : std::nullopt;
  const LineNews news = Waits{one.id, since, one.is_paused, one.companions};
  board_->notice(std::span(&news, 1));
}

void LineWalk::ask(Who who) {
  Someone& one = people_[who];
  const bool is_new = !one.since;
  if (is_new) {
    one.since = ++clock_;
    one.was_with_somebody = false;
  }
  one.is_paused = false;
  happens(who, LineEvent::asks);
  hear(who);
}

void LineWalk::answer(Who who) {
  people_[who].since.reset();
  people_[who].is_paused = false;
  happens(who, LineEvent::is_answered);
  hear(who);
}

void LineWalk::pause(Who who) {
  if (!people_[who].since) return;
  people_[who].is_paused = true;
  happens(who, LineEvent::pause_begins);
  hear(who);
}

void LineWalk::end_pause(Who who) {
  people_[who].is_paused = false;
  happens(who, LineEvent::pause_ends);
  hear(who);
}

void LineWalk::say_presence(Who who, PresenceLevel level, int capacity) {
  team_[who].level = level;
  team_[who].capacity = capacity;
  const LineEvent why = level == PresenceLevel::beat ? LineEvent::beat_begins : LineEvent::colleague_leaves;
  for (Who one = 0; one < people_.size(); ++one)
    if (!is_here(level) && people_[one].with == who) happens(one, why);
  board_->notice({.person = team_[who].id, .level = level, .written_capacity = capacity});
}

void LineWalk::take(Who who) {
  const Who colleague = any_colleague();
  Someone& one = people_[who];
  const bool is_hers = one.with == colleague;
  const bool can_be = is_here(team_[colleague].level) &&
                      line_move(kLineTable, one.state, LineEvent::is_taken).place != LinePlace::refused;
  const bool was_taken = board_->take(one.id, team_[colleague].id).has_value();
  agrees_ = agrees_ && was_taken == (is_hers || can_be);
  if (was_taken) by_own_will_ = who;
  if (can_be && !is_hers) happens(who, LineEvent::is_taken, colleague);
}

void LineWalk::not_me(Who who) {
  Someone& one = people_[who];
  const Who colleague = one.with.value_or(any_colleague());
  const auto free = free_for(one);
  const bool has_other = std::ranges::any_of(
      free, [&](const FreeColleague& other) { return other.person != team_[colleague].id && !other.said_not_me; });
  const bool can_be = one.with == colleague && has_other;
  const bool went_on = board_->not_me(one.id, team_[colleague].id).has_value();
  agrees_ = agrees_ && went_on == can_be;
  if (!can_be) return;
  one.said_not_me.push_back(colleague);
  happens(who, LineEvent::is_handed_on);
}

void LineWalk::go_along(Who who) {
  Someone& one = people_[who];
  one.companions.insert(one.companions.begin(), team_[any_colleague()].id);
  one.companions.resize(std::min<std::size_t>(one.companions.size(), 2));
  const LineNews news = GoAlong{one.id, one.companions};
  board_->notice(std::span(&news, 1));
}

void LineWalk::accept(Who who) {
  const Who colleague = any_colleague();
  const LineNews news = GoesOn{people_[who].id, team_[colleague].id};
  board_->notice(std::span(&news, 1));
  if (people_[who].with == colleague || !is_here(team_[colleague].level)) return;
  by_own_will_ = who;
  happens(who, LineEvent::is_taken, colleague);
}

void LineWalk::tell_elsewhere(Who who) {
  people_[who].since.reset();
  people_[who].is_paused = false;
  happens(who, LineEvent::is_told_elsewhere);
  const LineNews news = ToldElsewhere{people_[who].id};
  board_->notice(std::span(&news, 1));
}

// Everything in memory is gone. The new board hears of everybody who waits, in any order, at once.
void LineWalk::crash() {
  board_.emplace(table_);
  for (Colleague& one : team_) one.level = PresenceLevel::away;
  std::vector<LineNews> everybody;
  for (Who who = 0; who < people_.size(); ++who) {
    Someone& one = people_[who];
    one.said_not_me.clear();
    happens(who, LineEvent::house_starts);
    if (one.since) everybody.emplace_back(Waits{one.id, Time{*one.since}, one.is_paused, one.companions});
  }
  std::ranges::shuffle(everybody, random_);
  board_->notice(everybody);
}

std::optional<std::string> LineWalk::step() {
  static constexpr std::array kLevels{PresenceLevel::open, PresenceLevel::open,         PresenceLevel::gentle,
                                      PresenceLevel::beat, PresenceLevel::with_someone, PresenceLevel::away};
  const Who who = static_cast<Who>(draw(static_cast<int>(people_.size())));
  const int what = draw(100);
  by_own_will_.reset();
  const char* name = "asks";
  if (what < 30)
    ask(who);
  else if (what < 45)
    answer(who), name = "is answered";
  else if (what < 52)
    pause(who), name = "pauses";
  else if (what < 60)
    end_pause(who), name = "pause ends";
  else if (what < 66)
    take(who), name = "takes";
  else if (what < 72)
    not_me(who), name = "not me";
  else if (what < 76)
    go_along(who), name = "goes along";
  else if (what < 79)
    accept(who), name = "accepts";
  else if (what < 81)
    tell_elsewhere(who), name = "told elsewhere";
  else if (what < 82)
    crash(), name = "crash";
  else
    say_presence(any_colleague(), kLevels[static_cast<std::size_t>(draw(kLevels.size()))], draw(4)), name = "presence";
  pass();
  ++happened[name];
  auto wrong = look();
  if (wrong) *wrong += std::string(" after ") + name;
  return wrong;
}

std::optional<std::string> LineWalk::compare() const {
  if (!agrees_) return "the board refused what it must do, or did what it must refuse";
  std::vector<ConversationId> expected;
  for (const Who who : line()) expected.push_back(people_[who].id);
  if (board_->in_line() != expected) return "the line is another";
  for (const Someone& one : people_) {
    const auto with = one.with ? std::optional(team_[*one.with].id) : std::nullopt;
    if (board_->state_of(one.id) != one.state) return "somebody stands otherwise";
    if (board_->colleague_of(one.id) != with) return "somebody is with another colleague";
  }
  return std::nullopt;
}

std::optional<std::string> LineWalk::settle() {
  say_presence(0, PresenceLevel::open, 1);
  pass();
  if (auto wrong = look()) return wrong;
  auto never_given = board_->in_line();
  for (std::size_t round = board_->everybody().size(); round > 0; --round) {
    const Who other = 1 + static_cast<Who>(draw(kTeam - 1));
    say_presence(other, draw(2) ? PresenceLevel::open : PresenceLevel::beat, draw(3));
    pass();
    std::optional<Who> longest;
    for (Who who = 0; who < people_.size(); ++who)
      if (board_->colleague_of(people_[who].id) == team_[0].id &&
          (!longest || people_[who].since < people_[*longest].since))
        longest = who;
    if (longest) answer(*longest);
    pass();
    if (auto wrong = look()) return wrong;
    std::erase_if(never_given, [&](ConversationId one) { return board_->state_of(one) != LineState::in_line; });
  }
  if (never_given.empty()) return std::nullopt;
  return "served: somebody is in line though a colleague stays and answers";
}

// ---- the claims
// --------------------------------------------------------------------------------------------------------

void LineWalk::remember() {
  was_with_.clear();
  was_.clear();
  for (const Someone& one : people_) {
    was_with_.push_back(board_->colleague_of(one.id));
    was_.push_back(board_->state_of(one.id));
  }
}

int LineWalk::load_on_board(PersonId colleague) const {
  return static_cast<int>(
      std::ranges::count(board_->who_is_with_whom(), std::optional(colleague), &WithWhom::colleague));
}

std::optional<std::string> LineWalk::look_at_everybody() const {
  for (const Someone& one : people_) {
    const LineState state = board_->state_of(one.id);
    const auto colleague = board_->colleague_of(one.id);
    if (one.since.has_value() == (state == LineState::resting)) return "heard: somebody waits and is in no line";
    if (one.since && one.is_paused != (state == LineState::paused)) return "heard: her quiet is not what she asked for";
    if (colleague.has_value() != is_with_colleague(state)) return "owned: with a colleague and with nobody";
    const auto owner = std::ranges::find(team_, colleague.value_or(PersonId{}), &Colleague::id);
    if (colleague && !is_here(owner->level)) return "owned: her colleague is not there";
  }
  return std::nullopt;
}

std::optional<std::string> LineWalk::look_at_room() const {
  if (board_->in_line().empty()) return std::nullopt;
  for (const Colleague& one : team_)
    if (takes_people(one.level) && load_on_board(one.id) < one.capacity) return "drained: she waits and there is room";
  return std::nullopt;
}

std::optional<std::string> LineWalk::look_who_was_given(Who who, PersonId colleague) {
  Someone& given = people_[who];
  const auto& owner = *std::ranges::find(team_, colleague, &Colleague::id);
  if (load_on_board(colleague) > owner.capacity) return "capacity: more than she wants";
  for (Who other = 0; other < people_.size(); ++other) {
    Someone& one = people_[other];
    const bool stood_by = was_[other] == LineState::in_line && board_->state_of(one.id) == LineState::in_line;
    if (!stood_by || !one.since || !given.since || *one.since > *given.since) continue;
    if (!given.was_with_somebody) return "in turn: who came later is given first";
    if (!one.may_pass.contains({who, *given.since}))
      return "overtaking: passed by somebody who was not there before her";
  }
  return std::nullopt;
}

void LineWalk::meet(Someone& comer) {
  comer.may_pass.clear();
  for (Who who = 0; who < people_.size(); ++who)
    if (people_[who].since && people_[who].was_with_somebody) comer.may_pass.emplace(who, *people_[who].since);
}

std::optional<std::string> LineWalk::look() {
  auto wrong = look_at_everybody();
  if (!wrong) wrong = look_at_room();
  std::vector<Who> given;
  for (Who who = 0; who < people_.size() && !wrong; ++who) {
    const auto colleague = board_->colleague_of(people_[who].id);
    if (!colleague || colleague == was_with_[who] || by_own_will_ == who) continue;
    wrong = look_who_was_given(who, *colleague);
  }
  for (Who who = 0; who < people_.size(); ++who)
    if (board_->colleague_of(people_[who].id)) people_[who].was_with_somebody = true;
  for (Who who = 0; who < people_.size(); ++who) {
    const LineState now = board_->state_of(people_[who].id);
    // She comes into the line anew; whoever is given back by a beat is where she was.
    if (now != was_[who] && now == LineState::in_line && was_[who] != LineState::given) meet(people_[who]);
  }
  remember();
  return wrong;
}

}  // namespace kith::simulation
