#include "http/message_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "http/chunked_body.h"
#include "http/target.h"

namespace kith::http {

namespace {

namespace beast = boost::beast;
using beast::http::verb;

std::optional<Method> method_of(verb name) {
  switch (name) {
    case verb::get:
      return Method::get;
    case verb::head:
      return Method::head;
    case verb::post:
      return Method::post;
    case verb::put:
      return Method::put;
    case verb::patch:
      return Method::patch;
    case verb::delete_:
      return Method::remove;
    case verb::options:
      return Method::options;
    default:
      return std::nullopt;
  }
}

bool is_a_folded_line(std::string_view head) {
  return head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

bool read_length(std::string_view text, std::uint64_t& length) {
  const bool is_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > 18 || !is_digits) return false;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return true;
}

// host, host:port, [v6]:port: nothing that could end up as something else in a link.
bool is_host(std::string_view text) {
  const auto is_fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == ':' || c == '[' || c == ']';
  };
  return text.size() <= 255 && std::all_of(text.begin(), text.end(), is_fine);
}

bool asks_for_another_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const std::size_t at = line.rfind(" HTTP/");
  return at != std::string_view::npos && !line.ends_with("HTTP/1.1") && !line.ends_with("HTTP/1.0");
}

}  // namespace

// Beast walks through the head; what it sees is collected and judged here. The body's framing is ours.
class MessageParser::Parser : public beast::http::basic_parser<true> {
 public:
  explicit Parser(const Limits& limits) : limits_(limits) {
    eager(false);
    // The exact limit is ours, in feed_head().
    header_limit(static_cast<std::uint32_t>(limits.head_bytes) + 1024);
    body_limit(boost::none);
  }

  Fed feed(std::string_view bytes) {
    if (refusal_) return {0, Step::refused};
    return is_header_done() ? feed_body(bytes) : feed_head(bytes);
  }

  Request request_;
  std::string body_;
  std::uint64_t body_cap_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::optional<Refusal> refusal_;
  bool expects_continue_ = false;

  [[nodiscard]] bool announces_body() const { return content_lengths_ > 0 || is_chunked_; }
  [[nodiscard]] bool is_coded() const { return is_chunked_; }
  [[nodiscard]] std::uint64_t length() const { return length_; }
  [[nodiscard]] bool is_version_1_0() const { return version_ == 10; }

 private:
  Fed refuse(int status, const char* why) {
    if (!refusal_) refusal_ = Refusal{status, why};
    return {0, Step::refused};
  }

  Fed feed_head(std::string_view bytes) {
    // RFC 9112, 2.2: an empty line before a request is forgiven. One.
    if (!skipped_empty_line_ && scanned_ <= 1 && bytes.starts_with("\r\n")) {
      skipped_empty_line_ = true;
      scanned_ = 0;
      return {2, Step::more};
    }
    const std::size_t from = scanned_ > 3 ? scanned_ - 3 : 0;
    const std::size_t end = bytes.find("\r\n\r\n", from);
    const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 4;
    if (size > limits_.head_bytes) return refuse_long_head(bytes);
    if (end == std::string_view::npos) {
      scanned_ = bytes.size();
      return {0, Step::more};
    }
    return read_head(bytes.substr(0, size));
  }

  Fed refuse_long_head(std::string_view bytes) {
    const std::size_t line_end = bytes.find("\r\n");
    const bool is_the_target = line_end == std::string_view::npos || line_end > limits_.target_bytes;
    return is_the_target ? refuse(414, "the target is too long") : refuse(431, "the head is too long");
  }

  Fed read_head(std::string_view head) {
    if (is_a_folded_line(head)) return refuse(400, "a header line is folded");
    beast::error_code error;
    const std::size_t taken = put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (!refusal_ && error == beast::http::error::bad_version && asks_for_another_version(head)) {
      return refuse(505, "only HTTP/1.1 is spoken here");
    }
    if (refusal_ || error || taken != head.size() || !is_header_done()) return refuse(400, "the head cannot be read");
    check_head();
    if (refusal_) return {0, Step::refused};
    return {taken, Step::head};
  }

  void check_head() {
    if (version_ == 11 && hosts_ != 1) refuse(400, "there must be one Host");
    if (hosts_ > 1 || !is_host(request_.headers.get("host"))) refuse(400, "Host cannot be read");
    if (content_lengths_ > 1) refuse(400, "the length is said twice");
    if (is_chunked_ && content_lengths_ > 0) refuse(400, "both a length and a coding");
    if (is_chunked_ && version_ == 10) refuse(400, "HTTP/1.0 knows no coding");
  }

