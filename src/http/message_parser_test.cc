#include "http/message_parser.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

using Step = MessageParser::Step;

// Everything that came out of feeding `text`, `piece` bytes at a time.
struct Read {
  Step last = Step::more;
  Request request;
  std::string body;
  Refusal refusal;
  std::size_t left = 0;
};

Read read(std::string_view text, std::size_t piece, std::uint64_t body_cap = 1'000) {
  static const Limits limits;
  MessageParser parser(limits);
  Read result;
  std::string waiting;
  std::size_t offered = 0;
  while (true) {
    const auto fed = parser.feed(waiting);
    waiting.erase(0, fed.taken);
    result.last = fed.step;
    if (fed.step == Step::head) {
      result.request = parser.take_request();
      parser.set_body_cap(body_cap);
      continue;
    }
    result.body += parser.take_body();
    const bool is_over = fed.step == Step::done || fed.step == Step::refused;
    if (is_over || (offered == text.size() && fed.taken == 0)) break;
    const std::string_view next = text.substr(offered, piece);
    waiting += next;
    offered += next.size();
  }
  result.refusal = parser.refusal();
  result.left = waiting.size() + text.size() - offered;
  return result;
}

TEST(MessageParser, ReadsTheSameWhateverThePieces) {
  const std::string text =
      "POST /api/entries?x=1 HTTP/1.1\r\nHost: kith.example\r\nCookie: kith=abc\r\nContent-Type: application/json\r\n"
      "Content-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, text.size()}) {
    const Read got = read(text, piece);
    EXPECT_EQ(got.last, Step::done);
    EXPECT_EQ(got.request.method, Method::post);
    EXPECT_EQ(got.request.path, "/api/entries");
    EXPECT_EQ(got.request.query_value("x"), "1");
    EXPECT_EQ(got.request.cookie("kith"), "abc");
    EXPECT_EQ(got.request.headers.get("content-type"), "application/json");
    EXPECT_EQ(got.body, "hello");
    EXPECT_EQ(got.left, std::string_view("GET / HTTP/1.1\r\n").size());
  }
}

TEST(MessageParser, JoinsChunksAndForgetsTrailers) {
  const std::string text =
      "PUT /a HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, text.size()}) {
    const Read got = read(text, piece);
    EXPECT_EQ(got.last, Step::done);
    EXPECT_EQ(got.body, "abcde");
    EXPECT_FALSE(got.request.headers.find("x-trailer"));
  }
}

TEST(MessageParser, ForgivesAnEmptyLineInFront) {
  EXPECT_EQ(read("\r\nGET / HTTP/1.1\r\nHost: k\r\n\r\n", 1).last, Step::done);
}

struct Bad {
  const char* text;
  int status;
};

class MessageParserRefuses : public testing::TestWithParam<Bad> {};

TEST_P(MessageParserRefuses, WhateverThePieces) {
  const std::string_view text = GetParam().text;
  for (const std::size_t piece : {std::size_t{1}, text.size()}) {
    const Read got = read(text, piece);
    EXPECT_EQ(got.last, Step::refused) << text;
    EXPECT_EQ(got.refusal.status, GetParam().status) << text << " " << got.refusal.why;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Smuggling, MessageParserRefuses,
    testing::Values(
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5, 5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: +5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: -5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 0x5\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length:\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: identity\r\n\r\n", 501},
        Bad{"POST / HTTP/1.0\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding : chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\n Transfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nX: a\r\n\tb\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nX: a\rTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
        Bad{"POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n", 400}));

INSTANTIATE_TEST_SUITE_P(
    BadHeads, MessageParserRefuses,
    testing::Values(Bad{"GET / HTTP/1.1\r\n\r\n", 400}, Bad{"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
                    Bad{"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400}, Bad{"GET / HTTP/2.0\r\nHost: k\r\n\r\n", 505},
                    Bad{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505}, Bad{"GET /\r\nHost: k\r\n\r\n", 400},
                    Bad{"GET  / HTTP/1.1\r\nHost: k\r\n\r\n", 400}, Bad{"TRACE / HTTP/1.1\r\nHost: k\r\n\r\n", 501},
                    Bad{"BREW / HTTP/1.1\r\nHost: k\r\n\r\n", 501}, Bad{"get / HTTP/1.1\r\nHost: k\r\n\r\n", 501},
                    Bad{"GET http://k/ HTTP/1.1\r\nHost: k\r\n\r\n", 400},
                    Bad{"CONNECT k:443 HTTP/1.1\r\nHost: k\r\n\r\n", 501},
                    Bad{"GET /../x HTTP/1.1\r\nHost: k\r\n\r\n", 400}, Bad{"GET /%00 HTTP/1.1\r\nHost: k\r\n\r\n", 400},
                    Bad{"GET / HTTP/1.1\r\nHost: k\r\nno colon\r\n\r\n", 400},
                    Bad{"GET / HTTP/1.1\r\nHost: k\r\n: empty\r\n\r\n", 400},
                    Bad{"GET / HTTP/1.1\r\nHost: k\r\nExpect: a miracle\r\n\r\n", 417},
                    Bad{"\x16\x03\x01\x02 HTTP/1.1\r\n\r\n", 400}, Bad{"\r\n\r\n\r\n\r\n\r\n\r\n", 400}));

TEST(MessageParser, RefusesWhatIsTooLong) {
  const std::string host = "Host: k\r\n";
  const auto status = [](const std::string& text) { return read(text, text.size()).refusal.status; };
  EXPECT_EQ(status("GET /" + std::string(8'200, 'a') + " HTTP/1.1\r\n" + host + "\r\n"), 414);
  EXPECT_EQ(status("GET /" + std::string(20'000, 'a')), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + "X: " + std::string(17'000, 'a') + "\r\n\r\n"), 431);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "X: 1\r\n";
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + many + "\r\n"), 431);
}

TEST(MessageParser, RefusesABodyBeyondItsCap) {
  EXPECT_EQ(read("POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 11\r\n\r\nhello world", 100, 10).refusal.status, 413);
  const std::string chunked = "POST / HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(read(chunked + "6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n", 4, 10).refusal.status, 413);
  EXPECT_EQ(read(chunked + "6\r\nhello \r\n4\r\nworl\r\n0\r\n\r\n", 4, 10).body, "hello worl");
}

TEST(MessageParser, KnowsWhatTheClientExpects) {
  const Limits limits;
  MessageParser parser(limits);
  const std::string head =
      "POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5\r\nExpect: 100-Continue\r\nConnection: close\r\n\r\n";
  ASSERT_EQ(parser.feed(head).step, Step::head);
  EXPECT_TRUE(parser.expects_continue());
  EXPECT_TRUE(parser.has_body());
  EXPECT_EQ(parser.content_length(), 5U);
  EXPECT_FALSE(parser.keeps_alive());
}

}  // namespace
}  // namespace kith::http
