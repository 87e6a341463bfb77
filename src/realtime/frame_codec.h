// The frames of RFC 6455 as a server reads and writes them. Pure: bytes in, messages out, no sockets and no clock. Only
// what the house needs: no extensions, so compressed or otherwise reserved bits are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kith {

// Why a connection is closed (RFC 6455, section 7.4; 4000 and above are ours and stand in docs/live.md).
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported = 1003,
  none_given = 1005,  // never on the wire: the other side closed without saying why
  bad_text = 1007,
  policy = 1008,
  too_large = 1009,
  failed = 1011,
  try_again_later = 1013,
  session_ended = 4401,
};

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct Received {
  enum class Kind : std::uint8_t {
    nothing,  // more bytes are needed
    text,     // a whole message, valid UTF-8
    binary,   // a whole message
    ping,
    pong,
    close,   // `code` and `payload` say why; nothing comes after it
    broken,  // the peer broke the protocol: close with `code` and the reason in `payload`; nothing comes after it
  };
  Kind kind = Kind::nothing;
  std::string_view payload;  // valid until the next call of next()
  CloseCode code = CloseCode::normal;
};

// Takes the bytes of one client in whatever pieces they arrive. A frame that lies whole inside one piece is not copied;
// an idle decoder owns no memory besides itself.
class FrameDecoder {
 public:
  explicit FrameDecoder(std::size_t max_message_bytes) : max_message_bytes_(max_message_bytes) {}

  // Takes bytes from the front of `input` (unmasking them in place) until something is complete, and shortens `input`
  // by what it took. Call it until it returns `nothing`; then `input` is used up.
  Received next(std::span<char>& input);

 private:
  struct Header {
    Opcode opcode = Opcode::continuation;
    bool final = false;
    std::size_t bytes = 0;  // of the header itself; 0 while more bytes are needed to tell
    std::uint64_t payload_bytes = 0;

    [[nodiscard]] std::size_t frame_bytes() const { return bytes + static_cast<std::size_t>(payload_bytes); }
  };

  void forget_handed_out();
  bool take_frame(std::span<char>& input, std::span<char>& frame);
  bool parse_header(std::span<const char> bytes);
  bool accept_first_byte(unsigned char byte);
  bool accept_length(std::span<const char> bytes);
  Received finish_frame(std::span<char> frame);
  Received finish_data(std::string_view payload);
  Received finish_close(std::string_view payload);
  bool refuse(CloseCode code, std::string_view reason);

  std::size_t max_message_bytes_;
  Header header_;                                 // of the frame being read
  Received problem_;                              // set by refuse()
  std::string partial_;                           // a frame that has not arrived whole
  std::string message_;                           // the fragments of a message whose last one has not arrived
  Opcode message_opcode_ = Opcode::continuation;  // continuation: no message has begun
  bool handed_out_ = false;                       // partial_ or message_ holds what next() returned last
  bool ended_ = false;
};

// Appends one whole, unmasked frame.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);
std::string text_frame(std::string_view text);
// The same in the text's own memory.
std::string into_text_frame(std::string text);
// The reason is cut to what a close frame can hold.
std::string close_frame(CloseCode code, std::string_view reason);

// XORs `payload` with a masking key, as both sides of RFC 6455 do.
void apply_mask(std::span<char> payload, const char (&key)[4]);

}  // namespace kith
