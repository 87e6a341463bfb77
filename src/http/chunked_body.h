// The framing of a body whose length is not known beforehand (RFC 9112, 7.1), read byte by byte and strictly: what
// could be read in two ways is broken. Extensions and trailers mean nothing to us and are skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith::http {

class ChunkedBody {
 public:
  // Appends what the chunks hold to `into`, until the end, a fault or `room` bytes have been added. Returns how many of
  // `bytes` were taken; all of them unless it is over.
  std::size_t take(std::string_view bytes, std::string& into, std::uint64_t room);

  [[nodiscard]] bool is_done() const { return state_ == State::done; }
  [[nodiscard]] bool is_broken() const { return state_ == State::broken; }
  [[nodiscard]] bool is_too_large() const { return state_ == State::too_large; }

 private:
  enum class State : std::uint8_t {
    size,       // hexadecimal digits
    extension,  // what follows them on the line
    size_line_feed,
    content,
    content_return,  // the line break behind the content
    content_line_feed,
    trailer_begin,  // the first byte of a trailer line, or of the empty line at the end
    trailer,
    trailer_line_feed,
    last_line_feed,
    done,
    broken,
    too_large,
  };

  State after(char byte);
  State after_size(char byte);
  State after_size_line();
  State after_skipped(char byte, State stay, State line_feed);

  State state_ = State::size;
  std::uint64_t left_ = 0;  // of the chunk
  std::size_t digits_ = 0;
  std::size_t skipped_ = 0;  // bytes of extensions and trailers
};

}  // namespace kith::http
