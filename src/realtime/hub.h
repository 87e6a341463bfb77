// Everybody who is connected to this house. Hands each connection to the shard of its I/O thread, and what happens to
// all of them. Made once in server/app.cc.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "realtime/hub_shard.h"

namespace kith {

// A connection that has just been upgraded to a WebSocket; the 101 is already sent.
struct NewClient {
  runtime::Transport transport;  // lives on io's thread
  runtime::IoThread* io = nullptr;
  runtime::ConnectionSlot slot;
  std::string network;  // what counts as the one address she comes from
  LiveOrigin origin;
  Actor actor;                               // as far as cookie or bearer said
  std::optional<Digest> program_token = {};  // what a program was recognised by with the handshake
  std::string early_bytes;                   // what came behind the handshake
};

class Hub {
 public:
  // `threads` outlives the hub; start() before its threads run or on none of them.
  Hub(runtime::IoThreads& threads, HubParts parts, HubOptions options = {});
  ~Hub();

  void start();
  // On the thread of client.io.
  void adopt(NewClient client);
  // The shard of an I/O thread of this house.
  [[nodiscard]] HubShard& shard_on(const runtime::IoThread& io);
  // What StoreThread::on_events brings. From any thread, one call after the other.
  void publish(std::vector<Event>&& events);
  // What PresenceBoard::on_change brings. From any thread. Whoever says that she is here, without a live connection, is
  // expected to have one soon.
  void publish(const Presence& presence);
  // What LineBoard::on_change brings. From any thread, one call after the other.
  void publish(const std::vector<WithWhom>& changed);
  // Tells everybody that the house goes away, closes politely, and is done within `at_most`. Blocks; not on an I/O
  // thread, and while those still run.
  void stop(std::chrono::milliseconds at_most = std::chrono::milliseconds(2'500));

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t cut_for_slowness() const;

  // For the shards.
  void whisper(Whisper whisper);
  void colleague_came(PersonId person);
  void colleague_went(PersonId person, std::chrono::steady_clock::time_point now);
  // Those who went and did not return in time are away.
  void notice_absence(std::chrono::steady_clock::time_point now);

 private:
  struct There {
    std::size_t connections = 0;
    std::chrono::steady_clock::time_point went_at;
  };
  template <class Job>
  void on_every_shard(Job job);
  void expect(PersonId person);

  HubParts parts_;
  HubOptions options_;
  std::vector<std::unique_ptr<HubShard>> shards_;
  std::mutex there_mutex_;                     // guards there_; held for one lookup
  std::unordered_map<PersonId, There> there_;  // colleagues with a connection, or who just lost the last one
};

}  // namespace kith
