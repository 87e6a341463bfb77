#include <gtest/gtest.h>

#include "http/engine_for_tests.h"

namespace kith::http {
namespace {

// A source of unknown length: two pieces, then the end or (when it breaks) nothing more.
Response endless(bool breaks) {
  auto pieces = std::make_shared<int>(0);
  Response response;
  response.source = BodySource{{}, [pieces, breaks]() -> boost::asio::awaitable<Result<std::string>> {
                                 if (++*pieces <= 2) co_return "piece of sixteen";
                                 if (breaks) co_return fail(Errc::unavailable, "broken");
                                 co_return std::string();
                               }};
  return response;
}

TEST(HttpConnection, SendsInChunksWhatHasNoKnownEnd) {
  EngineForTests house;
  house.router.add(Method::get, "/story", kForAnyone, [](Request request) -> boost::asio::awaitable<Result<Response>> {
    co_return endless(request.query_value("breaks").has_value());
  });
  RawClient client = house.connect();
  client.send(get("/story", "Connection: close\r\n"));
  const std::string whole = client.rest();
  EXPECT_NE(whole.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(whole.find("Content-Length"), std::string::npos);
  EXPECT_TRUE(ends_with_body(whole, "10\r\npiece of sixteen\r\n10\r\npiece of sixteen\r\n0\r\n\r\n"));
  RawClient unlucky = house.connect();
  unlucky.send(get("/story?breaks"));
  EXPECT_FALSE(unlucky.rest().ends_with("0\r\n\r\n")) << "the client must see that something is missing";
  RawClient old = house.connect();
  old.send("GET /story HTTP/1.0\r\n\r\n");
  const std::string plain = old.rest();
  EXPECT_TRUE(ends_with_body(plain, "piece of sixteenpiece of sixteen"));
  EXPECT_EQ(plain.find("Transfer-Encoding"), std::string::npos);
}

}  // namespace
}  // namespace kith::http
