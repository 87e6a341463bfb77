#include "conversations/drafts.h"

#include "conversations/attachments.h"
#include "conversations/desk_test_house.h"

namespace kith {
namespace {

class DraftsTest : public DeskTest {
 protected:
  Draft keep(const Actor& actor, std::string text, std::optional<ConversationId> where = {}) {
    return must(act(keep_draft, actor, KeepDraft{where.value_or(conversation), std::move(text), false, {}})).thing;
  }
  std::vector<std::string> texts(const Actor& actor) {
    std::vector<std::string> found;
    for (const auto& one : must(look([&](const Snapshot& now) { return list_drafts(now, actor, 99); })))
      found.push_back(one.thing.text);
    return found;
  }
  using Texts = std::vector<std::string>;
};

TEST_F(DraftsTest, AreKeptForTheirAuthorAlone) {
  keep(mara, "Dear Anna");
  EXPECT_EQ(texts(mara), Texts{"Dear Anna"});
  EXPECT_TRUE(texts(nils).empty());
  EXPECT_EQ(seen_by<DraftChanged>(mara).size(), 1U);
  for (const Actor& actor : {nils, admin, anna, program(~0U)}) EXPECT_TRUE(seen_by<DraftChanged>(actor).empty());
  EXPECT_EQ(bodies<DraftChanged>(mara, caught_up(mara, 0)).size(), 1U);
  EXPECT_TRUE(bodies<DraftChanged>(nils, caught_up(nils, 0)).empty());
  EXPECT_TRUE(bodies<DraftChanged>(anna, caught_up(anna, 0)).empty());
}

TEST_F(DraftsTest, TheNewestWordsStandAndTheSameWordsAreNoChange) {
  keep(mara, "Dear");
  const Draft second = keep(mara, "Dear Anna");
  events.clear();
  EXPECT_EQ(keep(mara, "Dear Anna"), second);
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(texts(mara), Texts{"Dear Anna"});
}

TEST_F(DraftsTest, EmptyMeansGoneAndIsToldToo) {
  EXPECT_TRUE(keep(mara, "").is_empty());
  EXPECT_TRUE(events.empty()) << "nothing was there";
  keep(mara, "Dear Anna");
  events.clear();
  keep(mara, "");
  EXPECT_TRUE(texts(mara).empty());
  const auto told = seen_by<DraftChanged>(mara);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].draft.is_empty());
}

TEST_F(DraftsTest, OfJoinedStrandsTheNewestStandsAndPartingBringsTheOtherBack) {
  const Actor bela = given_visitor();
  const ConversationId other = thread_of(bela).own.id;
  keep(mara, "to home");
  keep(mara, "to work", other);
  const Merge merge = join(bela, anna);
  EXPECT_EQ(texts(mara), Texts{"to work"});
  keep(mara, "to both");
  EXPECT_EQ(texts(mara), Texts{"to both"});
  keep(mara, "");
  EXPECT_TRUE(texts(mara).empty());
  take_apart(merge);
  EXPECT_EQ(texts(mara), Texts{"to work"});
}

TEST_F(DraftsTest, RefuseFilesThatAreNotHers) {
  const AttachmentId file = new_id<AttachmentId>();
  must(act(begin_attachment, nils, BeginAttachment{file, conversation, "a.txt", "", 3}));
  expect_error(act(keep_draft, mara, KeepDraft{conversation, "look", false, {file}}), Errc::invalid, "attachments");
  must(act(keep_draft, nils, KeepDraft{conversation, "", false, {file}}));
}

TEST_F(DraftsTest, AreForColleagues) {
  expect_error(act(keep_draft, anna, KeepDraft{conversation, "x", false, {}}), Errc::not_allowed);
  expect_error(act(keep_draft, program(~0U), KeepDraft{conversation, "x", false, {}}), Errc::not_allowed);
  expect_error(act(keep_draft, given_visitor(), KeepDraft{conversation, "x", false, {}}), Errc::not_found);
}

}  // namespace
}  // namespace kith
