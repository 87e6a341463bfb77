#include "realtime/hub_shard.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/mutant.h"
#include "conversations/may_see.h"
#include "realtime/hub.h"
#include "runtime/spawn.h"
#include "wire/events.h"

namespace kith {
namespace {

bool same_strands(std::vector<ConversationId> a, std::vector<ConversationId> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

}  // namespace

const SharedFrame& PublishedEvent::frame() const {
  if (!is_encoded_.load(std::memory_order_acquire)) encode();
  return frame_;
}

void PublishedEvent::encode() const {
  std::lock_guard lock(encoding_);
  if (is_encoded_.load(std::memory_order_relaxed)) return;
  frame_ = share_frame(into_text_frame(wire::encode_event(event_)));
  is_encoded_.store(true, std::memory_order_release);
}

LiveClient::LiveClient(HubShard& hub, runtime::Transport transport, runtime::ConnectionSlot slot,
                       std::string from_network, Door at_door)
    : LiveSocket(hub, std::move(transport)),
      door(std::make_unique<Door>(std::move(at_door))),
      network(std::move(from_network)),
      hub_(hub),
      slot_(std::move(slot)) {}

void LiveClient::heard(std::string_view text) {
  hub_.heard(*this, text);
}
void LiveClient::ended() {
  hub_.ended(*this);
}
void LiveClient::fetch_for_telling() const {
  __builtin_prefetch(&reached);
  __builtin_prefetch(&actor);
  __builtin_prefetch(&strands);
  fetch_for_sending();
}
void LiveClient::drained() {
  if (when_drained) std::exchange(when_drained, nullptr)();
}

HubShard::HubShard(Hub& hub, runtime::IoThread& io, HubParts parts, const HubOptions& options)
    : SocketShard(io, options.sockets), hub_(hub), parts_(std::move(parts)), options_(options) {}

// Those who will be told lie far apart in memory: all are sent for before the first of them is told.
void HubShard::fetch_listeners(const EventGroup& group) const {
  for (const auto& published : group) {
    if (!published->event().conversation) continue;
    for (const LiveClient* visitor : on_strand(*published->event().conversation)) visitor->fetch_for_telling();
  }
}

void HubShard::deliver(const EventGroup& group) {
  fetch_listeners(group);
  for (const auto& published : group) {
    const Event& event = published->event();
    if (const auto* ended = std::get_if<SessionsEnded>(&event.body)) {
      end_sessions(*ended);
      continue;
    }
    for (LiveClient* desk : desks_) offer(*desk, published);
    if (event.conversation) {
      for (LiveClient* visitor : on_strand(*event.conversation)) offer(*visitor, published);
    } else {
      for (auto& [strand, visitors] : by_strand_)
        for (LiveClient* visitor : visitors)
          if (strand == visitor->own()) offer(*visitor, published);
    }
    // Afterwards, so that whoever catches up anew begins before this event.
    if (const auto* change = std::get_if<ConversationChanged>(&event.body)) notice_threads(*change, event.conversation);
  }
}

void HubShard::offer(LiveClient& client, const std::shared_ptr<const PublishedEvent>& published) {
  if (client.stage == LiveClient::Stage::is_live) return tell(client, *published);
  if (client.missed.size() >= options_.most_missed)
    return client.close(CloseCode::try_again_later, "too much happened while you caught up; come back");
  client.missed.push_back(published);
}

// The right is asked here, at the last moment.
void HubShard::tell(LiveClient& client, const PublishedEvent& published) {
  const Event& event = published.event();
  if (event.seq <= client.reached) return;
  if (!may_see(client.actor, client.own(), event)) return;
  client.reached = event.seq;
  client.send(published.frame());
  if (is_mutant("event_sent_twice")) client.send(published.frame());
}

// A visitor whose thread now has other strands (a merge, or its undoing) joins anew, as the one she is today.
void HubShard::notice_threads(const ConversationChanged& change, std::optional<ConversationId> conversation) {
  std::vector<std::shared_ptr<LiveClient>> concerned;
  auto look_at = [&](ConversationId strand) {
    for (LiveClient* client : on_strand(strand))
      if (!same_strands(client->strands, change.thread.strands)) concerned.push_back(client->self());
  };
  for (ConversationId strand : change.thread.strands) look_at(strand);
  if (conversation) look_at(*conversation);
  for (auto& client : concerned) begin_anew(std::move(client));
}

// Some of these sessions are over, others have other rights now: each is looked at again before anything else is sent
// to it or taken from it.
void HubShard::end_sessions(const SessionsEnded& ended) {
  std::vector<std::shared_ptr<LiveClient>> concerned;
  for (const auto& socket : sockets()) {
    auto& client = static_cast<LiveClient&>(*socket);
    // Whoever is joining may turn out to be one of them.
    if (client.stage == LiveClient::Stage::joins) ++client.rights_changes;
    bool is_one = client.is_known() && client.actor.session &&
                  std::ranges::find(ended.sessions, *client.actor.session) != ended.sessions.end();
    if (!is_one) continue;
    client.is_suspended = true;
    concerned.push_back(client.self());
  }
  for (auto& client : concerned) begin_anew(std::move(client));
}

// Finds out who she is today and what of that she has not seen. A look that is under way already may have seen her as
// she was before, however late it answers.
void HubShard::begin_anew(std::shared_ptr<LiveClient> client) {
  ++client->rights_changes;
  if (client->stage != LiveClient::Stage::is_live) {
    client->must_look_again = true;
    return;
  }
  client->stage = LiveClient::Stage::catches_up;
  runtime::spawn(io().context(), parts_.log, "live_rejoin", rejoin(client));
}

void HubShard::pass_on(const Whisper& whisper) {
  for (LiveClient* desk : desks_) {
    bool is_colleague = desk->actor.kind == ActorKind::colleague;
    if (is_colleague && desk->actor.person != whisper.by.person) desk->send(whisper.frame);
  }
  if (whisper.by.kind == ActorKind::visitor) return;
  for (LiveClient* visitor : on_strand(whisper.conversation)) visitor->send(whisper.frame);
}

void HubShard::show_presence(const SharedFrame& full, const SharedFrame& to_visitors) {
  for (LiveClient* desk : desks_) desk->send(full);
  for (auto& [strand, visitors] : by_strand_)
    for (LiveClient* visitor : visitors)
      if (strand == visitor->own()) visitor->send(to_visitors);
}

// Who attends whom is for colleagues: a program could keep it.
void HubShard::show_with(std::span<const SharedFrame> frames) {
  for (LiveClient* desk : desks_)
    if (desk->actor.kind == ActorKind::colleague)
      for (const SharedFrame& frame : frames) desk->send(frame);
}

std::span<LiveClient* const> HubShard::on_strand(ConversationId strand) const {
  auto found = by_strand_.find(strand);
  if (found == by_strand_.end()) return {};
  return found->second;
}

void HubShard::list(LiveClient& client) {
  for (ConversationId strand : client.strands) by_strand_[strand].push_back(&client);
  if (client.is_visitor()) return;
  client.desk_index = static_cast<std::uint32_t>(desks_.size());
  desks_.push_back(&client);
}

void HubShard::unlist(LiveClient& client) {
  for (ConversationId strand : client.strands) {
    auto found = by_strand_.find(strand);
    if (found == by_strand_.end()) continue;
    std::erase(found->second, &client);
    if (found->second.empty()) by_strand_.erase(found);
  }
  if (client.is_visitor()) return;
  desks_[client.desk_index] = desks_.back();
  desks_[client.desk_index]->desk_index = client.desk_index;
  desks_.pop_back();
}

void HubShard::ended(LiveClient& client) {
  if (client.when_drained) std::exchange(client.when_drained, nullptr)();
  if (!client.is_known()) return;
  unlist(client);
  if (client.actor.kind == ActorKind::colleague) hub_.colleague_went(client.actor.person, now());
}

// Multiples of the golden ratio lie evenly, so that those who came together are not looked at together.
SocketShard::SteadyTime HubShard::next_look() {
  constexpr double kGoldenRatio = 0.6180339887498949;
  look_turn_ = std::fmod(look_turn_ + kGoldenRatio, 1.0);
  return now() + std::chrono::duration_cast<std::chrono::microseconds>(options_.look_again * (0.5 + look_turn_ / 2));
}

void HubShard::swept() {
  for (const auto& socket : sockets()) {
    auto& client = static_cast<LiveClient&>(*socket);
    if (!client.is_open()) continue;
    if (client.door && client.stage == LiveClient::Stage::expects_hello && now() >= client.door->hello_until)
      client.close(CloseCode::policy, "say hello first");
    if (client.stage == LiveClient::Stage::is_live && now() >= client.look_again_at) {
      client.look_again_at = next_look();
      runtime::spawn(io().context(), parts_.log, "live_look_again", keep_looking(client.self()));
    }
  }
  hub_.notice_absence(now());
}

}  // namespace kith
