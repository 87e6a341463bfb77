// The way from HTTP to the live connection: GET /api/live.
#pragma once

#include <string>

#include "http/router.h"
#include "realtime/hub.h"

namespace kith {

// `public_url` as configured; empty: the house is what the Host header says. `hub` must outlive the router.
void add_live_route(http::Router& router, Hub& hub, const std::string& public_url);

}  // namespace kith
