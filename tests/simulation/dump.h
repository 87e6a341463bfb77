// Everything a house holds about its people as text in one order, so that two states can be compared. Every line names
// what it is of, so that one line can be told from another wherever it stands.
#pragma once

#include <string>
#include <vector>

#include "domain/ports/store.h"

namespace kith::simulation {

// Notices and the merges themselves tell that a merge happened; undoing cannot unsay them.
enum class Dump { everything, without_notices };

// Begins the lines of what any word said in a conversation may end: who waits, who paused, who was put off, who goes
// along.
inline constexpr const char* kPassing = "    now";

// `people`: customers and colleagues; what a colleague keeps in mind is told only of those named here.
std::string dump(const Snapshot& snapshot, std::vector<PersonId> people, Dump what = Dump::everything);

}  // namespace kith::simulation
