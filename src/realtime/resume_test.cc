// After any disconnect a client is exactly right: whatever the network does, the union of what a client received is
// what the store holds for her, and no event came twice.
#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "realtime/hub_test_house.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

struct Known {
  Seq changed_seq = 0;
  std::string text;
  friend bool operator==(const Known&, const Known&) = default;
};
using Entries = std::map<std::string, Known>;

// A client that follows the three rules of docs/live.md and loses its connection all the time.
class Follower {
 public:
  void take(const std::string& json) {
    std::string type = json_field(json, "type");
    if (type == "caught_up") cursor_ = std::max(cursor_, json_number(json, "seq"));
    if (type != "event") return;
    Seq seq = json_number(json, "seq");
    EXPECT_TRUE(told_.insert(seq).second) << "told twice: " << json;
    EXPECT_GT(seq, cursor_);
    cursor_ = std::max(cursor_, seq);
    std::size_t entry = json.find("\"entry\":{");
    if (entry == std::string::npos) return;
    std::string body = json.substr(entry);
    Known& known = entries[json_field(body.substr(9), "id")];
    if (json_number(body, "changed_seq") >= known.changed_seq)
      known = {json_number(body, "changed_seq"), json_field(body, "text")};
  }
  [[nodiscard]] std::string cursor() const { return std::to_string(cursor_); }

  Entries entries;

 private:
  Seq cursor_ = 0;
  std::set<Seq> told_;
};

class ResumeTest : public HubTest, public testing::WithParamInterface<unsigned> {
 protected:
  // Everybody writes and corrects herself, on a thread of its own, while clients come and go.
  void keep_busy(std::vector<Actor> people, unsigned seed) {
    std::mt19937 dice(seed);
    std::vector<std::pair<Actor, EntryId>> written;
    for (int i = 0; i < 400; ++i) {
      const Actor& who = people[dice() % people.size()];
      if (!written.empty() && dice() % 4 == 0) {
        auto& [author, entry] = written[dice() % written.size()];
        EditEntry edit{ActId{make_uuid7(clock.now(), ids)}, entry, "corrected " + std::to_string(i)};
        must(store_thread.write_now(author, edit, edit_entry));
      } else {
        written.emplace_back(who, say(who, "said " + std::to_string(i)).id);
      }
      if (dice() % 8 == 0) std::this_thread::sleep_for(1ms);
    }
    is_quiet = true;
  }

  // Connects, listens to a few messages, and is cut off, again and again; in the end until everything is there.
  template <class Connect>
  void follow(Follower& follower, Connect connect, std::mt19937& dice) {
    while (!is_quiet) {
      TestClient client = connect(follower.cursor());
      for (unsigned i = dice() % 30; i > 0; --i) {
        std::string json = client.hear(20ms);
        if (!json.empty()) follower.take(json);
      }
    }
    TestClient client = connect(follower.cursor());
    for (std::string json = client.hear(); !json.empty(); json = client.hear()) {
      follower.take(json);
      if (json_field(json, "type") == "caught_up") return;
    }
    FAIL() << "never caught up";
  }

  Entries in_store(std::vector<ConversationId> strands) {
    Entries all;
    for (const Entry& entry : must(look([&](const Snapshot& now) { return now.entries().after(strands, 0, 10'000); })))
      all[entry.id.text()] = {entry.changed_seq, entry.text};
    return all;
  }

  std::atomic<bool> is_quiet = false;
};

TEST_P(ResumeTest, UnionOfWhatWasReceivedIsTheStore) {
  Actor anna = given_visitor_called("anna");
  Actor bela = given_visitor_called("bela");
  Actor mara = given_colleague("Mara");
  ConversationId annas = thread_of(anna).own.id;
  open_house();
  std::thread busy([&] { keep_busy({anna, bela}, GetParam()); });
  Follower visitor, desk;
  std::thread at_the_desk([&] {
    std::mt19937 dice(GetParam() + 1000);
    follow(
        desk,
        [&](const std::string& since) {
          TestClient client = connect({.actor = mara});
          client.say(hello(since));
          return client;
        },
        dice);
  });
  std::mt19937 dice(GetParam() + 2000);
  follow(
      visitor,
      [&](const std::string& since) {
        TestClient client = connect();
        client.say(hello(since, "anna"));
        return client;
      },
      dice);
  busy.join();
  at_the_desk.join();
  close_house();
  EXPECT_EQ(visitor.entries, in_store({annas}));
  EXPECT_EQ(desk.entries, in_store({}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, ResumeTest, testing::Range(1U, 6U));

class LongAbsence : public HubTest {
 protected:
  LongAbsence() : HubTest(usual_pages()) {}
  static HubOptions usual_pages() {
    HubOptions options = generous();
    options.page = HubOptions().page;
    return options;
  }
  // The most that waits for anybody.
  std::size_t waiting_bytes() {
    std::size_t most = 0;
    for (std::size_t i = 0; i < io.count(); ++i) {
      std::promise<void> done;
      boost::asio::post(io.at(i).context(), [&] {
        for (const auto& socket : hub.shard_on(io.at(i)).sockets()) most = std::max(most, socket->waiting_bytes());
        done.set_value();
      });
      done.get_future().wait();
    }
    return most;
  }
};

TEST_F(LongAbsence, IsToldInPagesThatFitIntoMemoryHoweverLongTheWordsWere) {
  const Actor anna = given_visitor_called("anna");
  open_house();
  const Entry first = say(anna, "before");
  const std::string text(20'000, 'x');
  std::vector<Seq> missed;
  for (int i = 0; i < 90; ++i) missed.push_back(say(anna, text).seq);
  TestClient client = connect();
  client.say(hello(std::to_string(first.seq), "anna"));
  std::size_t most = 0;
  for (int i = 0; i < 100; ++i) {
    most = std::max(most, waiting_bytes());
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_GT(most, 0U) << "she does not read, so something waits";
  EXPECT_LT(most, options.page_bytes + 2 * text.size());
  std::vector<Seq> told;
  while (told.size() < missed.size()) {
    const std::string json = client.hear_type("event");
    ASSERT_FALSE(json.empty());
    if (json_field(json, "event") == "entry_added") told.push_back(json_number(json, "seq"));
  }
  EXPECT_EQ(told, missed);
}

}  // namespace
}  // namespace kith
