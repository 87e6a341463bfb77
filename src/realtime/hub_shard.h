// Who is connected on one I/O thread, and what reaches whom. No locks: other threads post.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/clock.h"
#include "base/log.h"
#include "care/line_board.h"
#include "care/presence_board.h"
#include "conversations/catch_up.h"
#include "domain/event.h"
#include "realtime/live_client.h"
#include "realtime/socket_shard.h"
#include "runtime/store_thread.h"
#include "wire/live.h"

namespace kith {

class Hub;

// An event on its way to many clients; encoded once, by the first shard that sends it.
class PublishedEvent {
 public:
  explicit PublishedEvent(Event event) : event_(std::move(event)) {}
  [[nodiscard]] const Event& event() const { return event_; }
  [[nodiscard]] const SharedFrame& frame() const;

 private:
  void encode() const;

  Event event_;
  // Not std::call_once: that costs a system call for every event.
  mutable std::mutex encoding_;
  mutable std::atomic<bool> is_encoded_{false};
  mutable SharedFrame frame_;
};
using EventGroup = std::vector<std::shared_ptr<const PublishedEvent>>;

// Typing or reading: passes through and is gone.
struct Whisper {
  SharedFrame frame;
  ConversationId conversation;
  wire::LiveSender by;
};

struct LivePaces {
  PaceRule frames{50, 200};
  PaceRule typing{1, 2};
  PaceRule reading{2, 4};
  PaceRule problems{0.2F, 10};
};

struct HubOptions {
  SocketLimits sockets;
  LivePaces paces;
  std::chrono::milliseconds hello{10'000};
  std::chrono::milliseconds look_again{120'000};  // at most, until the rights of those who are connected are looked at
  std::chrono::milliseconds colleague_may_return{20'000};
  std::size_t page = 100;               // events read at once while catching up
  std::size_t page_bytes = 256 * 1024;  // a page ends with the event that reaches them
  std::size_t most_missed = 5'000;      // events that may happen while somebody catches up
};

// What the hub stands on.
struct HubParts {
  runtime::StoreThread& store;
  PresenceBoard& presence;
  const Clock& clock;
  Log& log;
  LineBoard* line = nullptr;  // none: nobody is told who is with whom (tests)
  // Whether somebody may write now, from any of her connections; counts it. None: always (tests).
  std::function<bool(const Actor& actor, const std::string& network)> may_act = {};
};

class HubShard : public SocketShard {
 public:
  HubShard(Hub& hub, runtime::IoThread& io, HubParts parts, const HubOptions& options);

  void deliver(const EventGroup& group);
  void pass_on(const Whisper& whisper);
  void show_presence(const SharedFrame& full, const SharedFrame& to_visitors);
  void show_with(std::span<const SharedFrame> frames);

  // What clients cause.
  void heard(LiveClient& client, std::string_view text);
  void ended(LiveClient& client);

 protected:
  void swept() override;

 private:
  struct Joined {
    Actor actor;
    std::optional<Thread> thread;
    Seq newest = 0;
  };
  struct Page {
    std::vector<SharedFrame> frames;
    Seq reached = 0;
    bool more = false;
    bool is_full = false;  // of bytes, before it had all the events that were read
  };
  // How much of what is missed a page takes.
  struct PageSize {
    std::size_t events = 0;
    std::size_t bytes = 0;
  };

  // hub_shard.cc: who is told what
  void offer(LiveClient& client, const std::shared_ptr<const PublishedEvent>& published);
  void tell(LiveClient& client, const PublishedEvent& published);
  void fetch_listeners(const EventGroup& group) const;
  void notice_threads(const ConversationChanged& change, std::optional<ConversationId> conversation);
  void end_sessions(const SessionsEnded& ended);
  void begin_anew(std::shared_ptr<LiveClient> client);
  // Visitors whose thread has this strand; until somebody is listed or unlisted.
  [[nodiscard]] std::span<LiveClient* const> on_strand(ConversationId strand) const;
  void list(LiveClient& client);
  void unlist(LiveClient& client);

  // joining.cc: from hello to live
  void greet(LiveClient& client, wire::LiveHello hello);
  boost::asio::awaitable<void> join(std::shared_ptr<LiveClient> client, wire::LiveHello hello);
  boost::asio::awaitable<void> catch_up_with(std::shared_ptr<LiveClient> client);
  boost::asio::awaitable<bool> look_again(std::shared_ptr<LiveClient> client);
  SteadyTime next_look();
  boost::asio::awaitable<void> keep_looking(std::shared_ptr<LiveClient> client);
  boost::asio::awaitable<void> rejoin(std::shared_ptr<LiveClient> client);
  boost::asio::awaitable<Result<Page>> read_page(Actor actor, Seq after, PageSize size);
  static Page page_of(const CaughtUp& caught, std::size_t most_bytes);
  boost::asio::awaitable<void> until_drained(std::shared_ptr<LiveClient> client);
  Result<Joined> find_out(const Snapshot& snapshot, const LiveClient::Door& door, const std::string& token) const;
  Result<Joined> find_out_again(const Snapshot& snapshot, const Actor& actor,
                                const std::optional<Digest>& program_token) const;
  void take_in(LiveClient& client, Joined joined);
  void go_live(LiveClient& client);

  // acts.cc: what clients say
  void do_as_told(LiveClient& client, wire::ClientFrame frame);
  template <class Command>
  void act(LiveClient& client, const IdBytes& id, Command command,
           Result<Entry> (*use_case)(Tx&, const Actor&, const Command&));
  template <class Command>
  boost::asio::awaitable<void> answer_act(std::shared_ptr<LiveClient> client, IdBytes id, Command command,
                                          Result<Entry> (*use_case)(Tx&, const Actor&, const Command&));
  void whisper_typing(LiveClient& client, const wire::LiveTyping& typing);
  void whisper_reading(LiveClient& client, const wire::LiveReading& reading);
  std::optional<ConversationId> place_of(LiveClient& client, std::optional<ConversationId> said);
  void say_presence(LiveClient& client, const wire::LivePresence& said);
  void complain(LiveClient& client, const std::optional<IdBytes>& id, const Error& error);

  Hub& hub_;
  HubParts parts_;
  const HubOptions& options_;
  double look_turn_ = 0;  // between 0 and 1: when the next one to come is looked at again
  std::unordered_map<ConversationId, std::vector<LiveClient*>> by_strand_;  // visitors, each with all her devices
  std::vector<LiveClient*> desks_;                                          // colleagues and programs
};

}  // namespace kith
