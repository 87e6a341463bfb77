// Who of the colleagues with room is given the next person. The one place to change when routing knows more of people
// than who has gone along with whom.
#pragma once

#include <optional>
#include <span>

#include "domain/ids.h"

namespace kith {

// A colleague who could be given somebody right now.
struct FreeColleague {
  PersonId person;
  int room = 1;  // how many more she wants at once; at least 1
  bool is_gentle = false;
  bool said_not_me = false;  // of this person, since she waits
};

// The one who has gone along with the conversation (`companions`, the latest first), because nobody should have to tell
// a story twice; else the one with most room, an open one before a gentle one; where all of that is equal, as the ids
// fall, so that it is not always the same. Whoever said "not me" comes last: somebody must be there for her. Nothing
// when `free` is empty.
std::optional<PersonId> choose_colleague(ConversationId conversation, std::span<const PersonId> companions,
                                         std::span<const FreeColleague> free);

}  // namespace kith
