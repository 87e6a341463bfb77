// Randomness, injected. Tests and simulations replay from one seed.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/clock.h"
#include "base/id.h"

namespace kith {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  std::uint64_t next() {
    std::array<std::uint8_t, 8> bytes;
    fill(bytes);
    std::uint64_t value = 0;
    for (std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
  }
  // Evenly in [0, bound); bound > 0. The bias is below 2^-32 for the small bounds used here.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

// The operating system's generator, through libsodium. Safe from any thread.
class SystemRandom : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// splitmix64 (Steele, Lea, Flood 2014): the same seed gives the same day. Not for secrets.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t step();
  std::uint64_t state_;
};

// A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random, so that new rows land at the end of an index. It
// tells when it was made: for what carries its time in the open anyway, as entries do.
IdBytes make_uuid7(Time now, Random& random);

// A version 4 UUID: 122 random bits that tell nothing. For what the house makes: people, conversations, sessions.
IdBytes make_uuid4(Random& random);

template <class TypedId>
TypedId make_id(Time now, Random& random) {
  return TypedId{make_uuid7(now, random)};
}

template <class TypedId>
TypedId make_opaque_id(Random& random) {
  return TypedId{make_uuid4(random)};
}

}  // namespace kith
