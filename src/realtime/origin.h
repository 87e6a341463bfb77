// Which web pages may speak in somebody's name. A browser says truthfully where a page comes from; compared exactly.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/access.h"

namespace kith {

// Where the page and the house say they are. Everything as in an Origin header: "https://help.shop.example".
struct LiveOrigin {
  std::string page;   // empty: not a browser
  std::string house;  // never empty
};

// The house's own origin, when no public address is configured: what the Host header says.
std::string origin_from_host(std::string_view host, bool is_secure);

// A colleague's cookie travels by itself, so it needs the house's own page around it. A visitor's token is held by the
// page, which must be the house's or one that her inbox allows. Without a browser the token is enough.
Result<void> check_origin(const LiveOrigin& origin, ActorKind kind, std::span<const std::string> allowed_by_inbox);

}  // namespace kith
