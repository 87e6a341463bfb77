// What anybody may know before the first word: GET /api/site/{inbox}.
#include "http/api_call.h"
#include "http/site_in_page.h"

namespace kith::http {
namespace {

Answer get_site(ApiServices& api, Request request) {
  std::string inbox(request.param("inbox"));
  std::string page(request.headers.get("origin"));
  Time now = api.clock.now();
  auto look = [inbox, now](const Snapshot& snapshot) { return look_at_site(snapshot, inbox, now); };
  KITH_CO_TRY(SeenSite site, co_await api.store.read(look));
  if (api.seen_pages) api.seen_pages->saw(site.door.inbox.id, page);
  Response response = Response::json(site_as_json(site, now, api.presence.public_view()));
  response.etag = etag_of(response.body);
  // The loader asks from the pages of other sites. It is what anybody may know, and no cookie travels along.
  response.with("Access-Control-Allow-Origin", "*").with("Cross-Origin-Resource-Policy", "cross-origin");
  co_return response;
}

}  // namespace

void add_site_routes(Router& router, ApiServices& api) {
  add(router, api, Method::get, "/api/site/{inbox}", {.who = kAnyone}, get_site);
}

}  // namespace kith::http
