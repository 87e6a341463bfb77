// The second factor of a colleague: giving a code, setting it up, doing without it.
#include "people/second_factor.h"

#include "http/api_call.h"
#include "http/desk_session.h"
#include "http/tries.h"
#include "people/may.h"
#include "runtime/passwords.h"
#include "runtime/totp.h"
#include "wire/access.h"

namespace kith::http {
namespace {

// The account behind a session, also while its second factor is due.
Result<Account> account_behind(const Snapshot& snapshot, const Actor& actor) {
  if (!actor.session) return fail(Errc::not_signed_in, "no session");
  KITH_TRY(Session session, snapshot.access().session(*actor.session));
  if (session.revoked || session.kind != SessionKind::colleague) return fail(Errc::not_signed_in, "session is over");
  return snapshot.access().account(session.person);
}

boost::asio::awaitable<Result<Account>> read_account(ApiServices& api, Actor actor) {
  auto look = [actor](const Snapshot& snapshot) { return account_behind(snapshot, actor); };
  co_return co_await api.store.read(look);
}

// The step that `code` is right for; `invalid` otherwise, and too_many after too many tries.
Result<std::int64_t> check_code(ApiServices& api, const Request& request, const Account& account,
                                std::string_view code) {
  KITH_CHECK(count_try(api, Secret::code, account.person.text(), account.person, request));
  if (account.totp_secret.empty()) return fail(Errc::conflict, "no second factor was begun");
  KITH_TRY(std::string secret, api.sealed_box.unseal(account.totp_secret));
  auto step = runtime::verify_totp(secret, code, api.clock.now(), account.totp_last_step);
  if (!step) return invalid("code", "is not the code of this moment");
  return *step;
}

Answer post_code(ApiServices& api, Request request) {
  KITH_CO_TRY(std::string code, wire::decode_second_factor_code(request.body));
  KITH_CO_TRY(Account account, co_await read_account(api, request.actor));
  CompleteSecondFactor command;
  KITH_CO_TRY(command.step, check_code(api, request, account, code));
  KITH_CO_TRY(Session session, co_await write_as(api, request.actor, command, complete_second_factor));
  Time now = api.clock.now();
  auto look = [session, now](const Snapshot& snapshot) { return view_desk_session(snapshot, session, now); };
  KITH_CO_TRY(wire::DeskSession view, co_await api.store.read(look));
  Response response = Response::json(wire::encode_desk_session(view));
  remember_device(api, request, session.person, response);
  co_return response;
}

// The Base32 form as it stands in the otpauth address.
std::string secret_in(const std::string& uri) {
  auto from = uri.find("secret=");
  if (from == std::string::npos) return {};
  from += 7;
  return uri.substr(from, uri.find('&', from) - from);
}

boost::asio::awaitable<Result<std::string>> organisation(ApiServices& api) {
  auto look = [](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(Settings settings, snapshot.house().settings());
    return std::move(settings.organisation);
  };
  co_return co_await api.store.read(look);
}

Answer post_set_up(ApiServices& api, Request request) {
  KITH_CO_TRY(Account account, co_await read_account(api, request.actor));
  KITH_CO_TRY(std::string issuer, co_await organisation(api));
  std::string secret = runtime::make_totp_secret(api.random);
  SetTotp command{api.sealed_box.seal(secret, api.random)};
  KITH_CO_CHECK(co_await write_as(api, request.actor, std::move(command), set_totp));
  std::string uri = runtime::totp_uri(secret, issuer, account.email);
  co_return Response::json(wire::encode_second_factor_setup(secret_in(uri), uri), 201);
}

Answer put_confirm(ApiServices& api, Request request) {
  KITH_CO_TRY(std::string code, wire::decode_second_factor_code(request.body));
  KITH_CO_TRY(Account account, co_await read_account(api, request.actor));
  ConfirmTotp command;
  KITH_CO_TRY(command.step, check_code(api, request, account, code));
  KITH_CO_CHECK(co_await write_as(api, request.actor, command, confirm_totp));
  co_return Response::empty();
}

Answer post_remove(ApiServices& api, Request request) {
  KITH_CO_TRY(std::string password, wire::decode_password(request.body));
  const PersonId me = request.actor.person;
  KITH_CO_CHECK(count_try(api, Secret::own_password, me.text(), me, request));
  KITH_CO_TRY(Account account, co_await read_account(api, request.actor));
  auto check = [hash = account.password_hash, password = std::move(password)]() -> Result<bool> {
    return runtime::verify_password(hash, password);
  };
  KITH_CO_TRY(bool right, co_await api.workers.run(std::move(check)));
  if (!right) co_return invalid("password", "is not your password");
  RemoveTotp command{request.actor.person};
  KITH_CO_CHECK(co_await write_as(api, request.actor, command, remove_totp));
  co_return Response::empty();
}

}  // namespace

void add_second_factor_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy giving{.who = kColleague | kSecondFactorDue, .rate = RateClass::opening_doors};
  Policy changing = colleagues(RateClass::opening_doors);
  add(router, api, post, "/api/desk/session/second_factor", giving, post_code);
  add(router, api, post, "/api/desk/me/second_factor", changing, post_set_up);
  add(router, api, put, "/api/desk/me/second_factor", changing, put_confirm);
  add(router, api, post, "/api/desk/me/second_factor/remove", changing, post_remove);
}

}  // namespace kith::http
