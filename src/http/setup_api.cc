// First run: /api/setup. The key is printed where Kith was started, so only who can read there can take the house.
#include "base/digest.h"
#include "http/api_call.h"
#include "http/desk_session.h"
#include "http/tries.h"
#include "people/set_up.h"
#include "people/sign_in.h"
#include "runtime/passwords.h"
#include "wire/access.h"

namespace kith::http {
namespace {

boost::asio::awaitable<Result<bool>> is_needed(ApiServices& api) {
  const Time now = api.clock.now();
  auto look = [now](const Snapshot& snapshot) { return needs_set_up(snapshot.people(), now); };
  co_return co_await api.store.read(look);
}

Answer get_setup(ApiServices& api, Request) {
  KITH_CO_TRY(bool needed, co_await is_needed(api));
  co_return Response::json(wire::encode_setup(needed));
}

// Digests, so that not even the length of the key can be felt.
Result<void> check_key(const ApiServices& api, std::string_view key) {
  const std::string given = hex(sha256(key));
  const std::string wanted = hex(sha256(api.setup_key));
  if (api.setup_key.empty() || !equal_in_constant_time(given, wanted))
    return fail(Errc::not_allowed, "not the key of this house");
  return {};
}

struct MovingIn {
  TakeHouse take;
  SignIn sign_in;
};

// Taking the house and the first session in one transaction.
Result<Session> move_in(Tx& tx, const MovingIn& command) {
  KITH_CHECK(take_house(tx, command.take));
  return sign_in(tx, command.sign_in);
}

TakeHouse command_of(wire::SetUpBody body, std::string password_hash) {
  return {.organisation = std::move(body.organisation),
          .time_zone = std::move(body.time_zone),
          .person = body.person,
          .called = std::move(body.called),
          .email = std::move(body.email),
          .password_hash = std::move(password_hash)};
}

Answer post_setup(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::SetUpBody body, wire::decode_set_up(request.body));
  KITH_CO_CHECK(count_try(api, Secret::setup_key, "house", {}, request));
  KITH_CO_CHECK(check_key(api, body.key));
  KITH_CO_TRY(bool needed, co_await is_needed(api));
  if (!needed) co_return fail(Errc::conflict, "somebody looks after this house already");
  auto hash_it = [password = std::move(body.password)] { return runtime::hash_password(password); };
  KITH_CO_TRY(std::string hash, co_await api.workers.run(std::move(hash_it)));
  const std::string secret = make_secret(api.random);
  const Time now = api.clock.now();
  MovingIn moving{.take = command_of(std::move(body), hash),
                  .sign_in = {.id = make_opaque_id<SessionId>(api.random),
                              .token_digest = sha256(secret),
                              .expires_at = now + api.config.session_lasts,
                              .verified_hash = hash}};
  moving.sign_in.person = moving.take.person;
  KITH_CO_TRY(Session session, co_await api.store.write(std::move(moving), move_in));
  // Her roles began with the write, so they are looked at after it.
  auto look = [session, after = api.clock.now()](const Snapshot& snapshot) {
    return view_desk_session(snapshot, session, after);
  };
  KITH_CO_TRY(wire::DeskSession view, co_await api.store.read(look));
  Response response = Response::json(wire::encode_desk_session(view), 201);
  const auto lasts = std::chrono::seconds(api.config.session_lasts).count();
  response.with("Set-Cookie", session_cookie(secret, request.is_secure, lasts));
  remember_device(api, request, session.person, response);
  co_return response;
}

}  // namespace

void add_setup_routes(Router& router, ApiServices& api) {
  add(router, api, Method::get, "/api/setup", {.who = kAnyone}, get_setup);
  add(router, api, Method::post, "/api/setup", {.who = kAnyone, .rate = RateClass::opening_doors}, post_setup);
}

}  // namespace kith::http
