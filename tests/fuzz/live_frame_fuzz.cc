// What a live client may send: any bytes, in any pieces. The first byte of the input says how they are cut. Frames
// heard in pieces must be the frames heard whole, and their text goes on into the decoder of client frames.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "realtime/frame_codec.h"
#include "wire/live.h"

namespace {

using kith::Received;

struct Heard {
  Received::Kind kind;
  std::string payload;
  kith::CloseCode code;
  bool operator==(const Heard&) const = default;
};

std::vector<Heard> hear(std::string bytes, std::size_t piece_bytes) {
  kith::FrameDecoder decoder(64 * 1024);
  std::vector<Heard> heard;
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
    std::span<char> input = std::span(bytes).subspan(at, std::min(piece_bytes, bytes.size() - at));
    for (;;) {
      Received received = decoder.next(input);
      if (received.kind != Received::Kind::nothing)
        heard.push_back({received.kind, std::string(received.payload), received.code});
      else if (input.empty())
        break;
    }
  }
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto whole = hear(bytes, bytes.size());
  if (hear(bytes, data[0] % 64 + 1) != whole) std::abort();
  for (const Heard& heard : whole)
    if (heard.kind == Received::Kind::text) (void)kith::wire::decode_client_frame(heard.payload);
  (void)kith::wire::decode_client_frame(bytes);
  return 0;
}
