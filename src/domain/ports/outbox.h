// The way out of the house. Part of ports/store.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/ids.h"

namespace kith {

// What must leave the house (email, push), written in the same transaction as its cause.
struct OutboxItem {
  OutboxId id;
  std::string kind;     // "email", "push" ...
  std::string payload;  // understood by the channel that sends it
  std::int32_t attempts = 0;
  Time next_attempt_at;
};
class Outbox {
 public:
  virtual ~Outbox() = default;
  virtual Result<void> add(const OutboxItem& item) = 0;                                // conflict when the id exists
  virtual Result<std::vector<OutboxItem>> due(Time now, std::size_t limit) const = 0;  // soonest first
  virtual Result<void> save(const OutboxItem& item) = 0;
  virtual Result<void> remove(OutboxId id) = 0;
};

}  // namespace kith
