// A promise to a person, by a person. It is never silently past due.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "domain/ids.h"
#include "domain/place.h"

namespace kith {

enum class PromiseState : std::uint8_t { given, renegotiated, kept, broken, owned };

struct Promise {
  PromiseId id;
  ConversationId strand;
  PersonId to;
  PersonId by;
  std::string what;
  Time given_at;
  std::optional<Time> from;  // start of the window, when one was chosen
  Time due;                  // end of the window
  PromiseState state = PromiseState::given;
  bool owner_warned = false;       // told at 70 % of the time that it comes due
  std::optional<EntryId> apology;  // the entry that owned it
  Seq changed_seq = 0;
  friend bool operator==(const Promise&, const Promise&) = default;

  // Still to be kept.
  [[nodiscard]] bool is_alive() const { return state == PromiseState::given || state == PromiseState::renegotiated; }
  // When 70 % of the time that was promised has gone by.
  [[nodiscard]] Time warn_at() const { return given_at + (due - given_at) * 7 / 10; }
};

// Among those still to be kept: the soonest due first.
inline Place<PromiseId> place_of(const Promise& promise) {
  return {promise.due, promise.id};
}

// The one transition table of promises: given and renegotiated may be kept, broken or renegotiated (again); broken may
// be owned; kept and owned are ends.
bool can_become(PromiseState from, PromiseState to);

}  // namespace kith
