// The chain over entries (I3): a SHA-256 that runs over every entry and version in seq order, sealed once per commit
// group. Whoever changes or removes a word that was said breaks every seal after it.
#pragma once

#include <string>

#include "domain/entry.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/pending.h"

namespace kith::sqlite {

// The bytes that the chain runs over: everything of the first version, in a fixed order.
std::string canonical(const Entry& entry);
std::string canonical(const EntryVersion& version);

// Adds the seal over what the group appended (over everything there is, when the chain begins anew).
Result<void> seal(Connection& database, Pending& pending);

// Walks the whole chain; `unavailable` names the first seal that does not hold.
Result<void> verify_chain(Connection& database);

}  // namespace kith::sqlite
