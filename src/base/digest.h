// SHA-256 (FIPS 180-4), for content names, token hashes and the chain over entries.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kith {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

// The same over a stream of pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  Digest finish();

 private:
  struct State;  // OpenSSL's, so that this header stays free of it
  std::unique_ptr<State> state_;
};

std::string hex(std::span<const std::uint8_t> bytes);

// Takes the same time wherever two equally long values differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace kith
