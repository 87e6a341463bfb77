#include "base/random.h"

#include <sodium.h>

namespace kith {

void SystemRandom::fill(std::span<std::uint8_t> out) {
  randombytes_buf(out.data(), out.size());
}

std::uint64_t SeededRandom::step() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % 8 == 0) value = step();
    out[i] = static_cast<std::uint8_t>(value);
    value >>= 8;
  }
}

namespace {

// RFC 9562: four bits say the version, two the variant.
IdBytes with_version(IdBytes bytes, std::uint8_t version) {
  bytes[6] = static_cast<std::uint8_t>(version << 4 | (bytes[6] & 0x0f));
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
  return bytes;
}

}  // namespace

IdBytes make_uuid7(Time now, Random& random) {
  IdBytes bytes;
  random.fill(bytes);
  auto ms = static_cast<std::uint64_t>(now.us / 1000);
  for (int i = 0; i < 6; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  return with_version(bytes, 7);
}

IdBytes make_uuid4(Random& random) {
  IdBytes bytes;
  random.fill(bytes);
  return with_version(bytes, 4);
}

}  // namespace kith
