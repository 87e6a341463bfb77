// Presence, settings, teams, inboxes and the team itself: /api/desk/...
#include "people/house.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"
#include "http/api_call.h"
#include "http/problem.h"
#include "people/colleagues.h"
#include "people/may.h"
#include "wire/access.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

// Room for every day off that may be named.
constexpr std::size_t kSettingsBodyBytes = 512 * 1024;

Answer get_presence(ApiServices& api, Request request) {
  KITH_CO_CHECK(may(request.actor, Verb::read, touched::Presence{request.actor.person}));
  co_return Response::json(wire::encode_team_presence(api.presence.who_is_there()));
}

Answer put_presence(ApiServices& api, Request request) {
  PersonId person = request.actor.person;
  KITH_CO_TRY(Presence presence, wire::decode_presence(request.body, api.presence.find(person)));
  KITH_CO_CHECK(may(request.actor, Verb::change, touched::Presence{person}));
  presence.person = person;
  api.presence.set(presence);
  co_return answer_with(presence);
}

boost::asio::awaitable<Result<House>> read_house(ApiServices& api, Actor actor) {
  auto look = [actor](const Snapshot& snapshot) { return view_house(snapshot, actor); };
  co_return co_await api.store.read(look);
}

Response answer_settings(const Settings& settings) {
  Response response = answer_with(settings);
  response.etag = "\"" + std::to_string(settings.version) + "\"";
  return response;
}

Answer get_settings(ApiServices& api, Request request) {
  KITH_CO_TRY(House house, co_await read_house(api, request.actor));
  co_return answer_settings(house.settings);
}

// The version that an If-Match header names, "\"7\"".
Result<std::uint32_t> version_of(const Request& request) {
  std::string_view match = trim(request.headers.get("if-match"));
  if (match.empty()) return invalid("If-Match", "is missing: send the ETag you read");
  std::uint32_t version = 0;
  bool is_quoted = match.size() > 2 && match.starts_with('"') && match.ends_with('"');
  const char* end = match.data() + match.size() - 1;
  auto parsed = is_quoted ? std::from_chars(match.data() + 1, end, version) : std::from_chars_result{};
  if (!is_quoted || parsed.ec != std::errc() || parsed.ptr != end) return invalid("If-Match", "is not an ETag of ours");
  return version;
}

Answer put_settings(ApiServices& api, Request request) {
  KITH_CO_TRY(SaveSettings save, wire::decode_save_settings(request.body));
  KITH_CO_TRY(save.version, version_of(request));
  auto saved = co_await write_as(api, request.actor, std::move(save), save_settings);
  if (!saved && saved.error().code == Errc::conflict)
    co_return problem(412, "Somebody changed this after you read it", "Read it again and decide anew.");
  if (!saved) co_return std::unexpected(std::move(saved).error());
  co_return answer_settings(*saved);
}

Answer get_teams(ApiServices& api, Request request) {
  KITH_CO_TRY(House house, co_await read_house(api, request.actor));
  co_return Response::json(wire::encode_teams(house.teams));
}

Answer put_team(ApiServices& api, Request request) {
  KITH_CO_TRY(SaveTeam save, wire::decode_save_team(request.body));
  KITH_CO_TRY(save.id, request.id_param<TeamId>("id"));
  KITH_CO_TRY(Team team, co_await write_as(api, request.actor, std::move(save), save_team));
  co_return answer_with(team);
}

Answer get_inboxes(ApiServices& api, Request request) {
  KITH_CO_TRY(House house, co_await read_house(api, request.actor));
  co_return Response::json(wire::encode_inboxes(house.inboxes));
}

Answer put_inbox(ApiServices& api, Request request) {
  KITH_CO_TRY(SaveInbox save, wire::decode_save_inbox(request.body));
  KITH_CO_TRY(save.inbox.id, request.id_param<InboxId>("id"));
  KITH_CO_TRY(Inbox inbox, co_await write_as(api, request.actor, std::move(save), save_inbox));
  co_return answer_with(inbox);
}

