#include <algorithm>
#include <deque>
#include <future>
#include <vector>

#include <boost/asio/post.hpp>

#include "realtime/socket_shard.h"
#include "realtime/test_client.h"
#include "runtime/certificate_for_tests.h"
#include "runtime/spawn.h"
#include "runtime/tls.h"
#include "runtime/tls_client_for_tests.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

// Says back what it hears.
class Echo : public LiveSocket {
 public:
  Echo(SocketShard& shard, runtime::Transport transport, bool& has_ended)
      : LiveSocket(shard, std::move(transport)), has_ended_(has_ended) {}

 protected:
  void heard(std::string_view text) override { send(share_frame(text_frame("heard " + std::string(text)))); }
  void ended() override { has_ended_ = true; }

 private:
  bool& has_ended_;
};

class LiveSocketTest : public testing::Test {
 protected:
  LiveSocketTest() { io.start(); }
  ~LiveSocketTest() override {
    if (shard) on_thread([&] { shard->stop(); });
    io.stop();
  }

  TestClient given_client(SocketLimits limits = {}) { return given(TestClient::connected(), limits); }
  TestClient given_client_far_away(SocketLimits limits = {}) { return given(TestClient::connected_by_tcp(), limits); }
  TestClient given(std::pair<TestClient, int> ends, SocketLimits limits) {
    auto& [client, far_end] = ends;
    on_thread([&, end = far_end] {
      open_shard(limits);
      take_in(runtime::Transport(io.context(), end));
    });
    return std::move(client);
  }
  // Far away and through TLS, after the handshake.
  std::unique_ptr<runtime::TlsClientForTests> given_client_by_tls(runtime::TlsContext& tls, SocketLimits limits = {}) {
    auto [plain, far_end] = TestClient::connected_by_tcp();
    auto client = std::make_unique<runtime::TlsClientForTests>(plain.give_away());
    std::promise<void> is_in;
    on_thread([&, end = far_end] {
      open_shard(limits);
      runtime::spawn(io.context(), log, "handshake",
                     shake_hands_and_take_in(runtime::Transport(io.context(), end, tls), is_in));
    });
    EXPECT_TRUE(client->shake_hands());
    is_in.get_future().wait();
    return client;
  }

  template <class Job>
  void on_thread(Job job) {
    std::promise<void> done;
    boost::asio::post(io.context(), [&] {
      job();
      done.set_value();
    });
    done.get_future().wait();
  }
  void wait_until_gone() {
    for (int i = 0; i < 500 && shard->count() > 0; ++i) std::this_thread::sleep_for(10ms);
    on_thread([&] { EXPECT_TRUE(has_ended); });
    EXPECT_EQ(shard->count(), 0U);
  }
  // Whether everything that waited for the client is with the system, within five seconds.
  bool becomes_drained() {
    std::size_t waiting = 1;
    for (int i = 0; i < 500 && waiting > 0; ++i) {
      if (i > 0) std::this_thread::sleep_for(10ms);
      on_thread([&] { waiting = socket->waiting_bytes(); });
    }
    return waiting == 0;
  }
  // As if so much time had passed since the test began.
  void sweep_at(std::chrono::milliseconds since_begin) {
    on_thread([&] { shard->sweep(begin_ + since_begin); });
  }
  void sweep_some_at(std::chrono::milliseconds since_begin) {
    on_thread([&] { shard->sweep_some(begin_ + since_begin); });
  }

  SystemClock clock;
  Log log{clock, Level::error, Log::to_stderr()};
  runtime::IoThread io{log};
  std::optional<SocketShard> shard;
  std::shared_ptr<Echo> socket;
  bool has_ended = false;

