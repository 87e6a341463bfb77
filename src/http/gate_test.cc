#include "http/gate.h"

#include <functional>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "http/engine_for_tests.h"
#include "http/upgrade.h"

namespace kith::http {
namespace {

using namespace std::chrono_literals;

constexpr Time kLater{1'800'000'000'000'000};

// A house in which somebody is known: a visitor, a colleague, one whose code is due, and a program.
class GateTest : public testing::Test {
 protected:
  GateTest() {
    add_person(visitor_);
    add_person(colleague_);
    add_session(SessionKind::visitor, visitor_, "visitor-secret", false);
    colleague_session_ = add_session(SessionKind::colleague, colleague_, "colleague-secret", false);
    add_session(SessionKind::colleague, colleague_, "due-secret", true);
    write([this](Tx& tx) -> Result<void> {
      const Role role{.id = tx.new_id<RoleId>(), .person = colleague_, .kind = RoleKind::colleague, .from = {1}};
      KITH_CHECK(tx.people().add_role(role));
      const ApiToken token{.id = tx.new_id<ApiTokenId>(),
                           .name = "importer",
                           .token_digest = sha256("kith_pat_program"),
                           .scopes = kReadPeople,
                           .created_by = colleague_,
                           .expires_at = kLater};
      return tx.access().save_token(token);
    });
    route("/anyone", Policy{.who = kAnyone});
    route("/visitor", Policy{.who = kVisitor});
    route("/desk", Policy{.who = kColleague});
    route("/code", Policy{.who = kSecondFactorDue});
    route("/people", Policy{.who = kColleague | kProgram, .scopes = kReadPeople});
    route("/settings", Policy{.who = kColleague | kProgram, .scopes = kManageSettings});
    house_.router.add_upgrade("/live", Policy{.who = kAnyone},
                              [this](Upgraded upgraded) { live_actor_.set_value(upgraded.request.actor.kind); });
  }

  void write(std::function<Result<void>(Tx&)> use_case) { ASSERT_TRUE(house_.store.write_now(std::move(use_case))); }
  void add_person(PersonId& id) {
    write([&](Tx& tx) -> Result<void> {
      id = tx.new_id<PersonId>();
      return tx.people().add(Person{.id = id});
    });
  }
  SessionId add_session(SessionKind kind, PersonId person, std::string_view secret, bool code_is_due) {
    SessionId id;
    write([&](Tx& tx) -> Result<void> {
      id = tx.new_id<SessionId>();
      return tx.access().add_session(Session{.id = id,
                                             .kind = kind,
                                             .person = person,
                                             .token_digest = sha256(secret),
                                             .expires_at = kLater,
                                             .second_factor_due = code_is_due});
    });
    return id;
  }
  // Says who asks.
  void route(std::string_view pattern, Policy policy) {
    for (const Method method : {Method::get, Method::post, Method::patch}) {
      house_.router.add(method, pattern, policy, [](Request request) -> boost::asio::awaitable<Result<Response>> {
        co_return Response::text(std::to_string(static_cast<int>(request.actor.kind)), "text/plain");
      });
    }
  }
  std::string ask(std::string_view method_and_path, std::string_view more = "") {
    if (!client_) client_.emplace(house_.connect());
    return client_->ask(std::string(method_and_path) + " HTTP/1.1\r\nHost: kith.example\r\n" + std::string(more) +
                        "\r\n");
  }
  int status(std::string_view method_and_path, std::string_view more = "") {
    return std::stoi(ask(method_and_path, more).substr(9, 3));
  }
  static std::string bearer(std::string_view secret) { return "Authorization: Bearer " + std::string(secret) + "\r\n"; }
  static std::string cookie(std::string_view secret) { return "Cookie: kith=" + std::string(secret) + "\r\n"; }

  EngineForTests house_;
  PersonId visitor_;
  PersonId colleague_;
  SessionId colleague_session_;
  std::promise<ActorKind> live_actor_;
  std::optional<RawClient> client_;
};

TEST_F(GateTest, LetsEverybodyThroughTheirOwnDoorOnly) {
  struct Row {
    const char* path;
    int nobody, visitor, colleague, code_due, program;
  };
  for (const Row& row : {Row{"/anyone", 200, 200, 200, 200, 200}, Row{"/visitor", 401, 200, 403, 401, 403},
                         Row{"/desk", 401, 403, 200, 401, 403}, Row{"/code", 401, 403, 403, 200, 403},
                         Row{"/people", 401, 403, 200, 401, 200}, Row{"/settings", 401, 403, 200, 401, 403}}) {
    const std::string get = "GET " + std::string(row.path);
    EXPECT_EQ(status(get), row.nobody) << row.path;
    EXPECT_EQ(status(get, bearer("visitor-secret")), row.visitor) << row.path;
    EXPECT_EQ(status(get, cookie("colleague-secret")), row.colleague) << row.path;
    EXPECT_EQ(status(get, cookie("due-secret")), row.code_due) << row.path;
    EXPECT_EQ(status(get, bearer("kith_pat_program")), row.program) << row.path;
  }
}

TEST_F(GateTest, TakesEachSecretOnlyWhereItBelongs) {
  EXPECT_EQ(status("GET /anyone", bearer("colleague-secret")), 401) << "a colleague's secret lives in her cookie";
  EXPECT_EQ(status("GET /anyone", bearer("unknown")), 401);
  EXPECT_EQ(status("GET /anyone", bearer("kith_pat_unknown")), 401);
  EXPECT_EQ(status("GET /anyone", bearer(std::string(129, 'x'))), 401);
  EXPECT_EQ(status("GET /visitor", cookie("visitor-secret")), 401) << "a visitor's secret is no cookie";
  EXPECT_EQ(status("GET /anyone", cookie("run-out")), 200) << "an old cookie is no obstacle to signing in";
  EXPECT_EQ(status("GET /desk", "Cookie: __Host-kith=colleague-secret\r\n"), 401) << "not over plain HTTP";
}

TEST_F(GateTest, RefusesWhatAForeignPageMadeABrowserSend) {
  const std::string mine = cookie("colleague-secret");
  const std::string json = "Content-Type: application/json\r\nContent-Length: 0\r\n";
  EXPECT_EQ(status("POST /desk", mine + json + "Origin: http://evil.example\r\n"), 403);
  EXPECT_EQ(status("POST /desk", mine + json + "Origin: null\r\n"), 403);
  EXPECT_EQ(status("POST /desk", mine + json + "Origin: https://kith.example\r\n"), 403) << "another scheme";
  EXPECT_EQ(status("POST /desk", mine + json + "Sec-Fetch-Site: cross-site\r\n"), 403);
  EXPECT_EQ(status("POST /desk", mine + json + "Sec-Fetch-Site: same-site\r\n"), 403);
  EXPECT_EQ(status("POST /anyone", json + "Origin: http://evil.example\r\n"), 403) << "signing somebody in unasked";
  EXPECT_EQ(status("POST /desk", mine), 403) << "what a plain form can send, with no word of its origin";
}

TEST_F(GateTest, TakesWhatOurOwnPagesAndProgramsSend) {
  const std::string mine = cookie("colleague-secret");
  EXPECT_EQ(status("POST /desk", mine + "Origin: http://kith.example\r\n"), 200);
  EXPECT_EQ(status("POST /desk", mine + "Sec-Fetch-Site: same-origin\r\n"), 200);
  EXPECT_EQ(status("POST /desk", mine + "Content-Type: application/json\r\n"), 200);
  EXPECT_EQ(status("PATCH /desk", mine), 200);
  EXPECT_EQ(status("GET /desk", mine + "Origin: http://evil.example\r\n"), 200) << "reading changes nothing";
  EXPECT_EQ(status("POST /visitor", bearer("visitor-secret") + "Origin: http://shop.example\r\n"), 200);
}

TEST_F(GateTest, ForgetsASessionTheMomentItEnds) {
  EXPECT_EQ(status("GET /desk", cookie("colleague-secret")), 200);
  write([this](Tx& tx) -> Result<void> {
    KITH_TRY(const auto ended, tx.access().revoke_sessions(colleague_, std::nullopt));
    tx.emit(Event{tx.next_seq(), std::nullopt, SessionsEnded{ended}});
    return {};
  });
  EXPECT_EQ(status("GET /desk", cookie("colleague-secret")), 401);
}

TEST_F(GateTest, LooksAgainWhenABodyWasLongOnItsWay) {
  RawClient client = house_.connect();
  const std::string head = "POST /desk HTTP/1.1\r\n" + kHost + cookie("colleague-secret") +
                           "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(status_of_response(client.ask(head)), 100) << "she may come in";
  EXPECT_EQ(status_of_response(client.ask("{}")), 200);
  EXPECT_EQ(status_of_response(client.ask(head)), 100);
  write([this](Tx& tx) -> Result<void> {
    KITH_TRY(const auto ended, tx.access().revoke_sessions(colleague_, std::nullopt));
    tx.emit(Event{tx.next_seq(), std::nullopt, SessionsEnded{ended}});
    return {};
  });
  EXPECT_EQ(status_of_response(client.ask("{}")), 401) << "but not any more";
}

TEST_F(GateTest, RemembersASessionForHalfAMinute) {
  EXPECT_EQ(status("GET /desk", cookie("colleague-secret")), 200);
  write([this](Tx& tx) -> Result<void> {
    return tx.access().revoke_sessions(colleague_, std::nullopt).has_value() ? Result<void>{} : fail(Errc::unavailable);
  });
  EXPECT_EQ(status("GET /desk", cookie("colleague-secret")), 200) << "nobody told the cache";
  house_.clock.advance(31s);
  EXPECT_EQ(status("GET /desk", cookie("colleague-secret")), 401);
}

TEST_F(GateTest, AsksTheStoreAboutProgramsEachTime) {
  EXPECT_EQ(status("GET /people", bearer("kith_pat_program")), 200);
  write([](Tx& tx) -> Result<void> {
    KITH_TRY(auto token, tx.access().token_by_digest(sha256("kith_pat_program")));
    token.revoked = true;
    return tx.access().save_token(token);
  });
  EXPECT_EQ(status("GET /people", bearer("kith_pat_program")), 401);
}

TEST_F(GateTest, LetsAForeignPageOpenALiveConnectionButNotWithACookie) {
  const std::string handshake =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
      cookie("colleague-secret");
  EXPECT_EQ(status("GET /live", handshake + "Origin: http://shop.example\r\n"), 101);
  EXPECT_EQ(live_actor_.get_future().get(), ActorKind::nobody);
  client_.reset();
  live_actor_ = {};
  EXPECT_EQ(status("GET /live", handshake), 101);
  EXPECT_EQ(live_actor_.get_future().get(), ActorKind::nobody);
  client_.reset();
  live_actor_ = {};
  EXPECT_EQ(status("GET /live", handshake + "Origin: http://kith.example\r\n"), 101);
  EXPECT_EQ(live_actor_.get_future().get(), ActorKind::colleague);
}

TEST_F(GateTest, CountsOnePersonWhereverSheComesFrom) {
  house_.say(Method::get, "/slow", Policy{.who = kColleague, .rate = RateClass::opening_doors}, "come in");
  const auto burst =
      static_cast<int>(GateOptions().per_actor[static_cast<std::size_t>(RateClass::opening_doors)].burst);
  for (int i = 0; i <= burst; ++i) {
    RawClient client = house_.connect("192.0.2." + std::to_string(i));
    EXPECT_EQ(status_of_response(client.ask(get("/slow", cookie("colleague-secret")))), i < burst ? 200 : 429) << i;
  }
}

TEST(GateRates, AreCountedPerAddressAndPerPersonAndSayWhenToComeBack) {
  GateOptions options;
  options.per_address[static_cast<std::size_t>(RateClass::opening_doors)] = {.per_second = 0.5, .burst = 2};
  EngineForTests house({}, options);
  house.say(Method::get, "/door", Policy{.who = kAnyone, .rate = RateClass::opening_doors}, "come in");
  house.say(Method::get, "/health", Policy{.who = kAnyone, .rate = RateClass::unlimited}, "fine");
  RawClient client = house.connect("192.0.2.1");
  const std::string door = "GET /door HTTP/1.1\r\nHost: k\r\n\r\n";
  EXPECT_TRUE(client.ask(door).starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(client.ask(door).starts_with("HTTP/1.1 200"));
  const std::string refused = client.ask(door);
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 429"));
  EXPECT_NE(refused.find("Retry-After: 2\r\n"), std::string::npos);
  EXPECT_TRUE(client.ask("GET /health HTTP/1.1\r\nHost: k\r\n\r\n").starts_with("HTTP/1.1 200"));
  RawClient neighbour = house.connect("192.0.2.2");
  EXPECT_TRUE(neighbour.ask(door).starts_with("HTTP/1.1 200"));
  RawClient proxied = house.connect("10.0.0.1");
  EXPECT_TRUE(
      proxied.ask("GET /door HTTP/1.1\r\nHost: k\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n").starts_with("HTTP/1.1 429"));
}

TEST(GateRates, CountANetworkOfOneHouseholdAsOne) {
  GateOptions options;
  options.per_address[static_cast<std::size_t>(RateClass::opening_doors)] = {.per_second = 0.5, .burst = 1};
  EngineForTests house({}, options);
  house.say(Method::get, "/door", Policy{.who = kAnyone, .rate = RateClass::opening_doors}, "come in");
  EXPECT_EQ(status_of_response(house.connect("2001:db8::1").ask(get("/door"))), 200);
  EXPECT_EQ(status_of_response(house.connect("2001:db8::2").ask(get("/door"))), 429);
  EXPECT_EQ(status_of_response(house.connect("2001:db8:0:1::1").ask(get("/door"))), 200);
}

TEST_F(GateTest, CountsActsOverLiveConnectionsTogetherWithWritingByHttp) {
  house_.echo(Method::post, "/write", Policy{.who = kVisitor, .rate = RateClass::writing, .takes_json = false});
  const Actor visitor{.kind = ActorKind::visitor, .person = visitor_};
  const auto burst = static_cast<int>(GateOptions().per_actor[static_cast<std::size_t>(RateClass::writing)].burst);
  for (int i = 1; i < burst; ++i) EXPECT_TRUE(house_.gate.may_write(visitor, "192.0.2." + std::to_string(i))) << i;
  EXPECT_EQ(status("POST /write", bearer("visitor-secret") + "Content-Length: 0\r\n"), 200);
  EXPECT_EQ(status("POST /write", bearer("visitor-secret") + "Content-Length: 0\r\n"), 429);
  EXPECT_FALSE(house_.gate.may_write(visitor, "192.0.2.200"));
  EXPECT_TRUE(house_.gate.may_write(Actor{.kind = ActorKind::colleague, .person = colleague_}, "192.0.2.200"));
}

TEST(GateRates, CountActsOverLiveConnectionsPerAddress) {
  GateOptions options;
  options.per_address[static_cast<std::size_t>(RateClass::writing)] = {.per_second = 0.5, .burst = 2};
  EngineForTests house({}, options);
  SystemRandom random;
  const auto somebody = [&] { return Actor{.kind = ActorKind::visitor, .person = make_id<PersonId>(Time{1}, random)}; };
  EXPECT_TRUE(house.gate.may_write(somebody(), "192.0.2.1"));
  EXPECT_TRUE(house.gate.may_write(somebody(), "192.0.2.1"));
  EXPECT_FALSE(house.gate.may_write(somebody(), "192.0.2.1"));
  EXPECT_TRUE(house.gate.may_write(somebody(), "192.0.2.2"));
}

TEST(GateOrigin, IsThePublicOneWhenThereIsOne) {
  EngineForTests house({}, GateOptions{.public_origin = "https://help.shop.example/desk/"});
  house.echo(Method::post, "/door", Policy{.who = kAnyone});
  RawClient client = house.connect();
  const auto status_from = [&](std::string_view origin) {
    return client
        .ask("POST /door HTTP/1.1\r\nHost: k\r\nContent-Length: 0\r\nOrigin: " + std::string(origin) + "\r\n\r\n")
        .substr(9, 3);
  };
  EXPECT_EQ(status_from("https://help.shop.example"), "200");
  EXPECT_EQ(status_from("http://k"), "403");
}

}  // namespace
}  // namespace kith::http