Answer get_inbox_pages(ApiServices& api, Request request) {
  KITH_CO_TRY(InboxId inbox, request.id_param<InboxId>("id"));
  KITH_CO_TRY(House house, co_await read_house(api, request.actor));
  const bool is_ours = std::ranges::any_of(house.inboxes, [&](const Inbox& one) { return one.id == inbox; });
  if (!is_ours) co_return fail(Errc::not_found, "no such inbox");
  std::vector<std::string> pages;
  if (api.seen_pages) pages = api.seen_pages->of(inbox);
  co_return Response::json(wire::encode_seen_pages(pages));
}

struct NewSecret {
  InboxId inbox;
  std::string secret;  // the website signs with this text as it stands
  std::string sealed;
  const runtime::SealedBox& box;
};

// Whether the inbox has this secret already: then the same request came before, and nothing changes.
bool has_secret(const Inbox& inbox, const NewSecret& command) {
  const auto secret = command.box.unseal(inbox.identity_secret);
  return secret && *secret == command.secret;
}

// True when it is new.
Result<bool> take_new_secret(Tx& tx, const Actor& actor, const NewSecret& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Settings{}));
  KITH_TRY(Inbox inbox, tx.house().find_inbox(command.inbox));
  if (inbox.kind != InboxKind::web) return fail(Errc::conflict, "only a website vouches for its customers");
  if (has_secret(inbox, command)) return false;
  inbox.identity_secret = command.sealed;
  KITH_CHECK(save_inbox(tx, actor, {std::move(inbox)}));
  return true;
}

Answer post_identity_secret(ApiServices& api, Request request) {
  KITH_CO_TRY(ActId act, wire::decode_new_identity_secret(request.body));
  KITH_CO_TRY(InboxId inbox, request.id_param<InboxId>("id"));
  // Derived, so that a repeat whose answer was lost is told the same one.
  std::string secret = base64url(api.sealed_box.derive("identity secret " + inbox.text() + " " + act.text()));
  NewSecret command{inbox, secret, api.sealed_box.seal(secret, api.random), api.sealed_box};
  KITH_CO_TRY(bool is_new, co_await write_as(api, request.actor, std::move(command), take_new_secret));
  co_return Response::json(wire::encode_identity_secret(secret), is_new ? 201 : 200);
}

Answer get_colleagues(ApiServices& api, Request request) {
  Time now = api.clock.now();
  KITH_CO_TRY(std::vector<TeamMember> members, co_await look_as(api, request.actor, now, list_team));
  co_return Response::json(wire::encode_team_members(members));
}

Answer post_colleague_end(ApiServices& api, Request request) {
  EndColleague end;
  KITH_CO_TRY(end.person, request.id_param<PersonId>("id"));
  KITH_CO_CHECK(co_await write_as(api, request.actor, end, end_colleague));
  co_return Response::empty();
}

Answer post_sample_remove(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto remove = [actor](Tx& tx) { return remove_sample(tx, actor); };
  KITH_CO_TRY(std::int64_t people, co_await api.store.write(remove));
  co_return Response::json(wire::encode_removed_sample(people));
}

}  // namespace

void add_house_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy writing = colleagues(RateClass::writing);
  Policy reading_house = desk(kManageSettings);
  Policy changing_house = desk(kManageSettings, RateClass::writing);
  add(router, api, get, "/api/desk/presence", colleagues(), get_presence);
  add(router, api, put, "/api/desk/presence", writing, put_presence);
  add(router, api, get, "/api/desk/settings", reading_house, get_settings);
  add(router, api, put, "/api/desk/settings", with_room(changing_house, kSettingsBodyBytes), put_settings);
  add(router, api, get, "/api/desk/teams", reading_house, get_teams);
  add(router, api, put, "/api/desk/teams/{id}", changing_house, put_team);
  add(router, api, get, "/api/desk/inboxes", reading_house, get_inboxes);
  add(router, api, put, "/api/desk/inboxes/{id}", changing_house, put_inbox);
  add(router, api, get, "/api/desk/inboxes/{id}/pages", reading_house, get_inbox_pages);
  add(router, api, post, "/api/desk/inboxes/{id}/identity_secret", writing, post_identity_secret);
  add(router, api, get, "/api/desk/colleagues", colleagues(), get_colleagues);
  add(router, api, post, "/api/desk/colleagues/{id}/end", writing, post_colleague_end);
  add(router, api, post, "/api/desk/sample/remove", writing, post_sample_remove);
}

}  // namespace kith::http
