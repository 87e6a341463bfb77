// What was seen before something changed may be answered after it: the newer truth stays.
#include <thread>

#include "people/merge_people.h"
#include "realtime/hub_test_house.h"

namespace kith {
namespace {

using namespace std::chrono_literals;

class LateAnswers : public HubTest {
 protected:
  LateAnswers() : HubTest(looks_often()) {}
  static HubOptions looks_often() {
    HubOptions options = generous();
    options.look_again = 1ms;
    return options;
  }
  void SetUp() override {
    mara = given_colleague("Mara");
    old_anna = given_visitor_called("old anna");
    anna = given_visitor_called("anna");
    open_house();
  }
  void merge() {
    must(store_thread.write_now(mara,
                                MergePeople{.id = MergeId{make_uuid7(clock.now(), ids)},
                                            .from = anna.person,
                                            .into = old_anna.person,
                                            .reason = "same"},
                                merge_people));
  }
  // Whether a word in the thread that is hers now reaches her.
  bool hears_an_answer(TestClient& client) {
    const Entry answer = say(mara, "Found you!", thread_of(old_anna).own.id);
    std::string event = client.hear_type("event", 2s);
    while (!event.empty() && json_number(event, "seq") != answer.seq) event = client.hear_type("event", 2s);
    return !event.empty();
  }

  Actor mara, old_anna, anna;
};

TEST_F(LateAnswers, OfAPeriodicLookDoNotUndoAMerge) {
  TestClient client = joined("anna");
  late_store.hold_next_answer();
  ASSERT_TRUE(late_store.holds_one());
  merge();
  EXPECT_FALSE(client.hear_type("caught_up").empty()) << "she has been looked at since";
  late_store.let_go();
  std::this_thread::sleep_for(20ms);  // less than until the next look, which would put it right
  EXPECT_TRUE(hears_an_answer(client));
}

TEST_F(LateAnswers, OfAHelloDoNotMissAMerge) {
  TestClient client = connect();
  late_store.hold_next_answer();
  client.say(hello("null", "anna"));
  ASSERT_TRUE(late_store.holds_one());
  merge();
  std::this_thread::sleep_for(20ms);  // everybody who was known has heard of it
  late_store.let_go();
  EXPECT_FALSE(client.hear_type("caught_up").empty());
  EXPECT_TRUE(hears_an_answer(client));
}

}  // namespace
}  // namespace kith
