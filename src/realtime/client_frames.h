// Frames as a client writes them, for tests, fuzzing and load generators.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "realtime/frame_codec.h"

namespace kith {

// Appends one masked frame with any first byte, so that broken ones can be made as well.
inline void append_client_frame(std::string& out, unsigned char first_byte, std::string_view payload,
                                std::uint32_t mask = 0x37fa213d) {
  std::string server_form;
  append_frame(server_form, static_cast<Opcode>(first_byte & 0x0f), payload);
  std::size_t header_bytes = server_form.size() - payload.size();
  char key[4];
  std::memcpy(key, &mask, 4);
  std::size_t begin = out.size();
  out += server_form.substr(0, header_bytes);
  out[begin] = static_cast<char>(first_byte);
  out[begin + 1] = static_cast<char>(out[begin + 1] | 0x80);
  out.append(key, 4);
  std::size_t body = out.size();
  out += payload;
  apply_mask(std::span(out).subspan(body), key);
}

inline std::string client_frame(Opcode opcode, std::string_view payload) {
  std::string out;
  append_client_frame(out, static_cast<unsigned char>(0x80 | static_cast<unsigned char>(opcode)), payload);
  return out;
}

// Frames of a server, put together again. Trusts it.
class ServerFrames {
 public:
  struct Frame {
    Opcode opcode = Opcode::text;
    std::string_view payload;  // until the next call
  };

  void add(std::string_view bytes) {
    bytes_.erase(0, taken_);
    taken_ = 0;
    bytes_ += bytes;
  }
  std::optional<Frame> next() {
    std::string_view rest = std::string_view(bytes_).substr(taken_);
    if (rest.size() < 2) return std::nullopt;
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(rest[at]); };
    std::size_t length = byte(1) & 0x7fU;
    std::size_t extra = length == 127 ? 8 : length == 126 ? 2 : 0;
    if (rest.size() < 2 + extra) return std::nullopt;
    if (extra != 0) length = 0;
    for (std::size_t i = 0; i < extra; ++i) length = length << 8 | byte(2 + i);
    if (rest.size() < 2 + extra + length) return std::nullopt;
    taken_ += 2 + extra + length;
    return Frame{static_cast<Opcode>(byte(0) & 0x0f), rest.substr(2 + extra, length)};
  }
  [[nodiscard]] bool empty() const { return taken_ == bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t taken_ = 0;
};

}  // namespace kith
