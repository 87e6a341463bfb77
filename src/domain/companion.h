// A colleague who goes along with a conversation: she answered in it, took it over, or was brought in.
#pragma once

#include <cstddef>

#include "domain/ids.h"

namespace kith {

struct Companion {
  ConversationId strand;
  PersonId person;
  Seq seq = 0;  // the newest reason why; says who comes first, nothing else
  friend bool operator==(const Companion&, const Companion&) = default;
};

// So many are told of one conversation, the latest first.
inline constexpr std::size_t kMostCompanions = 5;

}  // namespace kith
