#include "people/merge_people.h"
#include "realtime/hub_test_house.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

constexpr const char* kAct1 = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c41";
constexpr const char* kAct2 = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c42";

std::string write_frame(const char* id, const std::string& text) {
  return std::string(R"({"type":"write","id":")") + id + R"(","text":")" + text + "\"}";
}

TEST_F(HubTest, WelcomesAVisitorWithHerThread) {
  Actor anna = given_visitor_called("anna");
  Thread thread = thread_of(anna);
  open_house();
  TestClient client = connect();
  client.say(hello("null", "anna"));
  std::string welcome = client.hear();
  EXPECT_EQ(json_field(welcome, "type"), "welcome");
  EXPECT_EQ(json_field(welcome, "reset"), "false");
  EXPECT_NE(welcome.find(thread.own.id.text()), std::string::npos);
  std::string caught_up = client.hear();
  EXPECT_EQ(json_field(caught_up, "type"), "caught_up");
  EXPECT_EQ(json_number(caught_up, "seq"), json_number(welcome, "seq"));
}

TEST_F(HubTest, BringsAWordToThePersonAndTheTeamAndToNobodyElse) {
  given_visitor_called("anna");
  given_visitor_called("bela");
  Actor mara = given_colleague("Mara");
  open_house();
  TestClient anna = joined("anna");
  TestClient second_device = joined("anna");
  TestClient bela = joined("bela");
  TestClient desk = joined(mara);

  anna.say(write_frame(kAct1, "Good morning"));
  std::string kept = anna.hear_type("kept");
  EXPECT_EQ(json_field(kept, "id"), kAct1);
  for (TestClient* client : {&second_device, &desk}) {
    std::string event = client->hear_type("event");
    EXPECT_EQ(json_field(event, "event"), "entry_added");
    EXPECT_EQ(json_field(event, "text"), "Good morning");
    EXPECT_EQ(json_number(event, "seq"), json_number(kept, "seq"));
  }
  bela.say(R"({"type":"ping"})");
  EXPECT_EQ(bela.hear(), R"({"type":"pong"})");
}

TEST_F(HubTest, CatchesUpExactlyWhatWasMissed) {
  Actor anna = given_visitor_called("anna");
  Actor bela = given_visitor_called("bela");
  open_house();
  Entry first = say(anna, "before");
  std::vector<Seq> missed;
  for (int i = 0; i < 30; ++i) {
    missed.push_back(say(anna, "missed").seq);
    say(bela, "none of her business");
  }
  TestClient client = connect();
  client.say(hello(std::to_string(first.seq), "anna"));
  client.hear_type("welcome");
  std::vector<Seq> told;
  std::string json = client.hear();
  for (; json_field(json, "type") == "event"; json = client.hear())
    if (json_field(json, "event") == "entry_added") told.push_back(json_number(json, "seq"));
  EXPECT_EQ(json_field(json, "type"), "caught_up");
  EXPECT_EQ(told, missed);
}

TEST_F(HubTest, TellsAClientWithAForeignCursorToBeginAnew) {
  given_visitor_called("anna");
  open_house();
  TestClient client = connect();
  client.say(hello("999999999", "anna"));
  std::string welcome = client.hear();
  EXPECT_EQ(json_field(welcome, "reset"), "true");
  EXPECT_EQ(json_number(client.hear(), "seq"), json_number(welcome, "seq"));
}

TEST_F(HubTest, RefusesStrangersAndForeignPages) {
  given_visitor_called("anna");
  Actor mara = given_colleague("Mara");
  open_house();
  TestClient stranger = connect();
  stranger.say(hello("null", "nobody"));
  EXPECT_EQ(json_field(stranger.hear(), "code"), "not_signed_in");
  EXPECT_EQ(stranger.hear_the_end(), 4401);

  TestClient evil_page = connect({.page = "https://evil.example", .actor = mara});
  evil_page.say(hello("null"));
  EXPECT_EQ(evil_page.hear_the_end(), 4401);

  TestClient embedded = connect({.page = "https://lamps.example"});
  embedded.say(hello("null", "anna"));
  EXPECT_EQ(json_field(embedded.hear(), "type"), "welcome");
}

TEST_F(HubTest, AnswersARepeatedActTheSameWay) {
  given_visitor_called("anna");
  open_house();
  TestClient anna = joined("anna");
  anna.say(write_frame(kAct1, "once"));
  std::string kept = anna.hear_type("kept");
  anna.say(write_frame(kAct1, "once"));
  EXPECT_EQ(anna.hear_type("kept"), kept);
  anna.say(write_frame(kAct1, "something else"));
  EXPECT_EQ(json_field(anna.hear_type("refused"), "code"), "conflict");
}