 private:
  void open_shard(SocketLimits limits) {
    if (shard) return;
    shard.emplace(io, limits);
    shard->start();
  }
  void take_in(runtime::Transport transport) {
    socket = std::make_shared<Echo>(*shard, std::move(transport), has_ended);
    shard->add(socket, {});
  }
  boost::asio::awaitable<void> shake_hands_and_take_in(runtime::Transport transport, std::promise<void>& is_in) {
    const bool has_shaken_hands = co_await transport.handshake();
    EXPECT_TRUE(has_shaken_hands);
    take_in(std::move(transport));
    is_in.set_value();
  }

  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

TEST_F(LiveSocketTest, HearsAndAnswers) {
  TestClient client = given_client();
  client.say("hello");
  EXPECT_EQ(client.hear(), "heard hello");
}

TEST_F(LiveSocketTest, HearsWhatCameWithTheHandshake) {
  TestClient client = given_client();
  auto [other, far_end] = TestClient::connected();
  on_thread([&, end = far_end] {
    shard->add(std::make_shared<Echo>(*shard, runtime::Transport(io.context(), end), has_ended),
               client_frame(Opcode::text, "early"));
  });
  EXPECT_EQ(other.hear(), "heard early");
}

TEST_F(LiveSocketTest, AnswersPings) {
  TestClient client = given_client();
  client.send_bytes(client_frame(Opcode::ping, "are you there"));
  auto pong = client.next_frame();
  ASSERT_TRUE(pong);
  EXPECT_EQ(pong->opcode, Opcode::pong);
  EXPECT_EQ(pong->payload, "are you there");
}

TEST_F(LiveSocketTest, PingsTheSilentAndHangsUpOnTheDead) {
  TestClient client = given_client();
  sweep_at(29s);
  sweep_at(31s);
  auto ping = client.next_frame();
  ASSERT_TRUE(ping);
  EXPECT_EQ(ping->opcode, Opcode::ping);
  EXPECT_EQ(shard->count(), 1U);
  sweep_at(46s);
  wait_until_gone();
}

TEST_F(LiveSocketTest, PingsOneAfterTheOtherThoseWhoCameTogether) {
  std::vector<TestClient> silent;
  for (int i = 0; i < 4; ++i) silent.push_back(given_client({.looked_over_together = 1}));
  const auto pinged = [&] {
    return std::erase_if(silent, [](TestClient& client) { return client.next_frame(50ms).has_value(); });
  };
  sweep_some_at(31s);
  EXPECT_EQ(pinged(), 1U);
  // The shard's own timer may have taken a turn meanwhile, for which nobody was silent long enough.
  for (int turn = 0; turn < 40 && !silent.empty(); ++turn) {
    sweep_some_at(31s);
    pinged();
  }
  EXPECT_TRUE(silent.empty());
  sweep_at(46s);
  wait_until_gone();
}

TEST_F(LiveSocketTest, KeepsThoseWhoAnswerPings) {
  TestClient client = given_client();
  sweep_at(31s);
  ASSERT_TRUE(client.next_frame());
  client.send_bytes(client_frame(Opcode::pong, ""));
  client.say("still here");
  EXPECT_EQ(client.hear(), "heard still here");
  sweep_at(29s);
  EXPECT_EQ(shard->count(), 1U);
}

TEST_F(LiveSocketTest, SaysGoodbyeWhenTheClientDoes) {
  TestClient client = given_client();
  client.send_bytes(client_frame(Opcode::close, "\x03\xe8"));
  EXPECT_EQ(client.hear_the_end(), 1000);
  EXPECT_TRUE(client.is_gone());
  client.hang_up();
  wait_until_gone();
}

TEST_F(LiveSocketTest, WaitsForTheClientsGoodbyeButNotForEver) {
  TestClient client = given_client();
  on_thread([&] { socket->close(CloseCode::going_away, "back soon"); });
  auto goodbye = client.next_frame();
  ASSERT_TRUE(goodbye);
  EXPECT_EQ(goodbye->payload,
            "\x03\xe9"
            "back soon");
  sweep_at(2s);
  EXPECT_EQ(shard->count(), 1U);
  sweep_at(4s);
  wait_until_gone();
}

TEST_F(LiveSocketTest, HangsUpWhenTheProtocolIsBroken) {
  TestClient client = given_client();
  client.send_bytes(text_frame("without a mask"));
  EXPECT_EQ(client.hear_the_end(), 1002);
  client.hang_up();
  wait_until_gone();
}

TEST_F(LiveSocketTest, RefusesBinaryMessages) {
  TestClient client = given_client();
  client.send_bytes(client_frame(Opcode::binary, "\x01\x02"));
  EXPECT_EQ(client.hear_the_end(), 1003);
}

TEST_F(LiveSocketTest, NoticesThatTheClientIsGone) {
  TestClient client = given_client();
  client.hang_up();
  wait_until_gone();
}

TEST_F(LiveSocketTest, NoticesAnEndThatCameTogetherWithWords) {
  TestClient client = given_client();
  on_thread([&] {
    client.say("my last words");
    client.finish();
  });
  EXPECT_EQ(client.hear(), "heard my last words");
  wait_until_gone();
}

TEST_F(LiveSocketTest, HearsEverythingThatCameAtOnce) {
  TestClient client = given_client();
  // More than one reading takes, less than the system holds while nobody reads.
  const std::string much(9'000, '.');
  on_thread([&] {
    for (int i = 0; i < 9; ++i) client.say(std::to_string(i) + much);
  });
  for (int i = 0; i < 9; ++i) ASSERT_EQ(client.hear(), "heard " + std::to_string(i) + much);
}

TEST_F(LiveSocketTest, CutsASlowReaderAndTellsHerWhy) {
  TestClient client = given_client({.waiting_frames = 100});
  on_thread([&] {
    for (int i = 0; i < 3'000; ++i) socket->send(share_frame(text_frame(std::string(10'000, 'x'))));
    EXPECT_FALSE(socket->is_open());
  });
  EXPECT_EQ(shard->cut_for_slowness(), 1U);
  int whole_frames = 0;
  while (!client.hear().empty()) ++whole_frames;
  EXPECT_EQ(client.close_code, 1013);
  EXPECT_LT(whole_frames, 200);
}

