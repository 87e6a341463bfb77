// The bytes in front of a response's body, with the headers that every response of ours carries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/message.h"

namespace kith::http {

struct HeadFacts {
  Time now;
  std::string_view request_id;
  std::optional<std::uint64_t> content_length;  // nullopt: a status that has no body
  bool is_secure = false;
  bool keeps_alive = true;
  bool is_chunked = false;  // the body says itself where it ends
};

std::string write_response_head(const Response& response, const HeadFacts& facts);

// False when a header could be read as two (CR, LF or NUL in it).
bool has_safe_headers(const Response& response);

// Whether the client has this already: If-None-Match against the ETag, weakly (RFC 9110, 13.1.2).
bool is_known_to_client(std::string_view if_none_match, std::string_view etag);

}  // namespace kith::http
