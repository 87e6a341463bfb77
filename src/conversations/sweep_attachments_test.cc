#include "conversations/sweep_attachments.h"

#include "conversations/attachments.h"
#include "conversations/drafts.h"
#include "conversations/write_message.h"
#include "people/test_house.h"

namespace kith {
namespace {

class SweepAttachments : public TestHouse {
 protected:
  void SetUp() override { anna = given_visitor(); }
  AttachmentId given_begun() {
    const BeginAttachment command{new_id<AttachmentId>(), thread_of(anna).own.id, "tea.png", "a cup of tea", 5};
    must(act(begin_attachment, anna, command));
    return command.id;
  }
  AttachmentId given_kept(const std::string& bytes = "hello") {
    const AttachmentId id = given_begun();
    must(act(finish_attachment, anna, FinishAttachment{id, sha256(bytes), 5, bytes}));
    return id;
  }
  std::vector<AttachmentId> unsaid() {
    const Time older_than = clock.now() - kSayingPatience;
    return must(look([&](const Snapshot& now) { return find_unsaid(now, system_actor(), older_than, 10); }));
  }
  bool is_known(AttachmentId id) {
    return look([&](const Snapshot& now) { return describe_attachment(now, anna, id); }).has_value();
  }
  Actor anna;
};

TEST_F(SweepAttachments, ForgetsWhatNobodyFinished) {
  const AttachmentId half = given_begun();
  clock.advance(std::chrono::hours(25));
  const AttachmentId fresh = given_begun();
  const Time a_day_ago = clock.now() - std::chrono::hours(24);
  EXPECT_EQ(must(write([&](Tx& tx) { return sweep_unfinished(tx, system_actor(), a_day_ago, 10); })), 1U);
  EXPECT_FALSE(is_known(half));
  EXPECT_TRUE(is_known(fresh));
}

TEST_F(SweepAttachments, ForgetsWhatNobodySaidWithinADayOfItsLastChanceToBeFinished) {
  const AttachmentId file = given_kept();
  clock.advance(std::chrono::hours(47));
  EXPECT_TRUE(unsaid().empty());
  clock.advance(std::chrono::hours(2));
  EXPECT_EQ(unsaid(), std::vector{file});
  must(write([&](Tx& tx) { return sweep_unsaid(tx, system_actor(), {file}); }));
  EXPECT_FALSE(is_known(file));
}

TEST_F(SweepAttachments, KeepsWhatWasSaidAfterItWasFound) {
  const AttachmentId file = given_kept();
  clock.advance(std::chrono::hours(49));
  const auto found = unsaid();
  must(act(write_message, anna, WriteMessage{.id = new_id<EntryId>(), .text = "here", .attachments = {file}}));
  must(write([&](Tx& tx) { return sweep_unsaid(tx, system_actor(), found); }));
  EXPECT_TRUE(is_known(file));
}

TEST_F(SweepAttachments, KnowsWhatBelongsToNobody) {
  const AttachmentId mine = given_kept();
  const AttachmentId strange = new_id<AttachmentId>();
  const std::vector uploads{mine, strange};
  const std::vector contents{sha256("hello"), sha256("of nobody")};
  look([&](const Snapshot& now) {
    EXPECT_EQ(must(find_given_up(now, system_actor(), uploads)), std::vector{strange});
    EXPECT_EQ(must(find_unused(now, system_actor(), contents)), std::vector{sha256("of nobody")});
    return 0;
  });
}

TEST_F(SweepAttachments, IsForNobodyButTheHouse) {
  expect_error(write([&](Tx& tx) { return sweep_unfinished(tx, anna, clock.now(), 10); }), Errc::not_allowed);
  expect_error(write([&](Tx& tx) { return sweep_unsaid(tx, anna, {}); }), Errc::not_allowed);
}

}  // namespace
}  // namespace kith
