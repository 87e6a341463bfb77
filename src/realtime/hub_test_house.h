// For tests of the hub: a whole house in memory with its threads, where people connect over socket pairs.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <semaphore>

#include "conversations/edit_entry.h"
#include "conversations/write_message.h"
#include "people/test_house.h"
#include "realtime/hub.h"
#include "realtime/test_client.h"

namespace kith {

// A store whose readers may be late with what they saw.
class LateStore : public Store {
 public:
  explicit LateStore(Store& store) : store_(store) {}
  GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random) override {
    return store_.commit_group(units, now, random);
  }
  Result<std::unique_ptr<Reader>> open_reader() override {
    KITH_TRY(auto reader, store_.open_reader());
    return std::unique_ptr<Reader>(std::make_unique<LateReader>(*this, std::move(reader)));
  }

  // The next look is taken at once and answered after let_go(), or ten seconds, so that a test fails and does not hang.
  void hold_next_answer() { holds_next_ = true; }
  bool holds_one() { return holds_one_.try_acquire_for(std::chrono::seconds(5)); }
  void let_go() { goes_on_.release(); }

 private:
  class LateReader : public Reader {
   public:
    LateReader(LateStore& store, std::unique_ptr<Reader> reader) : store_(store), reader_(std::move(reader)) {}
    Result<void> read(const std::function<void(const Snapshot&)>& look) override {
      Result<void> is_read = reader_->read(look);
      if (!store_.holds_next_.exchange(false)) return is_read;
      store_.holds_one_.release();
      (void)store_.goes_on_.try_acquire_for(std::chrono::seconds(10));
      return is_read;
    }

   private:
    LateStore& store_;
    std::unique_ptr<Reader> reader_;
  };

  Store& store_;
  std::atomic<bool> holds_next_ = false;
  std::binary_semaphore holds_one_{0}, goes_on_{0};
};

// How somebody comes to the door of the hub.
struct TestDoor {
  std::string page = "https://help.lamps.example";
  Actor actor = {};
  std::optional<Digest> program_token = {};
  std::string network = "192.0.2.1";
};

class HubTest : public TestHouse {
 protected:
  HubTest() : HubTest(generous()) {}
  explicit HubTest(HubOptions wanted) : options(wanted) {
    store_thread.on_events([this](std::vector<Event>&& happened) { hub.publish(std::move(happened)); });
    presence.on_change([this](const Presence& change) { hub.publish(change); });
    line.on_change([this](const std::vector<WithWhom>& changed) { hub.publish(changed); });
    inbox_with_origin();
  }
  ~HubTest() override {
    if (is_open_) close_house();
  }

  static HubOptions generous() {
    HubOptions options;
    options.page = 7;
    return options;
  }

  // People are made before, because from now on only the store's thread writes.
  void open_house() {
    must(store_thread.start());
    hub.start();
    io.start();
    is_open_ = true;
  }
  void close_house() {
    hub.stop(std::chrono::milliseconds(100));
    store_thread.stop();
    io.stop();
    is_open_ = false;
  }

  TestClient connect(TestDoor door = {}) {
    auto [client, far_end] = TestClient::connected();
    runtime::IoThread& thread = io.next();
    boost::asio::post(thread.context(), [&, far_end, door = std::move(door)] {
      hub.adopt({.transport = runtime::Transport(thread.context(), far_end),
                 .io = &thread,
                 .network = door.network,
                 .origin = {door.page, "https://help.lamps.example"},
                 .actor = door.actor,
                 .program_token = door.program_token});
    });
    return std::move(client);
  }
  static std::string hello(const std::string& since, const std::string& token = {}) {
    return R"({"type":"hello","since":)" + since + (token.empty() ? "" : R"(,"token":")" + token + "\"") + "}";
  }
  // Connected and caught up. Visitors bring a token, colleagues came with their cookie.
  TestClient joined(const std::string& token, const std::string& since = "null") {
    TestClient client = connect();
    client.say(hello(since, token));
    EXPECT_FALSE(client.hear_type("caught_up").empty());
    return client;
  }
  TestClient joined(const Actor& actor, const std::string& since = "null") {
    TestClient client = connect({.actor = actor});
    client.say(hello(since));
    EXPECT_FALSE(client.hear_type("caught_up").empty());
    return client;
  }

  // A visitor whose token is `name`.
  Actor given_visitor_called(const std::string& name) {
    StartVisit command = visit();
    command.token_digest = sha256(name);
    must(act(start_visit, Actor{}, command));
    return recognised(command.token_digest);
  }
  // Once the house is open.
  Entry say(const Actor& actor, std::string text, std::optional<ConversationId> conversation = {}) {
    WriteMessage message{
        .id = EntryId{make_uuid7(clock.now(), ids)}, .conversation = conversation, .text = std::move(text)};
    return must(store_thread.write_now(actor, message, write_message));
  }

  SystemRandom ids;  // the seeded one belongs to the store's thread
  Log log{clock, Level::error, Log::to_stderr()};
  runtime::IoThreads io{log, 2};
  LateStore late_store{store};
  runtime::StoreThread store_thread{late_store, clock, random, log};
  PresenceBoard presence;
  LineBoard line;
  HubOptions options;
  // Who may write now; everybody, unless a test says something else before the house is open.
  std::function<bool(const Actor&, const std::string& network)> may_act = [](const auto&, const auto&) { return true; };
  Hub hub{io,
          {store_thread, presence, clock, log, &line,
           [this](const Actor& actor, const std::string& network) { return may_act(actor, network); }},
          options};

 private:
  void inbox_with_origin() {
    must(act(save_inbox, system_actor(),
             SaveInbox{Inbox{.id = inbox, .name = "Shop", .allowed_origins = {"https://lamps.example"}}}));
  }
  bool is_open_ = false;
};

}  // namespace kith
