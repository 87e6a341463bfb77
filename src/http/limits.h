// How much and how slowly a client may send. Generous for people on bad networks, useless for those who want to tie us
// up.
#pragma once

#include <chrono>
#include <cstddef>

namespace kith::http {

struct Limits {
  std::size_t head_bytes = 16 * 1024;  // request line and headers
  std::size_t headers = 100;
  std::size_t target_bytes = 8 * 1024;
  std::size_t requests_per_connection = 10'000;
  std::chrono::milliseconds handshake{10'000};      // TLS
  std::chrono::milliseconds head{10'000};           // from its first byte to its last
  std::chrono::milliseconds idle{60'000};           // between requests
  std::chrono::milliseconds body_progress{10'000};  // each read of a body, and each write of a response
  std::size_t slowest_body_bytes_per_second = 512;  // on average over a whole body, after the first body_progress
  // On average over each body_progress that we wait for a client to take its answer. More than above, because what it
  // has not taken yet is kept in our memory.
  std::size_t slowest_reader_bytes_per_second = 2 * 1024;
};

}  // namespace kith::http
