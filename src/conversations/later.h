// A colleague puts a conversation off, for herself: the time brings it back, and so does any new word of the customer.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "conversations/in_thread.h"
#include "domain/access.h"
#include "domain/later.h"
#include "domain/ports/store.h"

namespace kith {

inline constexpr std::size_t kLongestLaterWords = 500;

struct PutOff {
  ConversationId conversation;
  std::optional<Time> until;
  bool until_she_writes = false;
  std::string words;
};
Result<InThread<Later>> put_off(Tx& tx, const Actor& actor, const PutOff& command);

struct BringBack {
  ConversationId conversation;
};
// Fine when she is back already.
Result<void> bring_back(Tx& tx, const Actor& actor, const BringBack& command);

struct ListLaters {
  std::optional<Place<LaterId>> after;
  std::size_t limit = 50;  // at most 100
};
struct LaterPage {
  std::vector<InThread<Later>> laters;  // soonest first, those without a time last; each conversation once
  std::optional<Place<LaterId>> further;
};
// To whom she comes back later.
Result<LaterPage> list_laters(const Snapshot& snapshot, const Actor& actor, const ListLaters& query);

// What stands for this person in a thread; nothing when it is not put off.
Result<std::optional<Later>> standing_later(const LaterReader& laters, std::span<const ConversationId> strands,
                                            PersonId person);

// The customer wrote: she is back for everybody.
Result<void> bring_back_for_all(Tx& tx, const Thread& thread);

// What is done when time passes: how many, and when to be called next (now when more wait; nothing: with the next one).
struct Passed {
  std::size_t done = 0;
  std::optional<Time> next;
};
// By the system: who was put off until now is back.
Result<Passed> wake_laters(Tx& tx, const Actor& actor, std::size_t limit);

}  // namespace kith
