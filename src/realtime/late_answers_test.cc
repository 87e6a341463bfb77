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
    strand_of_anna = thread_of(anna).own.id;
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

  Actor mara, old_anna, anna;
  ConversationId strand_of_anna;
};

// Hers is the thread that goes on, so no session of hers ends: only its strands are others.
TEST_F(LateAnswers, OfAPeriodicLookDoNotUndoAMerge) {
  TestClient client = joined("old anna");
  late_store.hold_next_answer();
  ASSERT_TRUE(late_store.holds_one());
  merge();
  EXPECT_FALSE(client.hear_type("caught_up").empty()) << "she has been looked at since";
  late_store.let_go();
  std::this_thread::sleep_for(20ms);  // less than until the next look, which would put it right
  client.say(R"({"type":"typing","conversation":")" + strand_of_anna.text() + "\"}");
  client.say(R"({"type":"ping"})");
  EXPECT_EQ(client.hear(), R"({"type":"pong"})") << "that strand is hers as well";
}

}  // namespace
}  // namespace kith
