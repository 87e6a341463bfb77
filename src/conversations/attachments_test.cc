#include "conversations/attachments.h"

#include "conversations/describe_file.h"
#include "conversations/write_message.h"
#include "people/test_house.h"

namespace kith {
namespace {

class AttachmentsTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
  }
  BeginAttachment file(std::int64_t size = 5) {
    return {new_id<AttachmentId>(), thread_of(anna).own.id, "tea.png", "a cup of tea", size};
  }
  static FinishAttachment all_of(AttachmentId id, std::string bytes = "hello") {
    return {id, sha256(bytes), static_cast<std::int64_t>(bytes.size()), bytes};
  }
  Result<Attachment> describe(const Actor& actor, AttachmentId id) {
    return look([&](const Snapshot& now) { return describe_attachment(now, actor, id); });
  }
  Actor anna, mara;
};

TEST_F(AttachmentsTest, IsBegunAndFinishedOnceHoweverOftenItIsAsked) {
  const BeginAttachment command = file();
  must(act(begin_attachment, anna, command));
  must(act(begin_attachment, anna, command));
  const Attachment kept = must(act(finish_attachment, anna, all_of(command.id)));
  EXPECT_EQ(kept.state, AttachmentState::kept);
  EXPECT_EQ(kept.media_type, "text/plain") << "by the bytes, not by the name";
  EXPECT_EQ(must(act(finish_attachment, anna, all_of(command.id))), kept);
  expect_error(act(finish_attachment, anna, all_of(command.id, "HELLO")), Errc::conflict);
}

TEST_F(AttachmentsTest, RefusesTooMuchNothingAndAnotherFileWithTheSameId) {
  expect_error(act(begin_attachment, anna, file(kLargestAttachment + 1)), Errc::too_large);
  expect_error(act(begin_attachment, anna, file(0)), Errc::invalid, "size_bytes");
  must(act(begin_attachment, anna, file(kLargestAttachment)));
  BeginAttachment command = file();
  must(act(begin_attachment, anna, command));
  command.name = "other.png";
  expect_error(act(begin_attachment, anna, command), Errc::conflict);
}

TEST_F(AttachmentsTest, RefusesASizeThatWasNotAnnounced) {
  const BeginAttachment command = file(6);
  must(act(begin_attachment, anna, command));
  expect_error(act(finish_attachment, anna, all_of(command.id)), Errc::conflict);
}

TEST_F(AttachmentsTest, IsFinishedByTheOneWhoBeganIt) {
  const BeginAttachment command = file();
  must(act(begin_attachment, anna, command));
  expect_error(act(finish_attachment, mara, all_of(command.id)), Errc::not_allowed);
  expect_error(act(finish_attachment, given_visitor(), all_of(command.id)), Errc::not_found);
  expect_error(act(give_up_attachment, mara, GiveUpAttachment{command.id}), Errc::not_allowed);
}

TEST_F(AttachmentsTest, IsShownToBothSidesOnceItIsKept) {
  const BeginAttachment command = file();
  must(act(begin_attachment, anna, command));
  EXPECT_TRUE(describe(anna, command.id));
  expect_error(describe(mara, command.id), Errc::not_found);
  must(act(finish_attachment, anna, all_of(command.id)));
  EXPECT_EQ(must(describe(mara, command.id)).alt_text, "a cup of tea");
  expect_error(describe(given_visitor(), command.id), Errc::not_found);
}

TEST_F(AttachmentsTest, IsDescribedByTheOneWhoSentIt) {
  const BeginAttachment command = file();
  must(act(begin_attachment, anna, command));
  EXPECT_EQ(must(act(describe_file, anna, DescribeFile{command.id, "tea"})).alt_text, "tea");
  expect_error(act(describe_file, mara, DescribeFile{command.id, "coffee"}), Errc::not_allowed);
  expect_error(act(describe_file, given_visitor(), DescribeFile{command.id, "coffee"}), Errc::not_found);
}

TEST_F(AttachmentsTest, IsGivenUpOnlyBeforeItIsKept) {
  const BeginAttachment half = file();
  must(act(begin_attachment, anna, half));
  must(act(give_up_attachment, anna, GiveUpAttachment{half.id}));
  must(act(give_up_attachment, anna, GiveUpAttachment{half.id}));
  const BeginAttachment whole = file();
  must(act(begin_attachment, anna, whole));
  must(act(finish_attachment, anna, all_of(whole.id)));
  expect_error(act(give_up_attachment, anna, GiveUpAttachment{whole.id}), Errc::conflict);
}

TEST_F(AttachmentsTest, HasRoomForSoManyThatNobodyHasSaidYet) {
  std::vector<AttachmentId> begun;
  for (std::int64_t i = 0; i < kVisitorsRoom.files; ++i) {
    const BeginAttachment command = file();
    must(act(begin_attachment, anna, command));
    begun.push_back(command.id);
  }
  const BeginAttachment next = file();
  expect_error(act(begin_attachment, anna, next), Errc::too_many);
  must(act(begin_attachment, given_visitor(), BeginAttachment{new_id<AttachmentId>(), {}, "tea.png", "", 5}));
  must(act(begin_attachment, mara, file()));
  // A repeat takes no room, and what was said or given up leaves some.
  BeginAttachment again = file();
  again.id = begun[0];
  must(act(begin_attachment, anna, again));
  must(act(finish_attachment, anna, all_of(begun[0])));
  expect_error(act(begin_attachment, anna, next), Errc::too_many);
  must(
      act(write_message, anna, WriteMessage{.id = new_id<EntryId>(), .text = "here it is", .attachments = {begun[0]}}));
  must(act(begin_attachment, anna, next));
  expect_error(act(begin_attachment, anna, file()), Errc::too_many);
  must(act(give_up_attachment, anna, GiveUpAttachment{next.id}));
  must(act(begin_attachment, anna, file()));
  clock.advance(std::chrono::hours(25));
  must(act(begin_attachment, anna, file()));
}

TEST_F(AttachmentsTest, HasRoomForSoManyBytes) {
  for (int i = 0; i < 10; ++i) must(act(begin_attachment, anna, file(kLargestAttachment)));
  expect_error(act(begin_attachment, anna, file(kLargestAttachment)), Errc::too_many);
  must(act(begin_attachment, anna, file(1)));
}

}  // namespace
}  // namespace kith
