#include "http/visit_api.h"

#include "base/text.h"
#include "people/house.h"
#include "people/sign_in.h"
#include "people/start_visit.h"
#include "runtime/jwt.h"
#include "wire/access.h"

namespace kith::http {
namespace {

// What the host website says of her; not_signed_in unless its token is right for this inbox.
Result<HostIdentity> verify_host(const runtime::SealedBox& box, const FrontDoor& door, std::string_view token,
                                 Time now) {
  const Inbox& inbox = door.inbox;
  if (inbox.identity_issuer.empty() || inbox.identity_secret.empty())
    return fail(Errc::not_signed_in, "this inbox takes no identity tokens");
  KITH_TRY(std::string key, box.unseal(inbox.identity_secret));
  runtime::JwtRules rules{.issuer = inbox.identity_issuer, .audience = inbox.id.text(), .key = std::move(key)};
  KITH_TRY(runtime::JwtClaims claims, runtime::verify_jwt(token, rules, now));
  return HostIdentity{.issuer = inbox.identity_issuer,
                      .subject = std::move(claims.subject),
                      .name = claims.name.value_or(""),
                      .email = claims.email.value_or(""),
                      .email_verified = claims.email_verified};
}

// Who she was before this visit: a visitor, or nobody. A colleague who tries her own panel is nobody as well.
Actor earlier_visitor(const Actor& actor) {
  return actor.kind == ActorKind::visitor ? actor : Actor{};
}

}  // namespace

Answer begin_visit(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::BeginVisit body, wire::decode_begin_visit(request.body));
  InboxId inbox = body.inbox;
  auto look = [inbox](const Snapshot& snapshot) { return view_front_door(snapshot, inbox); };
  KITH_CO_TRY(FrontDoor door, co_await api.store.read(look));
  StartVisit visit{.id = body.id, .inbox = inbox, .languages = std::move(body.languages)};
  Time now = api.clock.now();
  if (!body.identity_token.empty()) {
    KITH_CO_TRY(visit.host, verify_host(api.sealed_box, door, body.identity_token, now));
  }
  std::string token = body.token.empty() ? make_secret(api.random) : std::move(body.token);
  visit.token_digest = sha256(token);
  visit.expires_at = now + api.config.visit_lasts;
  auto was_there = [](Tx& tx, const StartVisit& command) { return tx.access().session(command.id).has_value(); };
  Actor actor = earlier_visitor(request.actor);
  KITH_CO_TRY(Made<Visit> made, co_await make_as(api, std::move(actor), std::move(visit), start_visit, was_there));
  co_return Response::json(wire::encode_visit(made.thing, token), made.is_new ? 201 : 200);
}

Answer end_visit(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto leave = [actor](Tx& tx) { return sign_out(tx, actor); };
  KITH_CO_CHECK(co_await api.store.write(leave));
  co_return Response::empty();
}

}  // namespace kith::http
