#include "http/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "http/engine_for_tests.h"
#include "http/upgrade.h"

namespace kith::http {
namespace {

using namespace std::chrono_literals;

int dial(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    house_.say(Method::get, "/hello", kForAnyone, "hello");
    threads_.start();
  }
  ~ListenerTest() override {
    if (listener_) listener_->stop();
    threads_.stop();
  }
  RawClient connect() { return RawClient(dial(listener_->port())); }
  void listen(std::size_t per_address = 100) {
    slots_.emplace(1'000, per_address);
    listener_.emplace(threads_, *slots_, house_.engine, ListenerOptions{.address = "127.0.0.1", .port = 0});
    ASSERT_TRUE(listener_->open());
    listener_->start();
  }

  EngineForTests house_;
  runtime::IoThreads threads_{house_.log, 2};
  std::optional<runtime::ConnectionSlots> slots_;
  std::optional<Listener> listener_;
  const std::string hello_ = "GET /hello HTTP/1.1\r\nHost: k\r\n\r\n";
};

// The clients of a proxy on this machine, and a live door that keeps their places.
class ListenerBehindProxy : public ListenerTest {
 protected:
  ListenerBehindProxy() {
    house_.engine.trusted_proxies = {"127.0.0.1"};
    house_.router.add_upgrade("/live", kForAnyone, [this](Upgraded upgraded) {
      std::lock_guard lock(mutex_);
      live_.push_back(std::move(upgraded.slot));
    });
  }
  ~ListenerBehindProxy() override {
    if (listener_) listener_->stop();
  }

  static std::string for_client(const std::string& address) { return "X-Forwarded-For: " + address + "\r\n"; }
  int goes_live(const std::string& address) {
    return status_of_response(connect().ask(
        get("/live", for_client(address) + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
  }
  void all_leave() {
    std::lock_guard lock(mutex_);
    live_.clear();
  }

 private:
  std::mutex mutex_;
  std::vector<runtime::ConnectionSlot> live_;
};

TEST_F(ListenerTest, AnswersOnEveryThread) {
  listen();
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(connect().ask(hello_).starts_with("HTTP/1.1 200 OK"));
}

TEST_F(ListenerTest, RefusesMoreConnectionsFromOneAddressThanAllowed) {
  listen(2);
  RawClient first = connect();
  RawClient second = connect();
  EXPECT_FALSE(first.ask(hello_).empty());
  EXPECT_FALSE(second.ask(hello_).empty());
  EXPECT_TRUE(connect().ask(hello_).empty());
  EXPECT_EQ(slots_->taken(), 2U);
}

TEST_F(ListenerTest, SaysThatItRefusedSomebody) {
  listen(1);
  RawClient first = connect();
  EXPECT_FALSE(first.ask(hello_).empty());
  EXPECT_TRUE(connect().ask(hello_).empty());
  EXPECT_NE(house_.metrics.text().find("kith_connections_refused_total{limit=\"address\"} 1\n"), std::string::npos);
  EXPECT_NE(house_.logged().find("event=connections_refused limit=limits.connections_per_address"), std::string::npos);
  EXPECT_EQ(house_.logged().find("127.0.0.1"), std::string::npos);
}

TEST_F(ListenerBehindProxy, TakesMoreConnectionsThanOneAddressMayHave) {
  listen(2);
  std::vector<RawClient> clients;
  for (int i = 0; i < 6; ++i) clients.push_back(connect());
  for (int i = 0; i < 6; ++i) {
    const std::string from = for_client("192.0.2." + std::to_string(i));
    EXPECT_EQ(status_of_response(clients[static_cast<std::size_t>(i)].ask(get("/hello", from))), 200) << i;
  }
  // Those that the proxy keeps open for later are nobody's.
  for (RawClient& client : clients) {
    EXPECT_EQ(status_of_response(client.ask(get("/hello", for_client("192.0.2.1")))), 200);
  }
}

TEST_F(ListenerBehindProxy, CountsLiveConnectionsForWhoeverSpeaksThroughIt) {
  listen(2);
  EXPECT_EQ(goes_live("192.0.2.1"), 101);
  EXPECT_EQ(goes_live("192.0.2.1"), 101);
  EXPECT_EQ(goes_live("192.0.2.1"), 429);
  EXPECT_EQ(goes_live("192.0.2.2"), 101) << "her neighbour behind the proxy";
  EXPECT_NE(house_.metrics.text().find("kith_connections_refused_total{limit=\"address\"} 1\n"), std::string::npos);
  all_leave();
  EXPECT_EQ(goes_live("192.0.2.1"), 101);
}

TEST_F(ListenerTest, ReleasesThePlaceOfWhoLeaves) {
  listen(1);
  {
    EXPECT_FALSE(connect().ask(hello_).empty());
  }
  for (int i = 0; i < 5'000 && slots_->taken() > 0; ++i) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(slots_->taken(), 0U);
}

TEST_F(ListenerTest, StopsInTimeWithIdleConnectionsOpen) {
  listen();
  RawClient idle = connect();
  EXPECT_FALSE(idle.ask(hello_).empty());
  const auto began = std::chrono::steady_clock::now();
  listener_->stop(3s);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  EXPECT_EQ(idle.rest(), "");
  EXPECT_EQ(dial(listener_->port()), -1);
}

TEST_F(ListenerTest, CutsWhoeverIsStillBusyWhenTimeIsUp) {
  std::promise<void> begun;
  house_.router.add(Method::get, "/endless", kForAnyone, [&](Request) -> boost::asio::awaitable<Result<Response>> {
    Response response = Response::empty(200);
    auto next = []() -> boost::asio::awaitable<Result<std::string>> { co_return std::string(100'000, 'x'); };
    response.source = BodySource{1'000'000'000'000, next};
    begun.set_value();
    co_return response;
  });
  listen();
  RawClient client = connect();
  client.send("GET /endless HTTP/1.1\r\nHost: k\r\n\r\n");
  begun.get_future().wait();
  const auto began = std::chrono::steady_clock::now();
  listener_->stop(50ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_EQ(slots_->taken(), 0U);
}

TEST_F(ListenerTest, SaysWhyItCannotListen) {
  listen();
  Listener second(threads_, *slots_, house_.engine, ListenerOptions{.address = "127.0.0.1", .port = listener_->port()});
  const auto opened = second.open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().detail.find("cannot listen on 127.0.0.1"), std::string::npos);
  Listener third(threads_, *slots_, house_.engine, ListenerOptions{.address = "localhost", .port = 0});
  EXPECT_FALSE(third.open());
}

}  // namespace
}  // namespace kith::http
