// Which seeds a test runs: KITH_SEED=N replays one, KITH_SEEDS=N runs as many as wanted.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace kith::simulation {

inline std::vector<std::uint64_t> seeds(std::uint64_t usually) {
  if (const char* one = std::getenv("KITH_SEED")) return {std::strtoull(one, nullptr, 10)};
  if (const char* many = std::getenv("KITH_SEEDS")) usually = std::strtoull(many, nullptr, 10);
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= usually; ++seed) all.push_back(seed);
  return all;
}

// Whether there are so many walks that everything worth trying must have happened in one of them: a walk that does
// nothing proves nothing. One that is replayed alone may have missed some.
inline bool must_have_tried_all(const std::vector<std::uint64_t>& walks) {
  return walks.size() > 4;
}

inline std::string replay(std::uint64_t seed) {
  return "replay with KITH_SEED=" + std::to_string(seed);
}

}  // namespace kith::simulation