  Fed feed_body(std::string_view bytes) {
    const std::uint64_t room = body_cap_ - std::min(body_cap_, body_bytes_);
    return is_chunked_ ? feed_chunks(bytes, room) : feed_known_length(bytes, room);
  }

  Fed feed_known_length(std::string_view bytes, std::uint64_t room) {
    const std::uint64_t left = length_ - body_bytes_;
    if (left > room) return refuse(413, "the body is too large");
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
    body_.append(bytes.substr(0, taken));
    body_bytes_ += taken;
    return {taken, taken == left ? Step::done : Step::body};
  }

  Fed feed_chunks(std::string_view bytes, std::uint64_t room) {
    const std::size_t before = body_.size();
    const std::size_t taken = chunks_.take(bytes, body_, room);
    body_bytes_ += body_.size() - before;
    if (chunks_.is_too_large()) return refuse(413, "the body is too large");
    if (chunks_.is_broken()) return refuse(400, "a chunk cannot be read");
    return {taken, chunks_.is_done() ? Step::done : Step::body};
  }

  void on_request_impl(verb method, beast::string_view, beast::string_view target, int version,
                       beast::error_code&) override {
    version_ = version;
    const auto known = method_of(method);
    if (!known) return void(refuse(501, "this method is not known here"));
    request_.method = *known;
    if (target.size() > limits_.target_bytes) return void(refuse(414, "the target is too long"));
    auto read = read_target({target.data(), target.size()});
    if (!read) return void(refuse(400, "the target cannot be read"));
    request_.path = std::move(read->path);
    request_.query = std::move(read->query);
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     beast::error_code& error) override {
    if (request_.headers.lines.size() >= limits_.headers) {
      refuse(431, "too many headers");
      error = beast::http::error::header_limit;
      return;
    }
    const std::string_view text = trim({value.data(), value.size()});
    request_.headers.lines.emplace_back(lower_ascii({name.data(), name.size()}), text);
    note_field(field, text);
  }

  void note_field(beast::http::field field, std::string_view text) {
    using beast::http::field;
    switch (field) {
      case field::host:
        ++hosts_;
        break;
      case field::content_length:
        ++content_lengths_;
        if (!read_length(text, length_)) refuse(400, "the length is not a number");
        break;
      case field::transfer_encoding:
        if (is_chunked_) refuse(400, "the coding is said twice");
        if (lower_ascii(text) != "chunked") refuse(501, "this coding is not known here");
        is_chunked_ = true;
        break;
      case field::expect:
        if (lower_ascii(text) != "100-continue") refuse(417, "only 100-continue can be expected");
        expects_continue_ = true;
        break;
      case field::cookie:
        for (auto& cookie : read_cookies(text)) request_.cookies.push_back(std::move(cookie));
        break;
      default:
        break;
    }
  }

  void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
  // Bodies never get here: their framing is read in feed_body().
  std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, beast::error_code&) override { return 0; }
  void on_finish_impl(beast::error_code&) override {}

  const Limits& limits_;
  std::size_t scanned_ = 0;
  bool skipped_empty_line_ = false;
  int version_ = 11;
  std::size_t hosts_ = 0;
  std::size_t content_lengths_ = 0;
  std::uint64_t length_ = 0;
  ChunkedBody chunks_;
  bool is_chunked_ = false;
};

MessageParser::MessageParser(const Limits& limits) : parser_(std::make_unique<Parser>(limits)) {}
MessageParser::~MessageParser() = default;

MessageParser::Fed MessageParser::feed(std::string_view bytes) {
  return parser_->feed(bytes);
}

const Refusal& MessageParser::refusal() const {
  static constexpr Refusal kNone;
  return parser_->refusal_ ? *parser_->refusal_ : kNone;
}

Request MessageParser::take_request() {
  return std::move(parser_->request_);
}

void MessageParser::set_body_cap(std::uint64_t bytes) {
  parser_->body_cap_ = bytes;
}

std::string MessageParser::take_body() {
  return std::exchange(parser_->body_, {});
}

bool MessageParser::keeps_alive() const {
  return parser_->keep_alive();
}

bool MessageParser::is_http_1_0() const {
  return parser_->is_version_1_0();
}

bool MessageParser::expects_continue() const {
  return parser_->expects_continue_;
}

bool MessageParser::has_body() const {
  return parser_->announces_body();
}

std::optional<std::uint64_t> MessageParser::content_length() const {
  if (parser_->is_coded() || !parser_->announces_body()) return std::nullopt;
  return parser_->length();
}

std::uint64_t MessageParser::body_bytes() const {
  return parser_->body_bytes_;
}

}  // namespace kith::http
