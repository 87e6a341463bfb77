// Up to where somebody has read. A place in the order of the house and nothing else: no time, no count.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/ids.h"

namespace kith {

// The customer of the strand, one colleague for herself, or the team as the customer may know it: somebody, never who.
enum class ReadBy : std::uint8_t { customer, colleague, team };

struct ReadMark {
  ReadMarkId id;
  ConversationId strand;
  ReadBy by = ReadBy::customer;
  std::optional<PersonId> person;  // colleague only
  Seq seq = 0;                     // only moves forward
  friend bool operator==(const ReadMark&, const ReadMark&) = default;
};

}  // namespace kith
