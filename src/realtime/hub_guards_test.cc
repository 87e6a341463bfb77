// What keeps people apart and the house standing while they are connected.
#include <future>
#include <semaphore>

#include "conversations/notes.h"
#include "realtime/hub_test_house.h"

namespace kith {
namespace {

constexpr const char* kPing = R"({"type":"ping"})";
constexpr const char* kPong = R"({"type":"pong"})";

std::string write_frame(const EntryId& id, const std::string& text) {
  return R"({"type":"write","id":")" + id.text() + R"(","text":")" + text + "\"}";
}

class HubGuards : public HubTest {
 protected:
  explicit HubGuards(HubOptions wanted = generous()) : HubTest(wanted) {
    store_thread.on_events([this](std::vector<Event>&& happened) {
      if (std::exchange(holds_next_, false)) hold_readers();
      hub.publish(std::move(happened));
    });
  }
  ~HubGuards() override { let_readers_go(); }

  EntryId new_entry() { return EntryId{make_uuid7(clock.now(), ids)}; }
  // A token of a program, of this name.
  void given_program(const std::string& name, std::uint32_t scopes) {
    must(write([&](Tx& tx) {
      return tx.access().save_token({.id = tx.new_id<ApiTokenId>(),
                                     .name = name,
                                     .token_digest = sha256("kith_pat_" + name),
                                     .scopes = scopes,
                                     .created_by = admin.person,
                                     .expires_at = clock.now() + std::chrono::hours(1)});
    }));
  }
  // Where no event tells of it.
  void revoke_token(const Digest& digest) {
    must(store_thread.write_now([&](Tx& tx) -> Result<void> {
      KITH_TRY(ApiToken token, tx.access().token_by_digest(digest));
      token.revoked = true;
      return tx.access().save_token(token);
    }));
  }
  // Says that her rights may have changed, and lets nobody look at them until let_readers_go(). Writes wait as long.
  void keep_in_doubt(const Actor& actor) {
    holds_next_ = true;
    must(store_thread.write_now([&](Tx& tx) -> Result<void> {
      tx.emit({tx.next_seq(), std::nullopt, SessionsEnded{{*actor.session}}});
      return {};
    }));
  }
  void let_readers_go() {
    go_on_.release(static_cast<std::ptrdiff_t>(held_.size()));
    for (auto& each : held_) must(each.get());
    held_.clear();
  }

 private:
  void hold_readers() {
    for (std::size_t i = 0; i < runtime::StoreThreadOptions().readers; ++i)
      held_.push_back(std::async(std::launch::async, [this] {
        return store_thread.read_now([this](const Snapshot&) -> Result<void> {
          is_held_.release();
          go_on_.acquire();
          return {};
        });
      }));
    for (std::size_t i = 0; i < held_.size(); ++i) is_held_.acquire();
  }

  bool holds_next_ = false;
  std::vector<std::future<Result<void>>> held_;
  std::counting_semaphore<16> is_held_{0};
  std::counting_semaphore<16> go_on_{0};
};

TEST_F(HubGuards, TellAVisitorNothingOfANoteWhileItIsWritten) {
  Actor anna = given_visitor_called("anna");
  Actor mara = given_colleague("Mara");
  open_house();
  TestClient visitor = joined("anna");
  TestClient desk = joined(mara);
  const WriteNote note{.id = NoteId{make_uuid7(clock.now(), ids)}, .about = anna.person, .text = "likes tea"};
  must(store_thread.write_now(mara, note, write_note));
  EXPECT_EQ(json_field(desk.hear_type("event"), "event"), "note_changed");
  visitor.say(kPing);
  EXPECT_EQ(visitor.hear(), kPong);
}

TEST_F(HubGuards, TellAProgramOnlyWhatItsScopesSay) {
  Actor anna = given_visitor_called("anna");
  given_program("cards", kReadPeople);
  given_program("words", kReadConversations);
  open_house();
  TestClient cards = joined("kith_pat_cards");
  TestClient words = joined("kith_pat_words");
  say(anna, "between us");
  EXPECT_EQ(json_field(words.hear_type("event"), "text"), "between us");
  cards.say(kPing);
  EXPECT_EQ(cards.hear(), kPong);
}

TEST_F(HubGuards, LookAtTheTokenOfAHandshakeAgainWhenHelloIsSaid) {
  given_program("words", kReadConversations);
  const Digest token = sha256("kith_pat_words");
  const Actor words = must(look([&](const Snapshot& now) { return recognise_program(now, token, clock.now()); }));
  open_house();
  TestClient in_time = connect({.actor = words, .program_token = token});
  in_time.say(hello("null"));
  EXPECT_EQ(json_field(in_time.hear(), "kind"), "program");
  TestClient too_late = connect({.actor = words, .program_token = token});
  revoke_token(token);
  too_late.say(hello("null"));
  EXPECT_EQ(json_field(too_late.hear(), "code"), "not_signed_in");
  EXPECT_EQ(too_late.hear_the_end(), 4401);
}

TEST_F(HubGuards, LetNoProgramPretendToType) {
  Actor anna = given_visitor_called("anna");
  given_program("words", kReadConversations);
  const std::string own = thread_of(anna).own.id.text();
  open_house();
  TestClient visitor = joined("anna");
  TestClient words = joined("kith_pat_words");
  words.say(R"({"type":"typing","conversation":")" + own + "\"}");
  EXPECT_EQ(json_field(words.hear(), "code"), "not_found");
  visitor.say(kPing);
  EXPECT_EQ(visitor.hear(), kPong);
}

