#include "care/choose_colleague.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>

namespace kith {
namespace {

// Both ids are random, so every colleague comes first equally often.
IdBytes distance(ConversationId conversation, PersonId colleague) {
  IdBytes bytes = conversation.bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= colleague.bytes[i];
  return bytes;
}

}  // namespace

std::optional<PersonId> choose_colleague(ConversationId conversation, std::span<const PersonId> companions,
                                         std::span<const FreeColleague> free) {
  const auto order = [&](const FreeColleague& one) {
    const auto place = std::distance(companions.begin(), std::ranges::find(companions, one.person));
    return std::tuple(one.said_not_me, place, -one.room, one.is_gentle, distance(conversation, one.person));
  };
  const auto first = std::ranges::min_element(free, {}, order);
  return first == free.end() ? std::nullopt : std::optional(first->person);
}

}  // namespace kith
