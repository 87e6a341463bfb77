// What a colleague shows and how she likes her desk: /api/desk/me/face, /api/desk/me/preferences; and the pictures
// themselves: /api/faces.
#include "http/api_call.h"
#include "http/page_policy.h"
#include "people/faces.h"
#include "people/picture.h"
#include "people/preferences.h"
#include "wire/opening.h"

namespace kith::http {
namespace {

Answer put_face(ApiServices& api, Request request) {
  ShowFace show{request.actor.person, std::move(request.body)};
  KITH_CO_TRY(Person person, co_await write_as(api, request.actor, std::move(show), show_face));
  co_return Response::json(wire::encode_my_face(person.face));
}

Answer delete_face(ApiServices& api, Request request) {
  HideFace hide{request.actor.person};
  KITH_CO_CHECK(co_await write_as(api, request.actor, hide, hide_face));
  co_return Response::empty();
}

// The picture never changes under its key.
Answer get_face(ApiServices& api, Request request) {
  std::string key(request.param("key"));
  KITH_CO_TRY(SeenFace seen, co_await look_as(api, request.actor, key, view_face));
  Response response = Response::text(std::move(seen.face.bytes), seen.face.media_type);
  response.etag = "\"" + key + "\"";
  if (seen.is_the_teams) {
    response.with("Cache-Control", "public, max-age=31536000, immutable");
    open_to_other_sites(response);
  } else {
    response.with("Cache-Control", "private, no-cache");
  }
  co_return response;
}

Answer get_preferences(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) { return view_preferences(snapshot, actor); };
  KITH_CO_TRY(Preferences preferences, co_await api.store.read(look));
  co_return Response::json(wire::encode(preferences));
}

Answer put_preferences(ApiServices& api, Request request) {
  KITH_CO_TRY(Preferences wanted, wire::decode_preferences(request.body));
  KITH_CO_TRY(Preferences kept, co_await write_as(api, request.actor, std::move(wanted), keep_preferences));
  co_return Response::json(wire::encode(kept));
}

}  // namespace

void add_desk_me_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy writing = colleagues(RateClass::writing);
  Policy picture = with_room(writing, kLargestPicture);
  picture.takes_json = false;
  add(router, api, get, "/api/faces/{key}", {.who = kAnyone}, get_face);
  add(router, api, put, "/api/desk/me/face", picture, put_face);
  add(router, api, remove, "/api/desk/me/face", writing, delete_face);
  add(router, api, get, "/api/desk/me/preferences", colleagues(), get_preferences);
  add(router, api, put, "/api/desk/me/preferences", writing, put_preferences);
}

}  // namespace kith::http
