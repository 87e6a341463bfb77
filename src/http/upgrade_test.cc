#include "http/upgrade.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

Request handshake() {
  Request request;
  request.headers.lines = {{"upgrade", "websocket"},
                           {"connection", "keep-alive, Upgrade"},
                           {"sec-websocket-version", "13"},
                           {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  return request;
}

TEST(Upgrade, GivesTheAnswerOfRfc6455) {
  EXPECT_EQ(websocket_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  const std::string answer = switching_protocols("dGhlIHNhbXBsZSBub25jZQ==", {});
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 101 "));
  EXPECT_TRUE(answer.ends_with("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
}

TEST(Upgrade, TakesAWholeHandshakeOnly) {
  EXPECT_TRUE(check_handshake(handshake()));
  for (std::size_t missing = 0; missing < 4; ++missing) {
    Request request = handshake();
    request.headers.lines.erase(request.headers.lines.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_FALSE(check_handshake(request)) << missing;
  }
  Request posted = handshake();
  posted.method = Method::post;
  EXPECT_FALSE(check_handshake(posted));
}

TEST(Upgrade, RefusesKeysThatAreNotSixteenBytes) {
  for (const char* key :
       {"", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQAA", "dGhlIHNhbXBsZSBub25j!!==", "AAAA"}) {
    Request request = handshake();
    request.headers.lines.back().second = key;
    EXPECT_FALSE(check_handshake(request)) << key;
  }
}

}  // namespace
}  // namespace kith::http
