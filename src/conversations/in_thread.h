// A thing of a strand together with where it is read today.
#pragma once

#include "domain/ids.h"

namespace kith {

template <class Thing>
struct InThread {
  Thing thing;
  ConversationId conversation;  // of the one whose story the strand is part of today
  PersonId person;              // whose story that is
};

}  // namespace kith
