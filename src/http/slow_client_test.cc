// What keeps a few slow clients from holding every place in the house.
#include <gtest/gtest.h>

#include "http/engine_for_tests.h"
#include "runtime/certificate_for_tests.h"

namespace kith::http {
namespace {

using namespace std::chrono_literals;

Limits hurried() {
  return Limits{.head = 40ms, .idle = 60ms, .body_progress = 40ms};
}

boost::asio::awaitable<Result<Response>> take_upload(Request, BodyReader& body) {
  while (true) {
    KITH_CO_TRY(const std::string chunk, co_await body.next_chunk());
    if (chunk.empty()) break;
  }
  co_return Response::empty(200);
}

TEST(SlowClient, IsToldWhenItsHeadTakesTooLong) {
  EngineForTests house(hurried());
  RawClient client = house.connect();
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(status_of_response(client.rest()), 408);
}

TEST(SlowClient, CannotHoldOnByDrippingBytes) {
  EngineForTests house(hurried());
  RawClient client = house.connect();
  client.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 40 && house.open_sessions() > 0; ++i) {
    client.send("X: 1\r\n");
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(status_of_response(client.rest()), 408);
}

// One byte every 10 ms, for five seconds at most.
bool is_cut_while_it_drips(EngineForTests& house, const RawClient& client) {
  for (int i = 0; i < 500 && house.open_sessions() > 0; ++i) {
    client.send("x");
    std::this_thread::sleep_for(10ms);
  }
  return house.open_sessions() == 0;
}

// The rate counts over the whole body: each piece comes in time, and all of them together do not.
TEST(SlowClient, IsToldWhenItsBodyDrips) {
  EngineForTests house(Limits{.body_progress = 1s, .slowest_body_bytes_per_second = 1'000'000});
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  client.send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n");
  EXPECT_TRUE(is_cut_while_it_drips(house, client));
  EXPECT_EQ(status_of_response(client.rest()), 408);
}

TEST(SlowClient, MayTakeItsTimeWhileItsBodyComesFastEnough) {
  EngineForTests house(Limits{.body_progress = 1s, .slowest_body_bytes_per_second = 1});
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  client.send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\nContent-Length: 120\r\n\r\n");
  for (int i = 0; i < 120; ++i) {
    client.send("x");
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(status_of_response(client.response()), 200);
}

TEST(SlowClient, IsToldWhenItsUploadDrips) {
  EngineForTests house(Limits{.body_progress = 1s, .slowest_body_bytes_per_second = 1'000'000});
  house.router.add_upload(
      Method::post, "/up",
      Policy{.who = kAnyone, .rate = RateClass::uploading, .body_cap_bytes = 10'000, .takes_json = false}, take_upload);
  RawClient client = house.connect();
  client.send("POST /up HTTP/1.1\r\n" + kHost + "Content-Length: 5000\r\n\r\n");
  EXPECT_TRUE(is_cut_while_it_drips(house, client));
  EXPECT_EQ(status_of_response(client.rest()), 503);
}

TEST(SlowClient, IsForgottenWhenItNeverShakesHands) {
  const runtime::CertificateForTests certificate;
  EngineForTests house(Limits{.handshake = 40ms});
  const auto tls = runtime::TlsContext::open(certificate.chain_file(), certificate.key_file(), house.log);
  ASSERT_TRUE(tls);
  RawClient silent = house.connect("192.0.2.1", tls->get());
  RawClient halfway = house.connect("192.0.2.1", tls->get());
  // The head of a ClientHello that says that 200 bytes will follow.
  halfway.send(std::string_view("\x16\x03\x01\x00\xc8\x01", 6));
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(halfway.rest(), "");
  EXPECT_TRUE(house.becomes_empty());
}

TEST(SlowClient, IsToldWhenItsBodyStops) {
  EngineForTests house(hurried());
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  client.send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(status_of_response(client.rest()), 408);
}

TEST(SlowClient, IsForgottenQuietlyWhenItSaysNothing) {
  EngineForTests house(hurried());
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient silent = house.connect();
  RawClient idle = house.connect();
  EXPECT_EQ(status_of_response(idle.ask(get("/hello"))), 200);
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(idle.rest(), "");
  EXPECT_TRUE(house.becomes_empty());
}

// Takes 10 kB every 5 ms, for five seconds at most: each write makes progress in time, and all of them together do not.
TEST(SlowClient, ThatTakesItsAnswerInSipsIsCut) {
  EngineForTests house(Limits{.body_progress = 500ms, .slowest_reader_bytes_per_second = 50'000'000});
  house.say(Method::get, "/much", kForAnyone, std::string(40'000'000, 'x'));
  const RawClient client = house.connect();
  client.send(get("/much"));
  for (int i = 0; i < 1'000 && house.open_sessions() > 0; ++i) {
    client.some(10'000);
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_EQ(house.open_sessions(), 0U);
}

TEST(SlowClient, MayTakeItsTimeWithAnAnswerThatItTakesFastEnough) {
  EngineForTests house(Limits{.body_progress = 500ms, .slowest_reader_bytes_per_second = 10'000});
  house.say(Method::get, "/much", kForAnyone, std::string(4'000'000, 'x'));
  RawClient client = house.connect();
  client.send(get("/much"));
  std::size_t taken = 0;
  for (std::size_t got = 1; got > 0 && taken < 3'000'000; taken += got) {
    got = client.some(10'000).size();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_GE(taken, 3'000'000U);
  EXPECT_EQ(house.open_sessions(), 1U);
}

TEST(SlowClient, ThatDoesNotReadIsCut) {
  EngineForTests house(hurried());
  house.say(Method::get, "/much", kForAnyone, std::string(20'000'000, 'x'));
  RawClient client = house.connect();
  client.send(get("/much"));
  EXPECT_TRUE(house.becomes_empty());
}

}  // namespace
}  // namespace kith::http
