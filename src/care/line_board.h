// Who waits for a human word right now, and which colleague each of them has been given. Memory only: nothing here is
// stored, logged or counted. Who waits stands in the store; after a crash the line is there again from that, and only
// who was with whom is forgotten. What moves whom is one table, domain/line_move.h.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "care/choose_colleague.h"
#include "domain/ids.h"
#include "domain/line_move.h"
#include "domain/presence.h"

namespace kith {

// What the store says of a conversation, every time it says something new.
struct Waits {
  ConversationId conversation;
  std::optional<Time> since;  // nothing: nobody owes her a word
  bool is_paused = false;
  std::vector<PersonId> companions = {};  // the latest first
};
// Her companions are others now.
struct GoAlong {
  ConversationId conversation;
  std::vector<PersonId> companions;
};
// A colleague goes on with her by her own will: she accepted a handover.
struct GoesOn {
  ConversationId conversation;
  PersonId colleague;
};
// Her story is told in another conversation now, or is gone.
struct ToldElsewhere {
  ConversationId conversation;
};
using LineNews = std::variant<Waits, GoAlong, GoesOn, ToldElsewhere>;

// Whose a conversation is; nobody's when she waits in line, or not at all.
struct WithWhom {
  ConversationId conversation;
  std::optional<PersonId> colleague;
  friend bool operator==(const WithWhom&, const WithWhom&) = default;
};

// Safe from any thread. After each call nobody who may be given to somebody waits while a colleague has room:
// everything that can be given is given in the same pass, longest first.
class LineBoard {
 public:
  // Told once per call of what it changed, in the order the changes happened. It may read the board but not change it.
  using Listener = std::function<void(const std::vector<WithWhom>&)>;

  // Another table than kLineTable only to prove that a wrong one is noticed.
  explicit LineBoard(const LineTable& table = kLineTable) : table_(table) {}

  // Replaces the listener; nullptr for none.
  void on_change(Listener listener);

  // What was committed, in its order.
  void notice(std::span<const LineNews> news);
  // What a colleague says of herself. Her capacity counts from now on; who is with her already stays.
  void notice(const Presence& presence);

  // By her own will, whatever her capacity. Fine when it is hers already. conflict: nobody waits there, she asked for
  // quiet, or the colleague has not said that she is here.
  Result<void> take(ConversationId conversation, PersonId colleague);
  // "Not me": goes on to somebody else at once. conflict: it is not hers, or nobody else has room who has not said so.
  Result<void> not_me(ConversationId conversation, PersonId colleague);

  [[nodiscard]] std::optional<PersonId> colleague_of(ConversationId conversation) const;
  [[nodiscard]] std::vector<WithWhom> who_is_with_whom() const;  // by conversation
  [[nodiscard]] std::vector<ConversationId> in_line() const;     // nobody's yet, who comes first comes first
  [[nodiscard]] std::vector<ConversationId> everybody() const;   // who waits, with a colleague or not; by id
  [[nodiscard]] LineState state_of(ConversationId conversation) const;

 private:
  struct Place {
    bool is_behind = true;  // not at the front
    Time since;
    ConversationId conversation;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Someone {
    LineState state = LineState::resting;
    Time since;   // as the store says
    Place place;  // of whoever is in line, and where she comes back to
    std::optional<PersonId> colleague;
    std::vector<PersonId> companions;
    std::vector<PersonId> said_not_me;
  };
  struct Colleague {
    PresenceLevel level = PresenceLevel::away;
    int capacity = 0;
    std::vector<ConversationId> hers;
  };

  // Runs `act` and the pass after it, then tells what changed.
  template <class Act>
  void change(Act act);
  void hear(const Waits& news);
  void hear(const GoAlong& news);
  void hear(const GoesOn& news);
  void hear(const ToldElsewhere& news);
  void hand_back_all(PersonId colleague, LineEvent why);
  void give_to_all_with_room();
  [[nodiscard]] std::vector<FreeColleague> with_room(const Someone& someone) const;
  Result<void> take_now(ConversationId conversation, PersonId colleague);
  Result<void> hand_on_now(ConversationId conversation, PersonId colleague);
  // The one way in which anything changes. False: the table refuses.
  bool move(Someone& someone, LineEvent event, std::optional<PersonId> colleague = std::nullopt);
  void change_place(Someone& someone, LinePlace place);
  void change_colleague(Someone& someone, std::optional<PersonId> colleague);
  void put_by_time(Someone& someone);  // the store says another time
  void forget_if_resting(ConversationId conversation);
  [[nodiscard]] std::vector<WithWhom> what_changed();

  const LineTable& table_;
  mutable std::mutex mutex_;         // guards everything but listener_
  std::mutex one_change_at_a_time_;  // guards listener_ and keeps its calls in order; taken before mutex_
  std::unordered_map<ConversationId, Someone> waiting_;
  std::set<Place> line_;  // of those in line
  std::unordered_map<PersonId, Colleague> team_;
  std::unordered_map<ConversationId, std::optional<PersonId>> before_;  // whose those were that this call has moved
  Listener listener_;
};

}  // namespace kith
