#include "server/live_door.h"

#include <optional>
#include <utility>

#include "http/proxy.h"

namespace kith {

namespace {

// What its end is looked up by: a program has no session.
std::optional<Digest> program_token_of(const http::Request& request) {
  const auto secret = http::bearer_secret(request);
  return secret && request.actor.kind == ActorKind::program ? std::optional(sha256(*secret)) : std::nullopt;
}

}  // namespace

void add_live_route(http::Router& router, Hub& hub, const std::string& public_url) {
  const http::Policy policy{.who = http::kAnyone, .rate = http::RateClass::reading, .takes_json = false};
  router.add_upgrade("/api/live", policy, [&hub, public_url](http::Upgraded upgraded) {
    const http::Request& request = upgraded.request;
    LiveOrigin origin{.page = std::string(request.headers.get("origin")), .house = public_url};
    if (origin.house.empty()) origin.house = origin_from_host(request.headers.get("host"), request.is_secure);
    hub.adopt({.transport = std::move(upgraded.transport),
               .io = upgraded.io,
               .slot = std::move(upgraded.slot),
               .network = http::network_of(request.remote_address),
               .origin = std::move(origin),
               .actor = request.actor,
               .program_token = program_token_of(request),
               .early_bytes = std::move(upgraded.early_bytes)});
  });
}

}  // namespace kith