TEST_F(HubGuards, TakeNothingFromSomebodyWhoseRightsAreBeingLookedAt) {
  Actor anna = given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  keep_in_doubt(anna);
  client.say(write_frame(new_entry(), "still me?"));
  EXPECT_EQ(json_field(client.hear(), "code"), "unavailable");
  let_readers_go();
  EXPECT_FALSE(client.hear_type("caught_up").empty());
  client.say(write_frame(new_entry(), "still me."));
  EXPECT_FALSE(client.hear_type("kept").empty());
}

class StrictHub : public HubGuards {
 protected:
  StrictHub() : HubGuards(strict()) {}
  static HubOptions strict() {
    HubOptions options = generous();
    options.look_again = std::chrono::milliseconds(1);
    options.most_missed = 3;
    return options;
  }
};

// What may be written is counted for people and addresses: another connection gives nobody more of it.
TEST_F(HubGuards, RefuseActsThatComeTooFastOverHoweverManyConnections) {
  const Actor anna = given_visitor_called("anna");
  std::atomic<int> left = 2;
  may_act = [&](const Actor& actor, const std::string& network) {
    EXPECT_EQ(actor.person, anna.person);
    EXPECT_EQ(network, "192.0.2.1");
    return left-- > 0;
  };
  open_house();
  for (const char* expected : {"kept", "kept", "refused"}) {
    TestClient client = joined("anna");
    client.say(write_frame(new_entry(), "and another thing"));
    std::string told = client.hear();
    while (json_field(told, "type") == "event") told = client.hear();
    EXPECT_EQ(json_field(told, "type"), expected);
    EXPECT_TRUE(json_field(told, "type") != "refused" || json_field(told, "code") == "too_many") << told;
  }
}

TEST_F(StrictHub, LooksAtTheRightsOfThoseConnectedFromTimeToTime) {
  Actor anna = given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  // Ended where no event tells of it.
  must(store_thread.write_now([&](Tx& tx) -> Result<void> {
    KITH_TRY(Session session, tx.access().session(*anna.session));
    session.revoked = true;
    return tx.access().save_session(session);
  }));
  EXPECT_EQ(client.hear_the_end(), 4401);
}

TEST_F(StrictHub, KeepsAProgramThatShowedItsTokenWithTheHandshakeUntilThatEnds) {
  given_program("words", kReadConversations);
  const Digest token = sha256("kith_pat_words");
  const Actor words = must(look([&](const Snapshot& now) { return recognise_program(now, token, clock.now()); }));
  open_house();
  TestClient client = connect({.actor = words, .program_token = token});
  client.say(hello("null"));
  EXPECT_FALSE(client.hear_type("caught_up").empty());
  // Its rights have been looked at by then.
  EXPECT_TRUE(client.hear(std::chrono::milliseconds(2'500)).empty());
  client.say(kPing);
  EXPECT_EQ(client.hear(), kPong);
  revoke_token(token);
  EXPECT_EQ(client.hear_the_end(), 4401);
}

TEST_F(StrictHub, HangsUpWhenTooMuchHappensWhileSomebodyCatchesUp) {
  Actor anna = given_visitor_called("anna");
  open_house();
  TestClient client = joined("anna");
  keep_in_doubt(anna);
  for (Seq seq = 1'000; seq < 1'004; ++seq) {
    std::vector<Event> one;
    one.push_back(Event{seq, std::nullopt, SettingsChanged{}});
    hub.publish(std::move(one));
  }
  EXPECT_EQ(client.hear_the_end(), 1013);
  let_readers_go();
}

}  // namespace
}  // namespace kith
