#include "http/assets.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/scratch_folder_for_tests.h"
#include "http/engine_for_tests.h"
#include "http/page_policy.h"

namespace kith::http {
namespace {

constexpr Asset kShelf[] = {
    {"assets/desk-1a2b3c4d.js", "text/javascript; charset=utf-8", "e1", "plain bytes", "packed by br", "packed by gz"},
    {"assets/tokens-99.css", "text/css; charset=utf-8", "e3", "colours"},
    {"desk/index.html", "text/html; charset=utf-8", "e2", "<!doctype html>"},
};

// Serves one shelf at /{name*}.
class AssetsServed : public testing::Test {
 protected:
  void serve(const Assets& assets) {
    engine.router.add(Method::get, "/{name*}", kForAnyone,
                      [&assets](Request request) -> boost::asio::awaitable<Result<Response>> {
                        auto found = co_await assets.find(std::string(request.param("name")));
                        if (!found) co_return std::unexpected(found.error());
                        co_return send_asset(request, *found);
                      });
  }
  std::string ask(std::string_view path, std::string_view more = "") { return engine.connect().ask(get(path, more)); }

  EngineForTests engine;
  runtime::WorkerPool workers{engine.log, 1};
};

TEST_F(AssetsServed, SendsTheFormThatTheBrowserTakes) {
  Assets shelf(kShelf);
  serve(shelf);
  EXPECT_TRUE(ends_with_body(ask("/assets/desk-1a2b3c4d.js"), "plain bytes"));
  EXPECT_TRUE(ends_with_body(ask("/assets/desk-1a2b3c4d.js", "Accept-Encoding: gzip\r\n"), "packed by gz"));
  const std::string best = ask("/assets/desk-1a2b3c4d.js", "Accept-Encoding: gzip, deflate, br, zstd\r\n");
  EXPECT_TRUE(ends_with_body(best, "packed by br"));
  EXPECT_NE(best.find("Content-Encoding: br\r\n"), std::string::npos);
  EXPECT_NE(best.find("Vary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_NE(best.find("ETag: \"e1-br\"\r\n"), std::string::npos);
  EXPECT_NE(best.find("Cache-Control: public, max-age=31536000, immutable\r\n"), std::string::npos);
}

TEST_F(AssetsServed, LetsBrowsersAskAgainForPages) {
  Assets shelf(kShelf);
  serve(shelf);
  EXPECT_NE(ask("/desk/index.html").find("Cache-Control: no-cache\r\n"), std::string::npos);
  const std::string known = ask("/desk/index.html", "If-None-Match: \"e2\"\r\n");
  EXPECT_EQ(status_of_response(known), 304);
  EXPECT_TRUE(known.ends_with("\r\n\r\n"));
}

TEST_F(AssetsServed, AnswersHeadWithoutABody) {
  Assets shelf(kShelf);
  serve(shelf);
  auto client = engine.connect();
  client.send("HEAD /desk/index.html HTTP/1.1\r\n" + kHost + "\r\n");
  const std::string head = client.response(true);
  EXPECT_NE(head.find("Content-Length: 15\r\n"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(AssetsServed, ReadsFromAFolderAnewEachTime) {
  const ScratchFolder scratch;
  const auto dist = scratch.path() / "apps" / "desk" / "dist";
  std::filesystem::create_directories(dist / "assets");
  std::ofstream(dist / "index.html") << "first";
  std::ofstream(dist / "assets" / "a-1.js") << "script";
  std::ofstream(scratch.path() / "secret.txt") << "secret";
  Assets folder(kShelf, scratch.path().string(), workers);
  serve(folder);
  EXPECT_TRUE(ends_with_body(ask("/desk/index.html"), "first"));
  std::ofstream(dist / "index.html") << "second";
  EXPECT_TRUE(ends_with_body(ask("/desk/index.html"), "second"));
  const std::string script = ask("/assets/a-1.js");
  EXPECT_TRUE(ends_with_body(script, "script"));
  EXPECT_NE(script.find("Cache-Control: no-cache\r\n"), std::string::npos) << "it may change under its name";
  EXPECT_EQ(status_of_response(ask("/desk/..%5C..%5C..%5Csecret.txt")), 404);
  EXPECT_EQ(status_of_response(ask("/desk/.hidden.txt")), 404);
  EXPECT_EQ(status_of_response(ask("/desk")), 404);
  EXPECT_TRUE(ends_with_body(ask("/assets/tokens-99.css"), "colours")) << "what is not there is taken from the program";
}

TEST(Assets, FindTheOneHashedFileByItsBeginning) {
  Assets shelf(kShelf);
  EXPECT_EQ(shelf.find_hashed("tokens-"), "assets/tokens-99.css");
  EXPECT_EQ(shelf.find_hashed("nothing-"), "");
}

TEST(AcceptEncoding, KnowsWhatIsRefused) {
  EXPECT_TRUE(read_accept_encoding("br;q=1.0, gzip;q=0.8").brotli);
  EXPECT_TRUE(read_accept_encoding("GZIP").gzip);
  EXPECT_FALSE(read_accept_encoding("br;q=0, gzip; q=0.000").brotli);
  EXPECT_FALSE(read_accept_encoding("br;q=0, gzip; q=0.000").gzip);
  EXPECT_FALSE(read_accept_encoding("brotli, xgzip, ;;,").brotli);
}

TEST(PagePolicy, LetsOnlyTheNamedOriginsFrameThePanel) {
  Response response;
  const std::vector<std::string> origins{"https://shop.example", "https://www.shop.example"};
  guard_panel(response, origins);
  EXPECT_TRUE(response.headers.front().second.ends_with(
      "frame-ancestors 'self' https://shop.example https://www.shop.example"));
  EXPECT_EQ(response.headers.front().second.find("unsafe"), std::string::npos);
}

}  // namespace
}  // namespace kith::http
