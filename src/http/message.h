// A request as handlers see it, checked and decoded, and the response they give. No parser and no socket in here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.h"
#include "domain/access.h"

namespace kith::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };
std::string_view method_name(Method method);

using TextPair = std::pair<std::string, std::string>;

// Header lines; names in lower case.
struct Headers {
  std::vector<TextPair> lines;

  // The first one with this (lower-case) name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }
};

struct Request {
  Method method = Method::get;
  std::string path;             // percent-decoded, valid UTF-8, begins with '/', no empty, "." or ".." segment
  std::vector<TextPair> query;  // decoded, in order
  Headers headers;
  std::vector<TextPair> cookies;
  std::vector<TextPair> params;  // what {names} of the pattern matched
  std::string body;              // empty for streaming routes
  std::string remote_address;    // numeric; behind a trusted proxy the client's
  bool is_secure = false;        // the client came by TLS, to us or to a trusted proxy
  std::string id;                // names this request in the log and in X-Request-Id
  Actor actor;                   // who asks, as the router's gate found out

  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
  // Empty when the pattern has no such name.
  [[nodiscard]] std::string_view param(std::string_view name) const;
  template <class TypedId>
  [[nodiscard]] Result<TypedId> id_param(std::string_view name) const {
    auto parsed = TypedId::parse(param(name));
    // A malformed id is an id of nothing.
    if (!parsed) return fail(Errc::not_found, "the id in the path is not a UUID");
    return *parsed;
  }
};

// A body that is made while it is sent: a file, or (without a size) something whose end nobody knows yet. `next` gives
// the next piece, empty at the end.
struct BodySource {
  std::optional<std::uint64_t> size_bytes;
  std::function<boost::asio::awaitable<Result<std::string>>()> next;
};

struct Response {
  int status = 200;
  std::vector<TextPair> headers;  // on top of those that every response carries; a header set here replaces the default
  std::string body;
  std::optional<BodySource> source;  // instead of body
  std::string_view lasting;          // instead of body: bytes of the program itself, or of `owner`
  std::shared_ptr<const std::string> owner;
  std::string etag;  // with its quotes; a matching If-None-Match turns a 200 into a 304

  [[nodiscard]] std::string_view bytes() const { return lasting.empty() ? std::string_view(body) : lasting; }

  static Response json(std::string body, int status = 200);
  static Response empty(int status = 204);
  static Response text(std::string body, std::string_view media_type, int status = 200);

  // A value with CR, LF or NUL never leaves: the line is dropped and the request answered with 500.
  Response& with(std::string_view name, std::string_view value) {
    headers.emplace_back(name, value);
    return *this;
  }
};

// The body of an upload, piece by piece as it arrives.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  // Empty at the end. too_large past the route's cap, invalid for a broken body, unavailable when the client stopped.
  virtual boost::asio::awaitable<Result<std::string>> next_chunk() = 0;
  // What Content-Length announced; nullopt for a chunked body.
  [[nodiscard]] virtual std::optional<std::uint64_t> announced_bytes() const = 0;
};

// `bytes=A-B` of a Range header against a thing of this size.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};
// nullopt: send everything (no, several or foreign ranges). not_found in the Result: no byte of it exists (416).
Result<std::optional<ByteRange>> read_range(const Request& request, std::uint64_t size_bytes);

// The cookie under which a colleague's secret travels: "__Host-kith" when the request came by TLS, else "kith".
std::string session_cookie(std::string_view secret, bool is_secure, std::int64_t max_age_seconds);
std::string ended_session_cookie(bool is_secure);
// The cookie by which a device is known again: "__Host-kith-device", or "kith-device".
std::string device_cookie(std::string_view secret, bool is_secure, std::int64_t max_age_seconds);
std::optional<std::string_view> device_secret(const Request& request);
std::optional<std::string_view> session_secret(const Request& request);
// What follows "Authorization: Bearer ".
std::optional<std::string_view> bearer_secret(const Request& request);

}  // namespace kith::http