TEST_F(HubTest, EditsAndTakesBack) {
  Actor anna = given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  Entry entry = say(anna, "helo");
  client.hear_type("event");
  std::string edit =
      R"({"type":"edit","id":")" + std::string(kAct1) + R"(","entry":")" + entry.id.text() + R"(","text":"hello"})";
  client.say(edit);
  std::string kept = client.hear_type("kept");
  EXPECT_GT(json_number(kept, "seq"), entry.seq);
  client.say(R"({"type":"take_back","id":")" + std::string(kAct2) + R"(","entry":")" + entry.id.text() + "\"}");
  EXPECT_EQ(json_field(client.hear_type("kept"), "id"), kAct2);
}

TEST_F(HubTest, PassesTypingToTheOtherSideOnly) {
  Actor anna = given_visitor_called("anna");
  given_visitor_called("bela");
  Actor mara = given_colleague("Mara");
  Actor noor = given_colleague("Noor");
  std::string own = thread_of(anna).own.id.text();
  open_house();
  TestClient visitor = joined("anna");
  TestClient stranger = joined("bela");
  TestClient maras_desk = joined(mara);
  TestClient noors_desk = joined(noor);

  visitor.say(R"({"type":"typing"})");
  EXPECT_EQ(json_field(maras_desk.hear(), "conversation"), own);
  EXPECT_EQ(json_field(noors_desk.hear(), "kind"), "customer");
  maras_desk.say(R"({"type":"reading","seq":3,"conversation":")" + own + "\"}");
  EXPECT_EQ(json_field(visitor.hear(), "type"), "reading");
  EXPECT_EQ(json_field(noors_desk.hear(), "person"), mara.person.text());

  stranger.say(R"({"type":"typing","conversation":")" + own + "\"}");
  EXPECT_EQ(json_field(stranger.hear(), "code"), "not_found");
  for (TestClient* client : {&visitor, &maras_desk, &noors_desk}) {
    client->say(R"({"type":"ping"})");
    EXPECT_EQ(client->hear(), R"({"type":"pong"})");
  }
}

TEST_F(HubTest, ShowsPresenceToEverybodyButCapacityToColleagues) {
  given_visitor_called("anna");
  Actor mara = given_colleague("Mara");
  open_house();
  TestClient visitor = joined("anna");
  TestClient desk = joined(mara);
  desk.say(R"({"type":"presence","level":"gentle","written_capacity":2})");
  std::string full = desk.hear_type("presence");
  EXPECT_EQ(json_number(full, "written_capacity"), 2);
  std::string seen = visitor.hear_type("presence");
  EXPECT_EQ(json_field(seen, "level"), "gentle");
  EXPECT_EQ(seen.find("written_capacity"), std::string::npos);
  visitor.say(R"({"type":"presence","level":"open"})");
  EXPECT_EQ(json_field(visitor.hear(), "type"), "problem");
}

TEST_F(HubTest, DoesNotCountOnAColleagueWhoIsNotConnected) {
  const Actor mara = given_colleague("Mara");
  const Actor nils = given_colleague("Nils");
  open_house();
  const TestClient desk = joined(mara);
  presence.set({.person = mara.person, .level = PresenceLevel::open});
  presence.set({.person = nils.person, .level = PresenceLevel::open});
  const auto now = std::chrono::steady_clock::now();
  hub.notice_absence(now);
  EXPECT_EQ(presence.find(nils.person).level, PresenceLevel::open) << "she may be on her way";
  hub.notice_absence(now + options.colleague_may_return + 1s);
  EXPECT_EQ(presence.find(nils.person).level, PresenceLevel::away);
  EXPECT_EQ(presence.find(mara.person).level, PresenceLevel::open);
}

