#include "http/response_head.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include <fmt/format.h>

#include "base/text.h"
#include "http/problem.h"

namespace kith::http {

namespace {

struct DefaultHeader {
  std::string_view name;
  std::string_view value;
};

// What a response carries unless it says otherwise itself.
constexpr DefaultHeader kDefaults[] = {
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool says(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const TextPair& header) { return same_name(header.first, name); });
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

// "Sun, 22 Nov 2026 02:00:00 GMT" (RFC 9110, 5.6.7).
void append_date(std::string& out, Time now) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = now.us / 1'000'000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  fmt::format_to(std::back_inserter(out), "Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n", kDays[utc.tm_wday],
                 utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

void append_caching(std::string& out, const Response& response) {
  if (!response.etag.empty()) append_line(out, "ETag", response.etag);
  if (says(response, "Cache-Control")) return;
  // With an ETag the browser may keep it, but asks each time.
  append_line(out, "Cache-Control", response.etag.empty() ? "no-store" : "private, no-cache");
}

bool is_safe(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace

std::string write_response_head(const Response& response, const HeadFacts& facts) {
  std::string out;
  out.reserve(768);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  append_date(out, facts.now);
  if (facts.content_length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *facts.content_length);
  if (facts.is_chunked) out += "Transfer-Encoding: chunked\r\n";
  if (!facts.keeps_alive) out += "Connection: close\r\n";
  for (const auto& [name, value] : response.headers) append_line(out, name, value);
  append_caching(out, response);
  for (const DefaultHeader& header : kDefaults) {
    if (!says(response, header.name)) append_line(out, header.name, header.value);
  }
  if (facts.is_secure) append_line(out, "Strict-Transport-Security", "max-age=31536000");
  append_line(out, "X-Request-Id", facts.request_id);
  out += "\r\n";
  return out;
}

bool has_safe_headers(const Response& response) {
  return is_safe(response.etag) &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return is_safe(header.first) && is_safe(header.second); });
}

bool is_known_to_client(std::string_view if_none_match, std::string_view etag) {
  if (etag.empty() || if_none_match.empty()) return false;
  if (trim(if_none_match) == "*") return true;
  const auto strong = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  while (!if_none_match.empty()) {
    const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
    if (strong(trim(if_none_match.substr(0, end))) == strong(etag)) return true;
    if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
  }
  return false;
}

}  // namespace kith::http
