#include "conversations/describe_file.h"

#include "conversations/attachments.h"
#include "people/test_house.h"

namespace kith {
namespace {

class DescribeFileTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    begun = must(act(begin_attachment, anna,
                     BeginAttachment{new_id<AttachmentId>(), thread_of(anna).own.id, "tea.png", "a cup", 5}));
  }
  Result<Attachment> says(const Actor& actor, std::string words) {
    return act(describe_file, actor, DescribeFile{begun.id, std::move(words)});
  }
  Actor anna, mara;
  Attachment begun;
};

TEST_F(DescribeFileTest, IsSaidByTheOneWhoSentItBeforeAndAfterItIsKept) {
  EXPECT_EQ(must(says(anna, "a cup of tea")).alt_text, "a cup of tea");
  must(act(finish_attachment, anna, FinishAttachment{begun.id, sha256("hello"), 5, "hello"}));
  EXPECT_EQ(must(says(anna, "a broken cup")).alt_text, "a broken cup");
  EXPECT_EQ(must(says(anna, "")).alt_text, "");
}

TEST_F(DescribeFileTest, IsNobodyElsesToSay) {
  expect_error(says(mara, "mine now"), Errc::not_allowed);
  expect_error(says(given_visitor(), "mine now"), Errc::not_found);
}

TEST_F(DescribeFileTest, RefusesWordsThatNobodyCouldRead) {
  expect_error(says(anna, std::string(2001, 'x')), Errc::invalid, "alt_text");
  expect_error(says(anna, "\xff\xfe"), Errc::invalid, "alt_text");
}

TEST_F(DescribeFileTest, IsNotFoundWhereThereIsNoFile) {
  expect_error(act(describe_file, anna, DescribeFile{new_id<AttachmentId>(), "what?"}), Errc::not_found);
}

}  // namespace
}  // namespace kith