TEST_F(HubTest, TellsColleaguesAloneWhoIsWithWhom) {
  const Actor anna = given_visitor_called("anna");
  const Actor mara = given_colleague("Mara");
  const ConversationId conversation = thread_of(anna).own.id;
  const LineNews waits = Waits{conversation, Time{1}};
  open_house();
  TestClient visitor = joined("anna");
  TestClient desk = joined(mara);
  line.notice(std::span(&waits, 1));
  line.notice({.person = mara.person, .level = PresenceLevel::open, .written_capacity = 1});
  const std::string told = desk.hear_type("with");
  EXPECT_EQ(json_field(told, "conversation"), conversation.text());
  EXPECT_EQ(json_field(told, "colleague"), mara.person.text());
  TestClient later = connect({.actor = mara});
  later.say(hello("null"));
  EXPECT_NE(later.hear_type("welcome").find(R"("with":[{"conversation":")" + conversation.text()), std::string::npos);
  visitor.say(R"({"type":"ping"})");
  EXPECT_EQ(visitor.hear(), R"({"type":"pong"})") << "nothing came before it";
}

TEST_F(HubTest, HangsUpWhenTheSessionEnds) {
  Actor anna = given_visitor_called("anna");
  given_visitor_called("bela");
  open_house();
  TestClient client = joined("anna");
  TestClient other = joined("bela");
  must(store_thread.write_now([&](Tx& tx) -> Result<void> { return sign_out(tx, anna); }));
  EXPECT_EQ(client.hear_the_end(), 4401);
  other.say(R"({"type":"ping"})");
  EXPECT_EQ(other.hear(), R"({"type":"pong"})");
}

TEST_F(HubTest, LooksAgainAtWhoeverSaysHelloLongAfterTheHandshake) {
  Actor mara = given_colleague("Mara");
  open_house();
  TestClient client = connect({.actor = mara});
  must(store_thread.write_now([&](Tx& tx) -> Result<void> { return sign_out(tx, mara); }));
  client.say(hello("null"));
  EXPECT_EQ(json_field(client.hear(), "code"), "not_signed_in");
  EXPECT_EQ(client.hear_the_end(), 4401);
}

TEST_F(HubTest, SaysWhatIsWrongAndForgivesALittle) {
  given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  client.say("no json");
  EXPECT_EQ(json_field(client.hear(), "code"), "invalid");
  client.say(R"({"type":"sing"})");
  EXPECT_EQ(json_field(client.hear(), "field"), "type");
  client.say(R"({"type":"write","id":")" + std::string(kAct1) + R"(","text":7})");
  std::string refused = client.hear();
  EXPECT_EQ(json_field(refused, "type"), "refused");
  EXPECT_EQ(json_field(refused, "id"), kAct1);
  for (int i = 0; i < 12; ++i) client.say("[]");
  EXPECT_EQ(client.hear_the_end(), 1008);
}

TEST_F(HubTest, WantsAHelloFirst) {
  given_visitor_called("anna");
  open_house();
  TestClient client = connect();
  client.say(write_frame(kAct1, "too early"));
  EXPECT_EQ(json_field(client.hear(), "type"), "refused");
  client.say(hello("null", "anna"));
  EXPECT_EQ(json_field(client.hear(), "type"), "welcome");
}

TEST_F(HubTest, LetsAMergedVisitorGoOnInTheThreadThatIsHersNow) {
  Actor mara = given_colleague("Mara");
  Actor old_anna = given_visitor_called("old anna");
  Actor anna = given_visitor_called("anna");
  std::string target = thread_of(old_anna).own.id.text();
  open_house();
  say(old_anna, "from my phone");
  say(anna, "from my desk");
  TestClient client = joined("anna");
  TestClient phone = joined("old anna");
  MergeId merge{make_uuid7(clock.now(), ids)};
  must(store_thread.write_now(
      mara, MergePeople{.id = merge, .from = anna.person, .into = old_anna.person, .reason = "same"}, merge_people));
  EXPECT_FALSE(client.hear_type("caught_up").empty());
  EXPECT_FALSE(phone.hear_type("caught_up").empty());
  Entry answer = say(mara, "Found you!", thread_of(old_anna).own.id);
  std::string event = client.hear_type("event");
  while (!event.empty() && json_field(event, "event") != "entry_added") event = client.hear_type("event");
  EXPECT_EQ(json_number(event, "seq"), answer.seq);
  EXPECT_EQ(json_field(event, "conversation"), target);

  must(store_thread.write_now(mara, UndoMerge{merge}, undo_merge));
  EXPECT_FALSE(client.hear_type("caught_up").empty());
  say(mara, "to the other one", thread_of(old_anna).own.id);
  client.say(R"({"type":"ping"})");
  for (std::string json = client.hear(); json_field(json, "type") != "pong"; json = client.hear()) {
    ASSERT_FALSE(json.empty());
    EXPECT_EQ(json.find("to the other one"), std::string::npos);
  }
}

TEST_F(HubTest, TellsClientsThatTheHouseGoesAway) {
  given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  std::thread stopping([&] { hub.stop(2s); });
  EXPECT_EQ(client.hear(), R"({"type":"going_away"})");
  EXPECT_EQ(client.hear_the_end(), 1001);
  client.hang_up();
  stopping.join();
}

}  // namespace
}  // namespace kith
