#include "http/message.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace kith::http {

namespace {

std::optional<std::string_view> find_pair(const std::vector<TextPair>& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

const char* cookie_name(bool is_secure) {
  return is_secure ? "__Host-kith" : "kith";
}

const char* device_cookie_name(bool is_secure) {
  return is_secure ? "__Host-kith-device" : "kith-device";
}

std::string own_cookie(std::string_view name, std::string_view secret, bool is_secure, std::int64_t max_age_seconds) {
  std::string cookie(name);
  cookie += "=";
  cookie += secret;
  cookie += "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
  cookie += std::to_string(max_age_seconds);
  if (is_secure) cookie += "; Secure";
  return cookie;
}

}  // namespace

std::string_view method_name(Method method) {
  static constexpr std::string_view kNames[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  return kNames[static_cast<std::size_t>(method)];
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  return find_pair(lines, name);
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  return find_pair(query, name);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  return find_pair(cookies, name);
}

std::string_view Request::param(std::string_view name) const {
  return find_pair(params, name).value_or(std::string_view());
}

Response Response::json(std::string body, int status) {
  return text(std::move(body), "application/json", status);
}

Response Response::empty(int status) {
  Response response;
  response.status = status;
  return response;
}

Response Response::text(std::string body, std::string_view media_type, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.with("Content-Type", media_type);
  return response;
}

Result<std::optional<ByteRange>> read_range(const Request& request, std::uint64_t size_bytes) {
  std::string_view text = request.headers.get("range");
  if (!text.starts_with("bytes=") || text.find(',') != text.npos) return std::optional<ByteRange>();
  text.remove_prefix(6);
  const std::size_t dash = text.find('-');
  if (dash == text.npos) return std::optional<ByteRange>();
  const auto first = read_number(text.substr(0, dash));
  const auto last = read_number(text.substr(dash + 1));
  const bool is_suffix = dash == 0 && last;
  const bool is_open = dash + 1 == text.size();
  if (!is_suffix && (!first || (!last && !is_open) || (last && *last < *first))) return std::optional<ByteRange>();
  if (size_bytes == 0 || (is_suffix ? *last == 0 : *first >= size_bytes)) {
    return fail(Errc::not_found, "no byte of this range exists");
  }
  if (is_suffix) {
    const std::uint64_t length = std::min(*last, size_bytes);
    return std::optional(ByteRange{size_bytes - length, length});
  }
  const std::uint64_t end = last ? std::min(*last, size_bytes - 1) : size_bytes - 1;
  return std::optional(ByteRange{*first, end - *first + 1});
}

std::string session_cookie(std::string_view secret, bool is_secure, std::int64_t max_age_seconds) {
  return own_cookie(cookie_name(is_secure), secret, is_secure, max_age_seconds);
}

std::string device_cookie(std::string_view secret, bool is_secure, std::int64_t max_age_seconds) {
  return own_cookie(device_cookie_name(is_secure), secret, is_secure, max_age_seconds);
}

std::optional<std::string_view> device_secret(const Request& request) {
  return request.cookie(device_cookie_name(request.is_secure));
}

std::string ended_session_cookie(bool is_secure) {
  return session_cookie("", is_secure, 0);
}

std::optional<std::string_view> session_secret(const Request& request) {
  return request.cookie(cookie_name(request.is_secure));
}

std::optional<std::string_view> bearer_secret(const Request& request) {
  const std::string_view text = request.headers.get("authorization");
  constexpr std::string_view kBearer = "bearer ";
  if (text.size() <= kBearer.size() || lower_ascii(text.substr(0, kBearer.size())) != kBearer) return std::nullopt;
  return trim(text.substr(kBearer.size()));
}

}  // namespace kith::http
