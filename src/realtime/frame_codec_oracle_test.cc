// The codec against an independent implementation of RFC 6455: Boost.Beast plays the client.
#include <random>

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "realtime/frame_codec.h"

namespace kith {
namespace {

namespace beast = boost::beast;
using Kind = Received::Kind;
using Said = std::pair<Kind, std::string>;

// A Beast client whose bytes we read and write by hand, already upgraded.
class BeastClient {
 public:
  BeastClient() : far_end_(context_), socket_(context_) {
    socket_.next_layer().connect(far_end_);
    bool is_open = false;
    socket_.async_handshake("kith.example", "/api/live", [&](beast::error_code error) { is_open = !error; });
    context_.poll();
    std::string request(far_end_.str());
    far_end_.clear();
    std::size_t key = request.find("Sec-WebSocket-Key: ") + 19;
    beast::websocket::detail::sec_ws_accept_type accept;
    beast::websocket::detail::make_sec_ws_accept(accept, std::string_view(request).substr(key, 24));
    give("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
         std::string(accept.data(), accept.size()) + "\r\n\r\n");
    context_.restart();
    context_.poll();
    EXPECT_TRUE(is_open);
  }

  void give(std::string_view bytes) { boost::asio::write(far_end_, boost::asio::buffer(bytes)); }
  std::string take() {
    std::string bytes(far_end_.str());
    far_end_.clear();
    return bytes;
  }
  beast::websocket::stream<beast::test::stream>& socket() { return socket_; }

 private:
  boost::asio::io_context context_;
  beast::test::stream far_end_;
  beast::websocket::stream<beast::test::stream> socket_;
};

std::string random_text(std::mt19937& random, std::size_t longest) {
  static constexpr const char* kCharacters[] = {"a", " ", "\xc3\xbc", "\xe2\x82\xac", "\xf0\x9f\x98\x8a"};
  std::string text;
  for (std::size_t length = random() % longest; text.size() < length;) text += kCharacters[random() % 5];
  return text;
}

std::vector<Said> say_things(BeastClient& client, std::mt19937& random) {
  std::vector<Said> said;
  for (int i = 0; i < 12; ++i) {
    client.socket().auto_fragment(random() % 2 == 0);
    client.socket().write_buffer_bytes(8 + random() % 900);
    std::string text = random_text(random, random() % 8 == 0 ? 70'000 : 300);
    if (random() % 5 == 0) {
      text.resize(std::min<std::size_t>(text.size(), 20));
      if (!beast::websocket::detail::check_utf8(text.data(), text.size())) text = "ping";
      client.socket().ping({text.data(), text.size()});
      said.emplace_back(Kind::ping, text);
      continue;
    }
    bool is_text = random() % 3 != 0;
    client.socket().text(is_text);
    client.socket().write(boost::asio::buffer(text));
    said.emplace_back(is_text ? Kind::text : Kind::binary, text);
  }
  return said;
}

std::vector<Said> hear(FrameDecoder& decoder, const std::string& bytes, std::mt19937& random) {
  std::vector<Said> heard;
  for (std::size_t at = 0; at < bytes.size();) {
    std::string piece = bytes.substr(at, 1 + random() % (random() % 4 == 0 ? 3 : 5'000));
    at += piece.size();
    std::span<char> input(piece);
    while (!input.empty()) {
      Received received = decoder.next(input);
      if (received.kind != Kind::nothing) heard.emplace_back(received.kind, received.payload);
    }
  }
  return heard;
}

TEST(FrameCodecOracle, HearsExactlyWhatBeastSaysHoweverItIsCut) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    BeastClient client;
    FrameDecoder decoder(80'000);
    auto said = say_things(client, random);
    ASSERT_EQ(hear(decoder, client.take(), random), said) << "seed " << seed;
  }
}

TEST(FrameCodecOracle, IsUnderstoodByBeast) {
  std::mt19937 random(3);
  BeastClient client;
  for (std::size_t length : {0U, 1U, 125U, 126U, 65'535U, 65'536U, 90'000U}) {
    std::string text(length, 'k');
    client.give(text_frame(text));
    beast::flat_buffer buffer;
    client.socket().read(buffer);
    EXPECT_EQ(beast::buffers_to_string(buffer.data()), text);
  }
}

TEST(FrameCodecOracle, AgreesWithBeastOnClosing) {
  BeastClient client;
  client.give(close_frame(CloseCode::try_again_later, "you read too slowly"));
  beast::flat_buffer buffer;
  beast::error_code error;
  client.socket().read(buffer, error);
  EXPECT_EQ(error, beast::websocket::error::closed);
  EXPECT_EQ(client.socket().reason().code, 1013);
  EXPECT_EQ(client.socket().reason().reason, "you read too slowly");

  std::string reply = client.take();
  std::span<char> input(reply);
  FrameDecoder decoder(1000);
  Received received = decoder.next(input);
  EXPECT_EQ(received.kind, Kind::close);
  EXPECT_EQ(received.code, CloseCode::try_again_later);
}

}  // namespace
}  // namespace kith
