#include "http/response_head.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

const HeadFacts kFacts{.now = {1'795'312'800'000'000}, .request_id = "abc-1", .content_length = 2};

std::string head_of(const Response& response, HeadFacts facts = kFacts) {
  return write_response_head(response, facts);
}

bool has(const std::string& head, std::string_view line) {
  return head.find(std::string(line) + "\r\n") != std::string::npos;
}

TEST(ResponseHead, CarriesWhatEveryResponseNeeds) {
  const std::string head = head_of(Response::json("{}", 201));
  EXPECT_TRUE(head.starts_with("HTTP/1.1 201 Created\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  for (const char* line :
       {"Date: Sun, 22 Nov 2026 02:00:00 GMT", "Content-Length: 2", "Content-Type: application/json",
        "Cache-Control: no-store", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin", "X-Request-Id: abc-1",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}) {
    EXPECT_TRUE(has(head, line)) << line;
  }
  EXPECT_EQ(head.find("Strict-Transport-Security"), std::string::npos);
}

TEST(ResponseHead, InsistsOnTlsOnlyOverTls) {
  HeadFacts facts = kFacts;
  facts.is_secure = true;
  EXPECT_TRUE(has(head_of(Response::empty(), facts), "Strict-Transport-Security: max-age=31536000"));
}

TEST(ResponseHead, LetsAResponseReplaceADefault) {
  Response page = Response::text("", "text/html; charset=utf-8");
  page.with("content-security-policy", "default-src 'self'").with("Cache-Control", "max-age=60");
  const std::string head = head_of(page);
  EXPECT_TRUE(has(head, "content-security-policy: default-src 'self'"));
  EXPECT_EQ(head.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(head.find("no-store"), std::string::npos);
}

TEST(ResponseHead, AllowsKeepingWhatHasAnETag) {
  Response response = Response::json("{}");
  response.etag = "\"7\"";
  const std::string head = head_of(response);
  EXPECT_TRUE(has(head, "ETag: \"7\""));
  EXPECT_TRUE(has(head, "Cache-Control: private, no-cache"));
}

TEST(ResponseHead, HasNoLengthWhereThereIsNoBody) {
  HeadFacts facts = kFacts;
  facts.content_length = std::nullopt;
  facts.keeps_alive = false;
  const std::string head = head_of(Response::empty(204), facts);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  EXPECT_TRUE(has(head, "Connection: close"));
}

TEST(ResponseHead, KnowsHeadersThatCouldBeReadAsTwo) {
  EXPECT_TRUE(has_safe_headers(Response::json("{}")));
  for (const std::string_view value : {std::string_view("a\r\nSet-Cookie: b"), std::string_view("a\nb"),
                                       std::string_view("a\rb"), std::string_view("a\0b", 3)}) {
    Response response;
    EXPECT_FALSE(has_safe_headers(response.with("X-Name", value)));
    Response tagged;
    tagged.etag = value;
    EXPECT_FALSE(has_safe_headers(tagged));
  }
}

TEST(IfNoneMatch, ComparesWeaklyAndInLists) {
  EXPECT_TRUE(is_known_to_client("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(is_known_to_client("*", "\"b\""));
  EXPECT_FALSE(is_known_to_client("\"a\"", "\"b\""));
  EXPECT_FALSE(is_known_to_client("", "\"b\""));
  EXPECT_FALSE(is_known_to_client("*", ""));
}

}  // namespace
}  // namespace kith::http
