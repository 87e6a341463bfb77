#include "realtime/frame_codec.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace kith {
namespace {

constexpr std::size_t kMaxControlBytes = 125;
constexpr std::size_t kMaxHeaderBytes = 10;

bool is_control(Opcode opcode) {
  return static_cast<std::uint8_t>(opcode) >= 8;
}

unsigned char byte_at(std::span<const char> bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// The codes a peer may send (section 7.4.1 and the registry that grew from it).
bool may_be_sent(std::uint16_t code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

void append_header(std::string& out, Opcode opcode, std::uint64_t length) {
  out += static_cast<char>(0x80 | static_cast<unsigned char>(opcode));
  std::size_t extra = length < 126 ? 0 : length <= 0xffff ? 2 : 8;
  out += static_cast<char>(extra == 0 ? length : extra == 2 ? 126 : 127);
  for (std::size_t i = extra; i-- > 0;) out += static_cast<char>(length >> (8 * i) & 0xff);
}

}  // namespace

void apply_mask(std::span<char> payload, const char (&key)[4]) {
  std::uint64_t wide_key = 0;
  std::memcpy(&wide_key, key, 4);
  std::memcpy(reinterpret_cast<char*>(&wide_key) + 4, key, 4);
  std::size_t at = 0;
  for (; at + 8 <= payload.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, payload.data() + at, 8);
    word ^= wide_key;
    std::memcpy(payload.data() + at, &word, 8);
  }
  for (; at < payload.size(); ++at) payload[at] = static_cast<char>(payload[at] ^ key[at % 4]);
}

Received FrameDecoder::next(std::span<char>& input) {
  forget_handed_out();
  std::span<char> frame;
  if (!ended_ && take_frame(input, frame)) return finish_frame(frame);
  input = {};
  return std::exchange(problem_, {});
}

// Gives memory back at once: an idle connection keeps none.
void FrameDecoder::forget_handed_out() {
  if (!std::exchange(handed_out_, false)) return;
  partial_ = {};
  if (message_opcode_ == Opcode::continuation) message_ = {};
}

// Finds the next whole frame, in `input` when it lies there, else collected in partial_. False when bytes are missing
// or the header is refused.
bool FrameDecoder::take_frame(std::span<char>& input, std::span<char>& frame) {
  if (partial_.empty()) {
    if (!parse_header(input)) return false;
    if (header_.bytes != 0 && header_.frame_bytes() <= input.size()) {
      frame = input.first(header_.frame_bytes());
      input = input.subspan(header_.frame_bytes());
      return true;
    }
  }
  while (!input.empty()) {
    // Byte by byte while the header is incomplete, then whatever has arrived of the rest: memory follows what was
    // received, never what was announced.
    std::size_t wanted = header_.bytes == 0 ? 1 : header_.frame_bytes() - partial_.size();
    std::size_t taken = std::min(wanted, input.size());
    partial_.append(input.data(), taken);
    input = input.subspan(taken);
    if (header_.bytes == 0 && !parse_header(partial_)) return false;
    if (header_.bytes != 0 && partial_.size() == header_.frame_bytes()) {
      frame = partial_;
      return true;
    }
  }
  return false;
}

// Reads into header_ what `bytes` begin with; header_.bytes stays 0 while they are too few. False: refused.
bool FrameDecoder::parse_header(std::span<const char> bytes) {
  header_ = {};
  if (!bytes.empty() && !accept_first_byte(byte_at(bytes, 0))) return false;
  return bytes.size() < 2 || accept_length(bytes);
}

bool FrameDecoder::accept_first_byte(unsigned char byte) {
  header_.final = (byte & 0x80) != 0;
  header_.opcode = static_cast<Opcode>(byte & 0x0f);
  if ((byte & 0x70) != 0) return refuse(CloseCode::protocol_error, "reserved bits are set");
  bool is_inside_message = message_opcode_ != Opcode::continuation;
  switch (header_.opcode) {
    case Opcode::continuation:
      return is_inside_message || refuse(CloseCode::protocol_error, "continuation of nothing");
    case Opcode::text:
    case Opcode::binary:
      return !is_inside_message || refuse(CloseCode::protocol_error, "a message inside a message");
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      return header_.final || refuse(CloseCode::protocol_error, "control frames come in one piece");
  }
  return refuse(CloseCode::protocol_error, "unknown kind of frame");
}

bool FrameDecoder::accept_length(std::span<const char> bytes) {
  unsigned char second = byte_at(bytes, 1);
  if ((second & 0x80) == 0) return refuse(CloseCode::protocol_error, "client frames are masked");
  std::uint64_t length = second & 0x7f;
  if (is_control(header_.opcode) && length > kMaxControlBytes)
    return refuse(CloseCode::protocol_error, "control frames hold at most 125 bytes");
  std::size_t extra = length == 127 ? 8 : length == 126 ? 2 : 0;
  if (bytes.size() < 2 + extra) return true;
  if (extra != 0) length = 0;
  for (std::size_t i = 0; i < extra; ++i) length = length << 8 | byte_at(bytes, 2 + i);
  if ((extra == 2 && length < 126) || (extra == 8 && length <= 0xffff) || length >> 63 != 0)
    return refuse(CloseCode::protocol_error, "length is not written the shortest way");
  if (!is_control(header_.opcode) && length > max_message_bytes_ - message_.size())
    return refuse(CloseCode::too_large, "message is too large");
  header_.payload_bytes = length;
  header_.bytes = 2 + extra + 4;
  return true;
}

Received FrameDecoder::finish_frame(std::span<char> frame) {
  char key[4];
  std::memcpy(key, frame.data() + header_.bytes - 4, 4);
  std::span<char> payload = frame.subspan(header_.bytes);
  apply_mask(payload, key);
  handed_out_ = true;
  std::string_view bytes(payload.data(), payload.size());
  switch (header_.opcode) {
    case Opcode::close:
      return finish_close(bytes);
    case Opcode::ping:
      return {.kind = Received::Kind::ping, .payload = bytes};
    case Opcode::pong:
      return {.kind = Received::Kind::pong, .payload = bytes};
    default:
      return finish_data(bytes);
  }
}

Received FrameDecoder::finish_data(std::string_view payload) {
  Opcode opcode = header_.opcode == Opcode::continuation ? message_opcode_ : header_.opcode;
  bool is_in_one_piece = header_.final && header_.opcode != Opcode::continuation;
  if (!is_in_one_piece) message_.append(payload);
  message_opcode_ = header_.final ? Opcode::continuation : opcode;
  if (!header_.final) return {};
  std::string_view message = is_in_one_piece ? payload : std::string_view(message_);
  if (opcode == Opcode::binary) return {.kind = Received::Kind::binary, .payload = message};
  if (is_utf8(message)) return {.kind = Received::Kind::text, .payload = message};
  (void)refuse(CloseCode::bad_text, "text is not UTF-8");
  return std::exchange(problem_, {});
}

Received FrameDecoder::finish_close(std::string_view payload) {
  ended_ = true;
  if (payload.empty()) return {.kind = Received::Kind::close, .code = CloseCode::none_given};
  std::uint16_t code =
      payload.size() < 2 ? 0 : static_cast<std::uint16_t>(byte_at(payload, 0) << 8 | byte_at(payload, 1));
  std::string_view reason = payload.size() < 2 ? std::string_view() : payload.substr(2);
  bool is_fine = may_be_sent(code) ? is_utf8(reason) || refuse(CloseCode::bad_text, "close reason is not UTF-8")
                                   : refuse(CloseCode::protocol_error, "not a close code that may be sent");
  if (!is_fine) return std::exchange(problem_, {});
  return {.kind = Received::Kind::close, .payload = reason, .code = static_cast<CloseCode>(code)};
}

bool FrameDecoder::refuse(CloseCode code, std::string_view reason) {
  ended_ = true;
  problem_ = {.kind = Received::Kind::broken, .payload = reason, .code = code};
  return false;
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
  append_header(out, opcode, payload.size());
  out += payload;
}

std::string text_frame(std::string_view text) {
  std::string frame;
  frame.reserve(text.size() + kMaxHeaderBytes);
  append_frame(frame, Opcode::text, text);
  return frame;
}

std::string into_text_frame(std::string text) {
  std::string header;  // short enough to need no memory
  append_header(header, Opcode::text, text.size());
  text.insert(0, header);
  return text;
}

std::string close_frame(CloseCode code, std::string_view reason) {
  auto number = static_cast<std::uint16_t>(code);
  std::string payload{static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
  payload += cut(reason, kMaxControlBytes - 2);
  std::string frame;
  append_frame(frame, Opcode::close, payload);
  return frame;
}

}  // namespace kith
