// Everything a house holds about its people as text in one order, so that two states can be compared.
#pragma once

#include <string>
#include <vector>

#include "domain/ports/store.h"

namespace kith::simulation {

enum class Dump { everything, without_notices };  // notices tell that a merge happened; undoing cannot unsay them

std::string dump(const Snapshot& snapshot, std::vector<PersonId> people, Dump what = Dump::everything);

}  // namespace kith::simulation
