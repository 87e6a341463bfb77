// Guessing is slow on purpose: per account here, per address at the gate.
#pragma once

#include <string_view>

#include "http/api.h"

namespace kith::http {

// Counts one try at `what` ("password", "code") of an account; too_many when there were too many. The account may be
// one that does not exist: it is counted all the same, so that nobody can tell.
Result<void> count_try(ApiServices& api, std::string_view what, std::string_view account);

}  // namespace kith::http
