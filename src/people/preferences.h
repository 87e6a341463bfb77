// How a colleague likes her desk: hers alone, on all her devices.
#pragma once

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

Result<Preferences> view_preferences(const Snapshot& snapshot, const Actor& actor);
Result<Preferences> keep_preferences(Tx& tx, const Actor& actor, const Preferences& wanted);

}  // namespace kith
