// What clients say once they are known: acts that are kept, and whispers that pass through.
#include <limits>

#include "people/may.h"
#include "realtime/hub.h"
#include "realtime/hub_shard.h"
#include "runtime/spawn.h"

namespace kith {
namespace {

constexpr std::uint8_t kMostActsUnderWay = 64;

SharedFrame say(const std::string& json) {
  return share_frame(text_frame(json));
}

template <class... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};

}  // namespace

void HubShard::heard(LiveClient& client, std::string_view text) {
  if (!client.frames.take(options_.paces.frames, now()))
    return complain(client, {}, {Errc::too_many, "frames come too fast", {}});
  wire::ClientFrame frame = wire::decode_client_frame(text);
  if (!frame.body) return complain(client, frame.id, frame.body.error());
  do_as_told(client, std::move(frame));
}

void HubShard::do_as_told(LiveClient& client, wire::ClientFrame frame) {
  bool is_hello = std::holds_alternative<wire::LiveHello>(*frame.body);
  if (is_hello != (client.stage == LiveClient::Stage::expects_hello))
    return complain(client, frame.id, {Errc::invalid, is_hello ? "hello is said once" : "say hello first", "type"});
  if (!client.is_known() && !is_hello)
    return complain(client, frame.id, {Errc::invalid, "wait for the welcome", "type"});
  if (client.is_suspended && frame.id)
    return client.send(say(wire::encode_refused(*frame.id, {Errc::unavailable, "rights are looked at", {}})));
  if (client.is_suspended) return;
  IdBytes id = frame.id.value_or(IdBytes{});
  std::visit(
      Overloaded{[&](wire::LiveHello& hello) { greet(client, std::move(hello)); },
                 [&](WriteMessage& message) { act<WriteMessage>(client, id, std::move(message), write_message); },
                 [&](EditEntry& edit) { act<EditEntry>(client, id, std::move(edit), edit_entry); },
                 [&](TakeBackEntry& take_back) { act<TakeBackEntry>(client, id, take_back, take_back_entry); },
                 [&](wire::LiveTyping& typing) { whisper_typing(client, typing); },
                 [&](wire::LiveReading& reading) { whisper_reading(client, reading); },
                 [&](wire::LivePresence& presence) { say_presence(client, presence); },
                 [&](wire::LivePing&) { client.send(say(wire::encode_pong())); }},
      *frame.body);
}

template <class Command>
void HubShard::act(LiveClient& client, const IdBytes& id, Command command,
                   Result<Entry> (*use_case)(Tx&, const Actor&, const Command&)) {
  const bool may_act =
      client.acts_under_way < kMostActsUnderWay && (!parts_.may_act || parts_.may_act(client.actor, client.network));
  if (!may_act) return client.send(say(wire::encode_refused(id, {Errc::too_many, "acts come too fast", {}})));
  ++client.acts_under_way;
  runtime::spawn(io().context(), parts_.log, "live_act",
                 answer_act<Command>(client.self(), id, std::move(command), use_case));
}

template <class Command>
boost::asio::awaitable<void> HubShard::answer_act(std::shared_ptr<LiveClient> client, IdBytes id, Command command,
                                                  Result<Entry> (*use_case)(Tx&, const Actor&, const Command&)) {
  Result<Entry> entry = co_await parts_.store.write(client->actor, std::move(command), use_case);
  --client->acts_under_way;
  if (entry) {
    client->send(say(wire::encode_kept(id, entry->changed_seq)));
  } else {
    client->send(say(wire::encode_refused(id, entry.error())));
  }
}

void HubShard::whisper_typing(LiveClient& client, const wire::LiveTyping& typing) {
  auto place = place_of(client, typing.conversation);
  if (!place || !client.typing.take(options_.paces.typing, now())) return;
  wire::LiveSender by{client.actor.kind, client.actor.person};
  hub_.whisper({say(wire::encode_typing(*place, by)), *place, by});
}

void HubShard::whisper_reading(LiveClient& client, const wire::LiveReading& reading) {
  auto place = place_of(client, reading.conversation);
  if (!place || !client.reading.take(options_.paces.reading, now())) return;
  wire::LiveSender by{client.actor.kind, client.actor.person};
  hub_.whisper({say(wire::encode_reading(*place, reading.seq, by)), *place, by});
}

// Which conversation she means; nothing when it is none of hers, and then she has been told. Programs do not whisper.
std::optional<ConversationId> HubShard::place_of(LiveClient& client, std::optional<ConversationId> said) {
  bool is_hers = client.actor.kind == ActorKind::colleague && said;
  if (client.is_visitor()) is_hers = !said || std::ranges::find(client.strands, *said) != client.strands.end();
  if (!is_hers) complain(client, {}, {Errc::not_found, "no such conversation", "conversation"});
  if (!is_hers) return std::nullopt;
  return client.is_visitor() ? client.own() : said;
}

void HubShard::say_presence(LiveClient& client, const wire::LivePresence& said) {
  if (auto allowed = may(client.actor, Verb::change, touched::Presence{client.actor.person}); !allowed)
    return complain(client, {}, allowed.error());
  Presence presence = parts_.presence.find(client.actor.person);
  presence.person = client.actor.person;
  presence.level = said.level;
  if (said.back_at) presence.back_at = *said.back_at;
  if (said.written_capacity) presence.written_capacity = static_cast<int>(*said.written_capacity);
  if (said.takes_calls) presence.takes_calls = *said.takes_calls;
  parts_.presence.set(presence);
}

// Says what is wrong; whoever goes on regardless is hung up on.
void HubShard::complain(LiveClient& client, const std::optional<IdBytes>& id, const Error& error) {
  client.send(say(id ? wire::encode_refused(*id, error) : wire::encode_live_problem(error)));
  if (!client.problems.take(options_.paces.problems, now()))
    client.close(CloseCode::policy, "one problem after the other");
}

}  // namespace kith
