#include "http/session.h"

#include <gtest/gtest.h>

#include "http/engine_for_tests.h"
#include "http/upgrade.h"

namespace kith::http {
namespace {

using namespace std::chrono_literals;

Limits hurried() {
  return Limits{.head = 40ms, .idle = 60ms, .body_progress = 40ms};
}

TEST(HttpConnection, AnswersOneRequestAfterTheOther) {
  EngineForTests house;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  EXPECT_TRUE(ends_with_body(client.ask(get("/hello")), "hello"));
  EXPECT_TRUE(ends_with_body(client.ask(post("/echo", "{\"a\":1}")), "{\"a\":1}"));
  EXPECT_EQ(status_of_response(client.ask(get("/hello"))), 200);
}

TEST(HttpConnection, KeepsTheOrderOfPipelinedRequests) {
  EngineForTests house;
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  std::string all;
  for (int i = 0; i < 300; ++i) all += post("/echo", std::to_string(i));
  client.send(all);
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(ends_with_body(client.response(), std::to_string(i))) << i;
}

TEST(HttpConnection, ReadsARequestThatArrivesByteByByte) {
  EngineForTests house;
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  for (const char byte : post("/echo", "slowly")) client.send({&byte, 1});
  EXPECT_TRUE(ends_with_body(client.response(), "slowly"));
}

TEST(HttpConnection, AnswersHeadWithTheLengthAndWithoutTheBody) {
  EngineForTests house;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient client = house.connect();
  client.send("HEAD /hello HTTP/1.1\r\n" + kHost + "\r\n" + get("/hello"));
  const std::string head = client.response(true);
  EXPECT_NE(head.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(ends_with_body(client.response(), "hello"));
}

TEST(HttpConnection, SaysWhatIsNotThereAndWhatCannotBeDone) {
  EngineForTests house;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient client = house.connect();
  const std::string missing = client.ask(get("/nowhere"));
  EXPECT_EQ(status_of_response(missing), 404);
  EXPECT_NE(missing.find("Content-Type: application/problem+json"), std::string::npos);
  EXPECT_TRUE(ends_with_body(missing, R"({"title":"There is nothing here for you","status":404,"code":"not_found"})"));
  const std::string wrong = client.ask(post("/hello", "{}"));
  EXPECT_EQ(status_of_response(wrong), 405);
  EXPECT_NE(wrong.find("Allow: GET, HEAD\r\n"), std::string::npos);
  EXPECT_EQ(status_of_response(client.ask("OPTIONS /hello HTTP/1.1\r\n" + kHost + "\r\n")), 204);
}

TEST(HttpConnection, RefusesAnAmbiguousRequestAndHangsUp) {
  EngineForTests house;
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  client.send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
              get("/smuggled"));
  const std::string all = client.rest();
  EXPECT_EQ(status_of_response(all), 400);
  EXPECT_NE(all.find("Connection: close"), std::string::npos);
  EXPECT_EQ(all.find("HTTP/1.1", 9), std::string::npos) << "one answer only";
}

TEST(HttpConnection, WantsJsonWhereTheRouteDoes) {
  EngineForTests house;
  house.echo(Method::post, "/echo", kForAnyone);
  RawClient client = house.connect();
  EXPECT_EQ(status_of_response(client.ask("POST /echo HTTP/1.1\r\n" + kHost +
                                          "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")),
            415);
  EXPECT_TRUE(ends_with_body(
      client.ask(
          "POST /echo HTTP/1.1\r\n" + kHost +
          "Content-Type: Application/JSON; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
      "{}"));
}

TEST(HttpConnection, RefusesABodyThatIsTooLargeBeforeReadingIt) {
  EngineForTests house;
  Policy small = kForAnyone;
  small.body_cap_bytes = 10;
  house.echo(Method::post, "/echo", small);
  RawClient client = house.connect();
  EXPECT_EQ(status_of_response(client.ask(post("/echo", "12345678901"))), 413);
  EXPECT_TRUE(ends_with_body(client.ask(post("/echo", "1234567890")), "1234567890")) << "and goes on";
  client.send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n");
  EXPECT_EQ(status_of_response(client.rest()), 413);
}

TEST(HttpConnection, LetsTheClientAskBeforeItSends) {
  EngineForTests house;
  Policy small = kForAnyone;
  small.body_cap_bytes = 10;
  house.echo(Method::post, "/echo", small);
  RawClient client = house.connect();
  const std::string head =
      "POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\nExpect: 100-continue\r\n";
  EXPECT_EQ(status_of_response(client.ask(head + "Content-Length: 2\r\n\r\n")), 100);
  EXPECT_TRUE(ends_with_body(client.ask("{}"), "{}"));
  EXPECT_EQ(status_of_response(client.ask(head + "Content-Length: 20\r\n\r\n")), 413);
}

TEST(HttpConnection, TurnsWhatAHandlerThrowsIntoAnAnswer) {
  EngineForTests house;
  house.router.add(Method::get, "/bug", kForAnyone, [](Request request) -> boost::asio::awaitable<Result<Response>> {
    if (request.path == "/bug") throw std::runtime_error("secret inside");
    co_return Response::empty();
  });
  RawClient client = house.connect();
  const std::string answer = client.ask(get("/bug"));
  EXPECT_EQ(status_of_response(answer), 500);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
  EXPECT_NE(house.logged().find("handler_exception"), std::string::npos);
}

TEST(HttpConnection, NeverLetsAValueBecomeAHeader) {
  EngineForTests house;
  house.router.add(Method::get, "/evil", kForAnyone, [](Request request) -> boost::asio::awaitable<Result<Response>> {
    Response response = Response::empty(200);
    response.with("X-Name", "a\r\nSet-Cookie: stolen=1; " + request.path);
    co_return response;
  });
  RawClient client = house.connect();
  const std::string answer = client.ask(get("/evil"));
  EXPECT_EQ(status_of_response(answer), 500);
  EXPECT_EQ(answer.find("Set-Cookie"), std::string::npos);
}

TEST(HttpConnection, SaysNotModifiedToWhoKnowsIt) {
  EngineForTests house;
  house.router.add(Method::get, "/site", kForAnyone, [](Request) -> boost::asio::awaitable<Result<Response>> {
    Response response = Response::json("{}");
    response.etag = "\"v1\"";
    co_return response;
  });
  RawClient client = house.connect();
  const std::string answer = client.ask(get("/site", "If-None-Match: \"v1\"\r\n"));
  EXPECT_EQ(status_of_response(answer), 304);
  EXPECT_TRUE(ends_with_body(answer, ""));
  EXPECT_EQ(status_of_response(client.ask(get("/site", "If-None-Match: \"v0\"\r\n"))), 200);
}

TEST(HttpConnection, SendsABodyFromASourcePieceByPiece) {
  EngineForTests house;
  house.router.add(Method::get, "/file", kForAnyone, [](Request) -> boost::asio::awaitable<Result<Response>> {
    Response response = Response::empty(200);
    auto left = std::make_shared<int>(30);
    auto next = [](std::shared_ptr<int> pieces) -> boost::asio::awaitable<Result<std::string>> {
      if ((*pieces)-- == 0) co_return std::string();
      co_return std::string(100'000, 'x');
    };
    response.source = BodySource{3'000'000, [left, next] { return next(left); }};
    co_return response;
  });
  RawClient client = house.connect();
  const std::string whole = client.ask(get("/file"));
  EXPECT_EQ(whole.size() - whole.find("\r\n\r\n") - 4, 3'000'000U);
}

TEST(HttpConnection, HangsUpWhenASourceFallsShort) {
  EngineForTests house;
  house.router.add(Method::get, "/file", kForAnyone, [](Request) -> boost::asio::awaitable<Result<Response>> {
    Response response = Response::empty(200);
    auto next = []() -> boost::asio::awaitable<Result<std::string>> { co_return fail(Errc::unavailable, "disk"); };
    response.source = BodySource{10, next};
    co_return response;
  });
  RawClient client = house.connect();
  client.send(get("/file"));
  EXPECT_TRUE(ends_with_body(client.rest(), ""));
}

// ---- uploads
// ---------------------------------------------------------------------------------------------------------

Policy upload_policy(std::size_t cap) {
  return Policy{.who = kAnyone, .rate = RateClass::uploading, .body_cap_bytes = cap, .takes_json = false};
}

boost::asio::awaitable<Result<Response>> count_bytes(Request, BodyReader& body) {
  std::size_t bytes = 0;
  while (true) {
    KITH_CO_TRY(const std::string chunk, co_await body.next_chunk());
    if (chunk.empty()) break;
    bytes += chunk.size();
  }
  co_return Response::text(std::to_string(bytes), "text/plain");
}

TEST(HttpUpload, ArrivesPieceByPiece) {
  EngineForTests house;
  house.router.add_upload(Method::post, "/up", upload_policy(10'000'000), count_bytes);
  RawClient client = house.connect();
  EXPECT_TRUE(ends_with_body(client.ask(post("/up", std::string(5'000'000, 'x'))), "5000000"));
  EXPECT_TRUE(ends_with_body(client.ask(post("/up", "")), "0"));
}

TEST(HttpUpload, StopsAtItsCapEvenWhenNoLengthWasAnnounced) {
  EngineForTests house;
  house.router.add_upload(Method::post, "/up", upload_policy(1'000), count_bytes);
  RawClient client = house.connect();
  client.send("POST /up HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1'001, 'x'));
  EXPECT_EQ(status_of_response(client.rest()), 413);
}

TEST(HttpUpload, EndsWhenTheClientStopsInTheMiddle) {
  EngineForTests house(hurried());
  house.router.add_upload(Method::post, "/up", upload_policy(1'000), count_bytes);
  RawClient client = house.connect();
  client.send("POST /up HTTP/1.1\r\n" + kHost + "Content-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(status_of_response(client.rest()), 503);
  EXPECT_TRUE(house.becomes_empty());
}

// ---- gone clients
// ----------------------------------------------------------------------------------------------------

TEST(GoneClient, LeavesNothingBehind) {
  EngineForTests house;
  house.echo(Method::post, "/echo", kForAnyone);
  {
    house.connect().send("POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 10\r\n\r\nha");
  }
  {
    house.connect().send("GET /ec");
  }
  {
    const RawClient silent = house.connect();
  }
  EXPECT_TRUE(house.becomes_empty());
}

TEST(HttpConnection, EndsAfterItsLastRequest) {
  EngineForTests house(Limits{.requests_per_connection = 2});
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient client = house.connect();
  EXPECT_EQ(client.ask(get("/hello")).find("Connection: close"), std::string::npos);
  client.send(get("/hello"));
  EXPECT_NE(client.rest().find("Connection: close"), std::string::npos);
}

TEST(HttpConnection, EndsWhenTheClientAsksForIt) {
  EngineForTests house;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient polite = house.connect();
  polite.send(get("/hello", "Connection: close\r\n"));
  EXPECT_EQ(status_of_response(polite.rest()), 200);
  RawClient old = house.connect();
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(status_of_response(old.rest()), 200);
}

// ---- stopping
// --------------------------------------------------------------------------------------------------------

TEST(StoppingHttp, ClosesIdleConnectionsAndFinishesBusyOnes) {
  EngineForTests house;
  std::promise<void> begun;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  house.router.add(Method::get, "/busy", kForAnyone, [&](Request) -> boost::asio::awaitable<Result<Response>> {
    begun.set_value();
    boost::asio::steady_timer timer(house.io.context(), 30ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return Response::text("done", "text/plain");
  });
  RawClient idle = house.connect();
  EXPECT_EQ(status_of_response(idle.ask(get("/hello"))), 200);
  RawClient busy = house.connect();
  busy.send(get("/busy"));
  begun.get_future().wait();
  house.on_io_thread([&] { house.sessions.finish_all(); });
  EXPECT_EQ(idle.rest(), "");
  const std::string answer = busy.rest();
  EXPECT_TRUE(ends_with_body(answer, "done"));
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(house.becomes_empty());
}

// ---- live connections
// ------------------------------------------------------------------------------------------------

const std::string kHandshake =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

TEST(HttpUpgrade, HandsOverTheConnectionWithWhatCameAlready) {
  EngineForTests house;
  std::promise<std::pair<std::string, std::size_t>> early;
  std::unique_ptr<runtime::Transport> taken;
  house.router.add_upgrade("/live", kForAnyone, [&](Upgraded upgraded) {
    taken = std::make_unique<runtime::Transport>(std::move(upgraded.transport));
    early.set_value({upgraded.early_bytes + upgraded.request.path, 0});
  });
  RawClient client = house.connect();
  const std::string answer = client.ask(get("/live", kHandshake) + "frames");
  EXPECT_EQ(status_of_response(answer), 101);
  EXPECT_NE(answer.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos);
  EXPECT_EQ(early.get_future().get().first, "frames/live");
  EXPECT_TRUE(house.becomes_empty());
  EXPECT_TRUE(house.on_io_thread([&] { return taken->is_open(); }));
  house.on_io_thread([&] { taken.reset(); });
}

TEST(HttpUpgrade, RefusesWhatIsNoHandshake) {
  EngineForTests house;
  house.router.add_upgrade("/live", kForAnyone, [](Upgraded) { FAIL(); });
  RawClient client = house.connect();
  client.send(get("/live"));
  EXPECT_EQ(status_of_response(client.rest()), 400);
}

TEST(HttpMetrics, CountAnswersByKind) {
  EngineForTests house;
  house.say(Method::get, "/hello", kForAnyone, "hello");
  RawClient client = house.connect();
  client.ask(get("/hello"));
  client.ask(get("/nowhere"));
  EXPECT_EQ(house.http_metrics.requests.value(), 2U);
  EXPECT_EQ(house.http_metrics.client_errors.value(), 1U);
  EXPECT_EQ(house.http_metrics.connections.value(), 1);
}

}  // namespace
}  // namespace kith::http
