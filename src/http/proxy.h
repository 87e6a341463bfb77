// Who really asks, when a proxy of ours stands in front. Only what configured proxies say is believed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/message.h"

namespace kith::http {

struct Client {
  std::string address;  // numeric
  bool is_secure = false;
};

// What counts as one address when somebody is limited: whoever has one IPv6 address usually has the whole /64 around
// it.
std::string network_of(std::string_view address);

// `address` in the one spelling that sockets have.
bool is_trusted_proxy(std::string_view address, std::span<const std::string> trusted_proxies);

// `peer` and `peer_is_secure` are what the socket knows. From a trusted peer the last address in X-Forwarded-For that
// is not a trusted proxy itself counts, and X-Forwarded-Proto. Some proxies add to the line a client sent, others add a
// line of their own: only what stands last is theirs.
Client client_behind(const Headers& headers, std::string_view peer, bool peer_is_secure,
                     std::span<const std::string> trusted_proxies);

}  // namespace kith::http
