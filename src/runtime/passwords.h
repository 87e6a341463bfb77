// Passwords, kept as Argon2id and never as themselves. Both calls take about 20 ms and 19 MiB: worker pool only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kith::runtime {

// `unavailable` when there is no memory for it.
Result<std::string> hash_password(std::string_view password);

// Whether `password` belongs to `hash`. An empty hash (no such account, or no password yet) takes the same time and is
// false, so that nobody can tell from outside whether an account exists.
bool verify_password(std::string_view hash, std::string_view password);

// True when `hash` was made with weaker settings than today's.
bool should_rehash(std::string_view hash);

}  // namespace kith::runtime
