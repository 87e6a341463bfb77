// The sample team: a small shop with six colleagues, fifteen customers and some months of conversations, to try things
// with. Everybody in it is marked as sample, so that it can be taken out again without touching anything real.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "domain/ports/store.h"

namespace kith {

struct SampleSignIn {
  std::string email;
  std::string password;  // made for this installation at this start; the one before no longer works
};

// Brings the sample team in when it is not there, written through the same use cases as everything else with the clock
// set back; then sets a new password for one of them. Before the writing thread starts.
Result<SampleSignIn> bring_in_sample(Store& store, const Clock& clock, Random& random);

}  // namespace kith