TEST_F(LiveSocketTest, TellsASlowReaderWhyEvenLongAfterItHungUp) {
  TestClient client = given_client_far_away();
  on_thread([&] {
    for (int i = 0; i < 3'000; ++i) socket->send(share_frame(text_frame(std::string(10'000, 'x'))));
    EXPECT_FALSE(socket->is_open());
  });
  on_thread([] {});  // what is posted from its own thread comes behind what others have posted meanwhile
  sweep_at(10s);
  wait_until_gone();
  while (!client.hear().empty()) {
  }
  EXPECT_EQ(client.close_code, 1013);
}

// What has become a record of TLS cannot be taken back: the frames in it leave before the goodbye.
TEST_F(LiveSocketTest, TellsASlowReaderWhyThroughTlsToo) {
  const runtime::CertificateForTests certificate;
  const auto tls = runtime::TlsContext::open(certificate.chain_file(), certificate.key_file(), log);
  ASSERT_TRUE(tls);
  const auto client = given_client_by_tls(**tls);
  const std::string text(1'000, 'x');
  on_thread([&] {
    for (int i = 0; i < 900; ++i) socket->send(share_frame(text_frame(text)));
    EXPECT_TRUE(socket->is_open());
  });
  on_thread([&] {
    EXPECT_GT(socket->waiting_bytes(), 100'000U) << "she reads so slowly that something waits";
    for (int i = 0; i < 1'000; ++i) socket->send(share_frame(text_frame(text)));
    EXPECT_FALSE(socket->is_open());
  });
  EXPECT_TRUE(becomes_drained());
  sweep_at(10s);
  wait_until_gone();
  ServerFrames frames;
  int close_code = 0;
  for (std::string heard = client->hear(); !heard.empty(); heard = client->hear()) {
    frames.add(heard);
    while (const auto frame = frames.next()) {
      EXPECT_TRUE(frame->opcode != Opcode::text || frame->payload == text);
      if (frame->opcode == Opcode::close && frame->payload.size() >= 2)
        close_code = static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
    }
  }
  EXPECT_EQ(close_code, 1013);
}

TEST_F(LiveSocketTest, ThoseWhoDoNotReadShareWhatMayWait) {
  const SocketLimits limits{.waiting_together = 2'000'000};
  std::vector<TestClient> clients;
  std::vector<std::shared_ptr<Echo>> ends;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(given_client_far_away(limits));
    ends.push_back(socket);
  }
  std::size_t most = 0;
  for (int round = 0; round < 1'000; ++round) {
    on_thread([&] {
      std::size_t waiting = 0;
      for (const auto& end : ends) {
        end->send(share_frame(text_frame(std::string(10'000, 'x'))));
        waiting += end->waiting_bytes();
      }
      most = std::max(most, waiting);
    });
  }
  EXPECT_EQ(shard->cut_for_slowness(), 10U);
  EXPECT_GT(most, 1'500'000U) << "what there is may be used";
  EXPECT_LT(most, 2'300'000U);
}

TEST_F(LiveSocketTest, AQuickReaderIsNotCutBecauseOthersDoNotRead) {
  const SocketLimits limits{.waiting_together = 50'000};
  TestClient stuck = given_client_far_away(limits);
  auto stuck_end = socket;
  TestClient quick = given_client_far_away(limits);
  for (int i = 0; i < 300; ++i) {
    on_thread([&] {
      stuck_end->send(share_frame(text_frame(std::string(10'000, 'x'))));
      // More in one turn than may wait for those who do not read.
      for (int part = 0; part < 10; ++part) socket->send(share_frame(text_frame(std::string(10'000, 'q'))));
    });
    for (int part = 0; part < 10; ++part) ASSERT_EQ(quick.hear().size(), 10'000U);
  }
  on_thread([&] {
    EXPECT_FALSE(stuck_end->is_open());
    EXPECT_TRUE(socket->is_open());
  });
}

TEST_F(LiveSocketTest, CutsByBytesAsWellAsByFrames) {
  TestClient client = given_client({.waiting_bytes = 100'000});
  on_thread([&] {
    for (int i = 0; i < 4 && socket->is_open(); ++i) socket->send(share_frame(std::string(60'000, 'x')));
    EXPECT_FALSE(socket->is_open());
  });
}

TEST_F(LiveSocketTest, SendsEverythingToASlowReaderBelowTheLimit) {
  TestClient client = given_client({.waiting_frames = 10'000, .waiting_bytes = 100'000'000});
  on_thread([&] {
    for (int i = 0; i < 500; ++i) socket->send(share_frame(text_frame(std::to_string(i) + std::string(5'000, '.'))));
  });
  for (int i = 0; i < 500; ++i) ASSERT_EQ(client.hear(), std::to_string(i) + std::string(5'000, '.'));
}

TEST_F(LiveSocketTest, TellsEverybodyBeforeItStops) {
  TestClient client = given_client();
  on_thread([&] { shard->close_all(share_frame(text_frame("goodbye")), CloseCode::going_away, "restart"); });
  EXPECT_EQ(client.hear(), "goodbye");
  EXPECT_EQ(client.hear_the_end(), 1001);
}

}  // namespace
}  // namespace kith
