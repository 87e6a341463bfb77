// Ways into the house for others: invitations for colleagues, API tokens for programs.
#include "http/api_call.h"
#include "http/desk_session.h"
#include "http/tries.h"
#include "people/api_tokens.h"
#include "people/colleagues.h"
#include "people/if_found.h"
#include "people/join_team.h"
#include "people/sign_in.h"
#include "runtime/passwords.h"
#include "wire/access.h"

namespace kith::http {
namespace {

constexpr std::string_view kProgramPrefix = "kith_pat_";

Answer get_invitations(ApiServices& api, Request request) {
  Time now = api.clock.now();
  KITH_CO_TRY(auto invitations, co_await look_as(api, request.actor, now, list_invitations));
  co_return Response::json(wire::encode_invitations(invitations));
}

Answer post_invitation(ApiServices& api, Request request) {
  KITH_CO_TRY(InviteColleague invite, wire::decode_invite_colleague(request.body));
  std::string token = make_secret(api.random);
  invite.token_digest = sha256(token);
  invite.expires_at = api.clock.now() + api.config.invitation_lasts;
  auto was_there = [](Tx& tx, const InviteColleague& command) {
    return tx.access().find_invitation(command.id).has_value();
  };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(invite), invite_colleague, was_there));
  co_return Response::json(wire::encode_new_invitation(made.thing, token), made.is_new ? 201 : 200);
}

Answer delete_invitation(ApiServices& api, Request request) {
  WithdrawInvitation withdraw;
  KITH_CO_TRY(withdraw.id, request.id_param<InvitationId>("id"));
  KITH_CO_CHECK(co_await write_as(api, request.actor, withdraw, withdraw_invitation));
  co_return Response::empty();
}

Answer post_invitation_look(ApiServices& api, Request request) {
  KITH_CO_TRY(std::string token, wire::decode_invitation_token(request.body));
  Time now = api.clock.now();
  Digest digest = sha256(token);
  auto look = [digest, now](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(Invitation invitation, view_invitation(snapshot, digest, now));
    KITH_TRY(Settings settings, snapshot.house().settings());
    KITH_TRY(auto inviter, if_found(snapshot.people().find(invitation.invited_by)));
    return wire::encode_invitation_look(invitation, settings.organisation, inviter ? inviter->called : "");
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

struct Joining {
  AcceptInvitation accept;
  SignIn sign_in;
};

// Joining and the first session in one transaction: whoever was let in is in.
Result<Session> join(Tx& tx, const Joining& command) {
  KITH_TRY(Person person, accept_invitation(tx, command.accept));
  SignIn first = command.sign_in;
  first.person = person.id;
  return sign_in(tx, first);
}

// Who joined under this id before and repeats herself; nobody when the invitation is still open.
boost::asio::awaitable<Result<std::optional<Account>>> find_who_repeats(ApiServices& api, Digest token,
                                                                        PersonId person) {
  Time now = api.clock.now();
  auto look = [token, person, now](const Snapshot& snapshot) -> Result<std::optional<Account>> {
    KITH_TRY(auto account, if_found(snapshot.access().account(person)));
    if (account && snapshot.access().invitation_by_digest(token)) return account;
    KITH_CHECK(view_invitation(snapshot, token, now));
    return std::optional<Account>();
  };
  co_return co_await api.store.read(std::move(look));
}

// The hash of her password: the one that is kept when she repeats herself and it is right, else a new one. A wrong
// token must not cost us a hash.
boost::asio::awaitable<Result<std::string>> hash_for(ApiServices& api, const Request& request,
                                                     std::optional<Account> earlier, std::string password) {
  if (!earlier) {
    auto hash = [password = std::move(password)] { return runtime::hash_password(password); };
    co_return co_await api.workers.run(std::move(hash));
  }
  KITH_CO_CHECK(count_try(api, Secret::password, earlier->email, earlier->person, request));
  auto check = [hash = earlier->password_hash, password = std::move(password)]() -> Result<bool> {
    return runtime::verify_password(hash, password);
  };
  KITH_CO_TRY(bool right, co_await api.workers.run(std::move(check)));
  if (!right) co_return fail(Errc::not_found, "used already, and not by her");
  co_return std::move(earlier->password_hash);
}

Answer post_invitation_accept(ApiServices& api, Request request) {
  KITH_CO_TRY(wire::AcceptInvitationBody body, wire::decode_accept_invitation(request.body));
  Digest digest = sha256(body.token);
  KITH_CO_TRY(std::optional<Account> earlier, co_await find_who_repeats(api, digest, body.person));
  bool is_repeat = earlier.has_value();
  KITH_CO_TRY(std::string hash, co_await hash_for(api, request, std::move(earlier), std::move(body.password)));
  std::string secret = make_secret(api.random);
  Time now = api.clock.now();
  Joining joining{{digest, body.person, std::move(body.called), std::move(body.email), hash, is_repeat ? hash : ""},
                  {.id = make_opaque_id<SessionId>(api.random),
                   .token_digest = sha256(secret),
                   .expires_at = now + api.config.session_lasts,
                   .verified_hash = hash}};
  KITH_CO_TRY(Session session, co_await api.store.write(std::move(joining), join));
  auto look = [session, now](const Snapshot& snapshot) { return view_desk_session(snapshot, session, now); };
  KITH_CO_TRY(wire::DeskSession view, co_await api.store.read(look));
  Response response = Response::json(wire::encode_desk_session(view), 201);
  auto lasts = std::chrono::seconds(api.config.session_lasts).count();
  response.with("Set-Cookie", session_cookie(secret, request.is_secure, lasts));
  remember_device(api, request, session.person, response);
  co_return response;
}

Answer get_tokens(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) { return list_api_tokens(snapshot, actor); };
  KITH_CO_TRY(std::vector<ApiToken> tokens, co_await api.store.read(look));
  co_return Response::json(wire::encode_tokens(tokens));
}

Answer post_token(ApiServices& api, Request request) {
  KITH_CO_TRY(CreateApiToken create, wire::decode_create_token(request.body));
  std::string secret(kProgramPrefix);
  secret += make_secret(api.random);
  create.token_digest = sha256(secret);
  auto was_there = [](Tx& tx, const CreateApiToken& command) { return tx.access().find_token(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(create), create_api_token, was_there));
  co_return Response::json(wire::encode_new_token(made.thing, secret), made.is_new ? 201 : 200);
}

Answer delete_token(ApiServices& api, Request request) {
  RevokeApiToken revoke;
  KITH_CO_TRY(revoke.id, request.id_param<ApiTokenId>("id"));
  KITH_CO_CHECK(co_await write_as(api, request.actor, revoke, revoke_api_token));
  co_return Response::empty();
}

}  // namespace

void add_team_door_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy writing = colleagues(RateClass::writing);
  Policy opening{.who = kAnyone, .rate = RateClass::opening_doors};
  add(router, api, get, "/api/desk/invitations", colleagues(), get_invitations);
  add(router, api, post, "/api/desk/invitations", writing, post_invitation);
  add(router, api, remove, "/api/desk/invitations/{id}", writing, delete_invitation);
  add(router, api, post, "/api/invitations/look", opening, post_invitation_look);
  add(router, api, post, "/api/invitations/accept", opening, post_invitation_accept);
  add(router, api, get, "/api/desk/tokens", colleagues(), get_tokens);
  add(router, api, post, "/api/desk/tokens", writing, post_token);
  add(router, api, remove, "/api/desk/tokens/{id}", writing, delete_token);
}

}  // namespace kith::http
