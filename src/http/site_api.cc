// What anybody may know before the first word: GET /api/site/{inbox}.
#include "http/api_call.h"
#include "people/colleagues.h"
#include "people/house.h"

namespace kith::http {
namespace {

struct Site {
  FrontDoor door;
  std::vector<PublicFace> faces;
};

Answer get_site(ApiServices& api, Request request) {
  std::string inbox(request.param("inbox"));
  std::string page(request.headers.get("origin"));
  Time now = api.clock.now();
  auto look = [inbox, now](const Snapshot& snapshot) -> Result<Site> {
    KITH_TRY(FrontDoor door, front_door_called(snapshot, inbox));
    KITH_TRY(std::vector<PublicFace> faces, list_faces(snapshot, now));
    return Site{std::move(door), std::move(faces)};
  };
  KITH_CO_TRY(Site site, co_await api.store.read(look));
  if (api.seen_pages) api.seen_pages->saw(site.door.inbox.id, page);
  Response response = Response::json(wire::encode_site(site.door, look_at_opening(site.door.settings.opening, now),
                                                       site.faces, api.presence.public_view()));
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
