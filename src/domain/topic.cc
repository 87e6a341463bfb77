#include "domain/topic.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

using enum TopicState;

constexpr std::array<std::pair<TopicState, TopicState>, 21> kMoves{{
    {open, waiting_for_us},
    {open, waiting_for_you},
    {open, waiting_for_date},
    {open, answered},
    {open, settled},
    {waiting_for_us, waiting_for_you},
    {waiting_for_us, waiting_for_date},
    {waiting_for_us, answered},
    {waiting_for_us, settled},
    {waiting_for_you, waiting_for_us},
    {waiting_for_you, waiting_for_date},
    {waiting_for_you, answered},
    {waiting_for_you, settled},
    {waiting_for_date, waiting_for_us},
    {waiting_for_date, waiting_for_you},
    {waiting_for_date, answered},
    {waiting_for_date, settled},
    {answered, waiting_for_us},
    {answered, waiting_for_you},
    {answered, settled},
    {settled, open},
}};

}  // namespace

bool can_become(TopicState from, TopicState to) {
  return std::ranges::find(kMoves, std::pair{from, to}) != kMoves.end();
}

}  // namespace kith
