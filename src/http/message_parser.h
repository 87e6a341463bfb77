// Turns the bytes of a connection into requests, and refuses whatever two servers could read in two ways. No I/O, so
// that it can be tested and fuzzed byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/limits.h"
#include "http/message.h"

namespace kith::http {

// Why a request cannot be answered as asked; the connection ends after saying so.
struct Refusal {
  int status = 400;
  const char* why = "";
};

// One request. Made for each anew, so that an idle connection holds none.
class MessageParser {
 public:
  explicit MessageParser(const Limits& limits);
  ~MessageParser();
  MessageParser(const MessageParser&) = delete;
  MessageParser& operator=(const MessageParser&) = delete;

  enum class Step : std::uint8_t { more, head, body, done, refused };
  // Takes what it can from the front of `bytes` and says how far the request is. The rest has to be offered again with
  // more behind it. `head` is said once, when everything before the body is known; then comes set_body_cap() and
  // feeding goes on, with no bytes too. After `body` or `done` there may be something in take_body().
  struct Fed {
    std::size_t taken = 0;
    Step step = Step::more;
  };
  Fed feed(std::string_view bytes);
  [[nodiscard]] const Refusal& refusal() const;

  // Once, after `head`. Path, query, headers and cookies; the rest is the session's to fill in.
  Request take_request();
  void set_body_cap(std::uint64_t bytes);
  // What of the body has arrived since the last call.
  std::string take_body();

  [[nodiscard]] bool keeps_alive() const;
  [[nodiscard]] bool is_http_1_0() const;
  [[nodiscard]] bool expects_continue() const;
  // A body was announced, even an empty one.
  [[nodiscard]] bool has_body() const;
  [[nodiscard]] std::optional<std::uint64_t> content_length() const;
  [[nodiscard]] std::uint64_t body_bytes() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace kith::http
