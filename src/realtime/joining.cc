// From hello to live: who is it, what has she missed, and from then on everything as it happens. While somebody catches
// up what happens is put aside; the page that was read last says from which seq on it is news.
#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/digest.h"
#include "base/mutant.h"
#include "conversations/catch_up.h"
#include "people/recognise.h"
#include "realtime/hub.h"
#include "realtime/hub_shard.h"
#include "runtime/spawn.h"
#include "wire/events.h"

namespace kith {
namespace {

constexpr std::string_view kProgramPrefix = "kith_pat_";
constexpr std::chrono::seconds kLongestDrain{45};

// What a program shows that it is one by: the token of its hello, or else that of its handshake.
std::optional<Digest> program_token_of(const LiveClient::Door& door, const std::string& token) {
  if (token.empty()) return door.program_token;
  return token.starts_with(kProgramPrefix) ? std::optional(sha256(token)) : std::nullopt;
}

// Nobody is taken for who she was at the handshake: her session or token may have ended before the hello.
Result<Actor> actor_of(const Snapshot& snapshot, const LiveClient::Door& door, const std::string& token, Time now) {
  if (const auto digest = program_token_of(door, token)) return recognise_program(snapshot, *digest, now);
  if (!token.empty()) return recognise_session(snapshot, sha256(token), now);
  if (door.by_handshake.session) return recognise_session_again(snapshot, *door.by_handshake.session, now);
  return fail(Errc::not_signed_in, "neither a token nor a session");
}

bool may_connect(const Actor& actor) {
  return actor.kind == ActorKind::visitor || actor.kind == ActorKind::colleague || actor.kind == ActorKind::program;
}

}  // namespace

void HubShard::greet(LiveClient& client, wire::LiveHello hello) {
  client.stage = LiveClient::Stage::joins;
  runtime::spawn(io().context(), parts_.log, "live_join", join(client.self(), std::move(hello)));
}

Result<HubShard::Joined> HubShard::find_out(const Snapshot& snapshot, const LiveClient::Door& door,
                                            const std::string& token) const {
  KITH_TRY(Actor actor, actor_of(snapshot, door, token, parts_.clock.now()));
  if (!may_connect(actor)) return fail(Errc::not_signed_in, "nobody is known behind this connection");
  std::vector<std::string> allowed;
  if (actor.inbox) {
    auto inbox = snapshot.house().find_inbox(*actor.inbox);
    if (inbox) allowed = std::move(inbox->allowed_origins);
  }
  KITH_CHECK(check_origin(door.origin, actor.kind, allowed));
  KITH_TRY(LiveStart start, open_live(snapshot, actor));
  return Joined{std::move(actor), std::move(start.thread), start.newest};
}

Result<HubShard::Joined> HubShard::find_out_again(const Snapshot& snapshot, const Actor& actor,
                                                  const std::optional<Digest>& program_token) const {
  Time now = parts_.clock.now();
  if (!actor.session && !program_token) return fail(Errc::not_signed_in, "no session");
  Result<Actor> again = program_token ? recognise_program(snapshot, *program_token, now)
                                      : recognise_session_again(snapshot, *actor.session, now);
  KITH_TRY(Actor today, std::move(again));
  if (today.kind != actor.kind) return fail(Errc::not_signed_in, "somebody else by now");
  KITH_TRY(LiveStart start, open_live(snapshot, today));
  return Joined{std::move(today), std::move(start.thread), start.newest};
}

boost::asio::awaitable<void> HubShard::join(std::shared_ptr<LiveClient> client, wire::LiveHello hello) {
  Result<Joined> joined = fail(Errc::unavailable);
  std::uint32_t changes = 0;
  do {
    changes = client->rights_changes;
    auto look = [this, door = *client->door, token = hello.token](const Snapshot& snapshot) {
      return find_out(snapshot, door, token);
    };
    joined = co_await parts_.store.read(std::move(look));
  } while (client->rights_changes != changes && client->is_open());
  if (!client->is_open()) co_return;
  if (!joined) {
    client->send(share_frame(text_frame(wire::encode_live_problem(joined.error()))));
    bool is_ours = joined.error().code == Errc::unavailable || joined.error().code == Errc::too_many;
    is_ours ? client->close(CloseCode::failed, "something failed here; come back")
            : client->close(CloseCode::session_ended, "hello was not accepted");
    co_return;
  }
  if (const auto digest = program_token_of(*client->door, hello.token))
    client->program_token = std::make_unique<Digest>(*digest);
  wire::LiveWelcome welcome{joined->newest, hello.since && *hello.since > joined->newest,
                            parts_.presence.who_is_there(),
                            parts_.line ? parts_.line->who_is_with_whom() : std::vector<WithWhom>()};
  client->reached = welcome.reset ? welcome.seq : hello.since.value_or(welcome.seq);
  if (is_mutant("cursor_stale") && hello.since) client->reached += 2;
  client->send(share_frame(text_frame(wire::encode_welcome(welcome, joined->actor, joined->thread))));
  client->door.reset();
  client->stage = LiveClient::Stage::catches_up;
  take_in(*client, std::move(*joined));
  list(*client);
  if (client->actor.kind == ActorKind::colleague) hub_.colleague_came(client->actor.person);
  co_await catch_up_with(std::move(client));
}

void HubShard::take_in(LiveClient& client, Joined joined) {
  client.actor = std::move(joined.actor);
  client.strands = joined.thread ? std::move(joined.thread->strands) : std::vector<ConversationId>();
  client.look_again_at = next_look();
}

boost::asio::awaitable<void> HubShard::catch_up_with(std::shared_ptr<LiveClient> client) {
  std::size_t events = options_.page;
  for (;;) {
    if (std::exchange(client->must_look_again, false) && !co_await look_again(client)) co_return;
    // Those who read slowly share the memory for what waits, also with what they missed.
    const PageSize size{events, std::min(options_.page_bytes, share_of_the_slow())};
    Result<Page> page = co_await read_page(client->actor, client->reached, size);
    if (!client->is_open()) co_return;
    if (!page) {
      parts_.log.warning("live_catch_up_failed",
                         {{"why", errc_name(page.error().code)}, {"detail", page.error().detail}});
      client->close(CloseCode::failed, "something failed here; come back");
      co_return;
    }
    // A page that was read with the rights of before is read again with those of now.
    if (client->must_look_again) continue;
    for (SharedFrame& frame : page->frames) client->send_measured(std::move(frame));
    client->reached = page->reached;
    std::erase_if(client->missed, [&](const auto& each) { return each->event().seq <= client->reached; });
    // Nothing is gained by reading many long texts again and again for the few of them that fit.
    events = page->is_full ? std::max<std::size_t>(page->frames.size(), 1) : std::min(2 * events, options_.page);
    if (!page->more) break;
    co_await until_drained(client);
    if (!client->is_open()) co_return;
  }
  go_live(*client);
}

void HubShard::go_live(LiveClient& client) {
  client.send_measured(share_frame(text_frame(wire::encode_caught_up(client.reached))));
  client.stage = LiveClient::Stage::is_live;
  for (const auto& published : std::exchange(client.missed, {})) tell(client, *published);
}

// Encodes on the reader's thread, so that somebody's long absence holds up nobody else.
boost::asio::awaitable<Result<HubShard::Page>> HubShard::read_page(Actor actor, Seq after, PageSize size) {
  auto look = [actor = std::move(actor), query = CatchUp{after, size.events}, most_bytes = size.bytes,
               now = parts_.clock.now()](const Snapshot& snapshot) -> Result<Page> {
    KITH_TRY(const CaughtUp caught, catch_up(snapshot, actor, query, now));
    return page_of(caught, most_bytes);
  };
  co_return co_await parts_.store.read(std::move(look));
}

HubShard::Page HubShard::page_of(const CaughtUp& caught, std::size_t most_bytes) {
  Page page{{}, caught.reached, caught.more};
  std::size_t bytes = 0;
  for (const Event& event : caught.events) {
    page.frames.push_back(share_frame(into_text_frame(wire::encode_event(event))));
    bytes += page.frames.back()->size();
    page.is_full = bytes >= most_bytes && page.frames.size() < caught.events.size();
    if (!page.is_full) continue;
    page.reached = event.seq;
    page.more = true;
    break;
  }
  return page;
}

boost::asio::awaitable<void> HubShard::until_drained(std::shared_ptr<LiveClient> client) {
  if (client->waiting_bytes() == 0) co_return;
  auto timer = std::make_shared<boost::asio::steady_timer>(io().context(), kLongestDrain);
  client->when_drained = [timer] { timer->cancel(); };
  boost::system::error_code cancelled;
  co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  client->when_drained = nullptr;
  if (!cancelled) client->close(CloseCode::try_again_later, "you read too slowly; come back with your newest seq");
}

// False when she may not be connected any more, or is not.
boost::asio::awaitable<bool> HubShard::look_again(std::shared_ptr<LiveClient> client) {
  auto program_token = client->program_token ? std::optional(*client->program_token) : std::nullopt;
  Result<Joined> joined = fail(Errc::unavailable);
  std::uint32_t changes = 0;
  do {
    changes = client->rights_changes;
    auto look = [this, actor = client->actor, program_token](const Snapshot& snapshot) {
      return find_out_again(snapshot, actor, program_token);
    };
    joined = co_await parts_.store.read(std::move(look));
  } while (client->rights_changes != changes && client->is_open());
  if (!client->is_open()) co_return false;
  if (!joined) {
    bool is_ours = joined.error().code == Errc::unavailable || joined.error().code == Errc::too_many;
    is_ours ? client->close(CloseCode::failed, "something failed here; come back")
            : client->close(CloseCode::session_ended, "this session is over");
    co_return false;
  }
  unlist(*client);
  take_in(*client, std::move(*joined));
  list(*client);
  client->is_suspended = false;
  co_return true;
}

boost::asio::awaitable<void> HubShard::keep_looking(std::shared_ptr<LiveClient> client) {
  (void)co_await look_again(std::move(client));
}

boost::asio::awaitable<void> HubShard::rejoin(std::shared_ptr<LiveClient> client) {
  if (co_await look_again(client)) co_await catch_up_with(std::move(client));
}

}  // namespace kith
