// The real hub, on a store in memory. A room is a visitor with three devices; every message is JSON from somebody whose
// session is known and whose right is asked for each delivery; she is told that it is kept. Two doors: one where a
// message becomes an event at once, which is the fan-out and nothing else, and one where it goes all the way through
// the use case and the store's thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "peers/accept_rooms.h"
#include "people/house.h"
#include "people/may.h"
#include "people/recognise.h"
#include "people/start_visit.h"
#include "realtime/hub.h"
#include "storage/memory/memory_store.h"

namespace kith::bench {

inline std::string token_of_room(std::uint32_t room) {
  return "room-" + std::to_string(room);
}

inline Result<void> open_rooms(runtime::StoreThread& store, Time now, std::uint32_t rooms) {
  SystemRandom random;
  InboxId inbox = make_id<InboxId>(now, random);
  auto saved = store.write_now(system_actor(), SaveInbox{Inbox{.id = inbox, .name = "Bench"}}, save_inbox);
  if (!saved) return std::unexpected(saved.error());
  for (std::uint32_t room = 0; room < rooms; ++room) {
    StartVisit visit{.id = make_id<SessionId>(now, random),
                     .token_digest = sha256(token_of_room(room)),
                     .inbox = inbox,
                     .expires_at = now + std::chrono::hours(24)};
    auto started = store.write_now(Actor{}, visit, start_visit);
    if (!started) return std::unexpected(started.error());
  }
  return {};
}

// Stands where the store does: what was said in one turn of the loop is published as one group, and then answered.
class Podium {
 public:
  Podium(boost::asio::io_context& context, Hub& hub) : context_(context), hub_(hub) {}

  void take(LiveClient& client, WriteMessage message) {
    Seq seq = ++newest_;
    Entry entry{.id = message.id,
                .seq = seq,
                .strand = *client.own(),
                .author = {.kind = AuthorKind::customer, .person = client.actor.person},
                .text = std::move(message.text),
                .changed_seq = seq};
    if (said_.empty()) boost::asio::post(context_, [this] { publish(); });
    said_.push_back({seq, client.own(), EntryAdded{std::move(entry)}});
    waiting_.push_back({client.self(), message.id, seq});
  }

 private:
  struct Waiting {
    std::shared_ptr<LiveClient> client;
    EntryId id;
    Seq seq;
  };
  void publish() {
    hub_.publish(std::move(said_));
    said_.clear();
    boost::asio::post(context_, [waiting = std::exchange(waiting_, {})] {
      for (const auto& [client, id, seq] : waiting)
        client->send(share_frame(text_frame(wire::encode_kept(id.bytes, seq))));
    });
  }

  boost::asio::io_context& context_;
  Hub& hub_;
  std::vector<Event> said_;
  std::vector<Waiting> waiting_;
  Seq newest_ = 1'000'000'000;  // far above what the store gave out while the rooms were opened
};

// Says what it hears to all devices of its visitor, kept nowhere.
class Speaker : public LiveClient {
 public:
  Speaker(Podium& podium, HubShard& shard, runtime::Transport transport, Door door)
      : LiveClient(shard, std::move(transport), {}, {}, std::move(door)), podium_(podium) {}

 protected:
  void heard(std::string_view text) override {
    if (stage != Stage::is_live) return LiveClient::heard(text);
    wire::ClientFrame frame = wire::decode_client_frame(text);
    if (!frame.body || !may(actor, Verb::add, touched::Thread{actor.person})) return;
    podium_.take(*this, std::move(std::get<WriteMessage>(*frame.body)));
  }

 private:
  Podium& podium_;
};

enum class HubDoor : std::uint8_t { fans_out, keeps };

inline void serve_kith_hub(int listening, std::uint32_t rooms, HubDoor kind) {
  SystemClock clock;
  SystemRandom random;
  Log log(clock, Level::warning, Log::to_stderr());
  MemoryStore store;
  runtime::StoreThread store_thread(store, clock, random, log);
  runtime::IoThreads io(log, 1);
  PresenceBoard presence;
  HubOptions options;
  options.paces.frames = {1e6F, 1e6F};
  Hub hub(io, {store_thread, presence, clock, log}, options);
  store_thread.on_events([&](std::vector<Event>&& events) { hub.publish(std::move(events)); });
  if (!store_thread.start() || !open_rooms(store_thread, clock.now(), rooms)) return;
  hub.start();
  io.start();
  auto& context = io.at(0).context();
  Podium podium(context, hub);
  auto welcome = [&](int fd) {
    LiveOrigin origin{"", "http://localhost"};
    runtime::Transport transport(context, fd);
    if (kind == HubDoor::keeps)
      return hub.adopt({.transport = std::move(transport), .io = &io.at(0), .origin = std::move(origin)});
    HubShard& shard = hub.shard_on(io.at(0));
    LiveClient::Door door{std::move(origin), {}, {}, shard.now() + options.hello};
    shard.add(std::make_shared<Speaker>(podium, shard, std::move(transport), std::move(door)), {});
  };
  open_door(listening, [&](int fd, std::uint32_t) {
    boost::asio::post(context, [&welcome, fd] { welcome(fd); });
  }).join();
}

}  // namespace kith::bench
