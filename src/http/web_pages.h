// The pages and files of the front end: /desk, /panel/, /hello, /w/, /assets/, /sample-shop. What they show they fetch
// from the API; here are only the bytes, each with the guards its place needs.
#pragma once

#include "http/api.h"
#include "http/assets.h"

namespace kith::http {

struct WebServices {
  ApiServices& api;
  const Assets& assets;
  bool with_sample = false;  // the sample shop's page is there
};

// `web` outlives the routes.
void add_hello_routes(Router& router, const WebServices& web);
void add_web_routes(Router& router, const WebServices& web);

}  // namespace kith::http
