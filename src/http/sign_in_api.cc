// Colleagues coming in and going out, and what is theirs alone: /api/desk/session, /api/desk/me.
#include "people/sign_in.h"

#include "http/api_call.h"
#include "http/desk_session.h"
#include "http/tries.h"
#include "people/colleagues.h"
#include "people/if_found.h"
#include "people/may.h"
#include "people/persons.h"
#include "runtime/passwords.h"
#include "wire/access.h"

namespace kith::http {
namespace {

std::int64_t seconds_of(std::chrono::hours hours) {
  return std::chrono::seconds(hours).count();
}

struct Checked {
  bool is_right = false;
  std::string renewed_hash;  // of the right password, when its hash was made with weaker settings than today's
};

// Whether the password is right, on a worker; it takes equally long for an account that does not exist.
boost::asio::awaitable<Result<Checked>> check(ApiServices& api, std::string hash, std::string password) {
  auto compare = [hash = std::move(hash), password = std::move(password)]() -> Result<Checked> {
    Checked checked{.is_right = runtime::verify_password(hash, password), .renewed_hash = {}};
    if (!checked.is_right || !runtime::should_rehash(hash)) return checked;
    KITH_TRY(checked.renewed_hash, runtime::hash_password(password));
    return checked;
  };
  co_return co_await api.workers.run(std::move(compare));
}

boost::asio::awaitable<Result<Account>> find_account(ApiServices& api, std::string email) {
  Time now = api.clock.now();
  auto look = [email, now](const Snapshot& snapshot) { return if_found(account_to_sign_in(snapshot, email, now)); };
  KITH_CO_TRY(std::optional<Account> account, co_await api.store.read(look));
  co_return std::move(account).value_or(Account{});
}

// A visitor's session is none of a colleague's cookie.
std::optional<SessionId> colleagues_session(const Actor& actor) {
  return actor.kind == ActorKind::visitor ? std::nullopt : actor.session;
}

Answer post_session(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::SignInBody body, wire::decode_sign_in(request.body));
  KITH_CO_TRY(Account account, co_await find_account(api, body.email));
  KITH_CO_CHECK(count_try(api, Secret::password, body.email, account.person, request));
  KITH_CO_TRY(Checked checked, co_await check(api, account.password_hash, std::move(body.password)));
  if (!checked.is_right) co_return fail(Errc::not_signed_in, "wrong address or password");
  std::string secret = make_secret(api.random);
  Time now = api.clock.now();
  SignIn command{.id = make_opaque_id<SessionId>(api.random),
                 .person = account.person,
                 .token_digest = sha256(secret),
                 .expires_at = now + api.config.session_lasts,
                 .verified_hash = account.password_hash,
                 .second_factor_due = account.totp_confirmed,
                 .instead_of = colleagues_session(request.actor),
                 .renewed_hash = std::move(checked.renewed_hash)};
  KITH_CO_TRY(Session session, co_await api.store.write(std::move(command), sign_in));
  auto look = [session, now](const Snapshot& snapshot) { return view_desk_session(snapshot, session, now); };
  KITH_CO_TRY(wire::DeskSession view, co_await api.store.read(look));
  Response response = Response::json(wire::encode_desk_session(view));
  response.with("Set-Cookie", session_cookie(secret, request.is_secure, seconds_of(api.config.session_lasts)));
  if (!session.second_factor_due) remember_device(api, request, session.person, response);
  co_return response;
}

Answer get_session(ApiServices& api, Request request) {
  Actor actor = request.actor;
  Time now = api.clock.now();
  auto look = [actor, now](const Snapshot& snapshot) { return view_desk_session(snapshot, actor, now); };
  KITH_CO_TRY(wire::DeskSession view, co_await api.store.read(look));
  co_return Response::json(wire::encode_desk_session(view));
}

Answer delete_session(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto leave = [actor](Tx& tx) { return sign_out(tx, actor); };
  KITH_CO_CHECK(co_await api.store.write(leave));
  Response response = Response::empty();
  response.with("Set-Cookie", ended_session_cookie(request.is_secure));
  co_return response;
}

struct Face {
  Person person;
  std::string hello_line;
};

// Both changes in one transaction, so that nobody sees half of it.
Result<Face> change_face(Tx& tx, const Actor& actor, const wire::ChangeColleague& change) {
  if (change.hello_line) KITH_CHECK(set_hello_line(tx, actor, {actor.person, *change.hello_line}));
  KITH_TRY(Person person, rename_person(tx, actor, {.person = actor.person, .called = change.called}));
  KITH_TRY(Account account, tx.access().account(actor.person));
  return Face{std::move(person), std::move(account.hello_line)};
}

Answer patch_me(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::ChangeColleague change, wire::decode_change_colleague(request.body));
  KITH_CO_TRY(Face face, co_await write_as(api, request.actor, std::move(change), change_face));
  co_return Response::json(wire::encode_colleague(face.person, face.hello_line, true));
}

boost::asio::awaitable<Result<Account>> own_account(ApiServices& api, Actor actor) {
  auto look = [actor](const Snapshot& snapshot) -> Result<Account> {
    KITH_CHECK(may(actor, Verb::read, touched::Account{actor.person}));
    return snapshot.access().account(actor.person);
  };
  co_return co_await api.store.read(look);
}

Answer put_password(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::ChangePasswordBody body, wire::decode_change_password(request.body));
  const PersonId me = request.actor.person;
  KITH_CO_CHECK(count_try(api, Secret::own_password, me.text(), me, request));
  KITH_CO_TRY(Account account, co_await own_account(api, request.actor));
  KITH_CO_TRY(Checked checked, co_await check(api, account.password_hash, std::move(body.current)));
  if (!checked.is_right) co_return invalid("current", "is not your password");
  auto hash = [wanted = std::move(body.wanted)] { return runtime::hash_password(wanted); };
  KITH_CO_TRY(std::string new_hash, co_await api.workers.run(std::move(hash)));
  ChangePassword change{request.actor.person, std::move(account.password_hash), std::move(new_hash)};
  KITH_CO_CHECK(co_await write_as(api, request.actor, std::move(change), change_password));
  co_return Response::empty();
}

}  // namespace

void add_sign_in_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy half_in{.who = kColleague | kSecondFactorDue};
  Policy half_in_writing{.who = kColleague | kSecondFactorDue, .rate = RateClass::writing};
  add(router, api, post, "/api/desk/session", {.who = kAnyone, .rate = RateClass::opening_doors}, post_session);
  add(router, api, get, "/api/desk/session", half_in, get_session);
  add(router, api, remove, "/api/desk/session", half_in_writing, delete_session);
  add(router, api, patch, "/api/desk/me", colleagues(RateClass::writing), patch_me);
  add(router, api, put, "/api/desk/me/password", colleagues(RateClass::opening_doors), put_password);
}

}  // namespace kith::http
