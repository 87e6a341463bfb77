#include "conversations/line_news.h"

#include "conversations/desk_test_house.h"
#include "conversations/handovers.h"
#include "conversations/pause.h"

namespace kith {
namespace {

class UnreadableCompanions : public CompanionReader {
 public:
  Result<std::vector<PersonId>> of_strands(std::span<const ConversationId> /*strands*/,
                                           std::size_t /*limit*/) const override {
    return fail(Errc::unavailable, "a page cannot be read");
  }
};

// A house in which one page has broken: the one that says who has gone along with whom.
class DamagedSnapshot : public Snapshot {
 public:
  explicit DamagedSnapshot(const Snapshot& whole) : whole_(whole) {}
  const CompanionReader& companions() const override { return companions_; }
  const PeopleReader& people() const override { return whole_.people(); }
  const IdentityReader& identities() const override { return whole_.identities(); }
  const ConversationReader& conversations() const override { return whole_.conversations(); }
  const EntryReader& entries() const override { return whole_.entries(); }
  const TopicReader& topics() const override { return whole_.topics(); }
  const NoteReader& notes() const override { return whole_.notes(); }
  const PromiseReader& promises() const override { return whole_.promises(); }
  const ReadMarkReader& read_marks() const override { return whole_.read_marks(); }
  const DraftReader& drafts() const override { return whole_.drafts(); }
  const ScheduledReader& scheduled() const override { return whole_.scheduled(); }
  const LaterReader& laters() const override { return whole_.laters(); }
  const HandoverReader& handovers() const override { return whole_.handovers(); }
  const AttachmentReader& attachments() const override { return whole_.attachments(); }
  const HouseReader& house() const override { return whole_.house(); }
  const AccessReader& access() const override { return whole_.access(); }
  const SearchReader& search() const override { return whole_.search(); }
  const ChangeReader& changes() const override { return whole_.changes(); }

 private:
  const Snapshot& whole_;
  UnreadableCompanions companions_;
};

class LineNewsTest : public DeskTest {
 protected:
  // What happened since the last call, brought to the board as the house does.
  std::vector<LineNews> follow() {
    const LineStory story = look([&](const Snapshot& now) { return line_news(&now, events, knowledge); });
    EXPECT_FALSE(story.missed);
    board.notice(story.news);
    events.clear();
    return story.news;
  }
  void comes(const Actor& colleague, int capacity) {
    board.notice({.person = colleague.person, .level = PresenceLevel::open, .written_capacity = capacity});
  }

  LineBoard board;
  const LineKnowledge knowledge{
      .knows = [this](ConversationId one) { return board.state_of(one) != LineState::resting; },
      .on_board = [this] { return board.everybody(); },
  };
};

TEST_F(LineNewsTest, PutsACustomersWordInLineAndAnAnswerEndsIt) {
  say(anna, "Hello?");
  follow();
  EXPECT_EQ(board.in_line(), std::vector{conversation});
  say(anna, "Is anybody there?");
  EXPECT_TRUE(follow().empty()) << "she waits already";
  say(mara, "I am.");
  follow();
  EXPECT_TRUE(board.everybody().empty());
}

TEST_F(LineNewsTest, KnowsWhoHasGoneAlongWithHer) {
  comes(mara, 1);
  comes(nils, 5);
  say(anna, "Hello?");
  say(mara, "Good morning!");
  say(anna, "One more thing.");
  follow();
  EXPECT_EQ(board.colleague_of(conversation), mara.person) << "answered and asked again in one group";
}

TEST_F(LineNewsTest, FollowsAPause) {
  say(anna, "Hello?");
  follow();
  must(act(pause_for_a_minute, anna, Pause{clock.now() + std::chrono::minutes(5)}));
  follow();
  EXPECT_EQ(board.state_of(conversation), LineState::paused);
  must(act(end_pause, anna, EndPause{}));
  follow();
  EXPECT_EQ(board.in_line(), std::vector{conversation});
}

TEST_F(LineNewsTest, GoesOnWithWhoeverAcceptedAHandover) {
  comes(mara, 1);
  comes(nils, 0);
  say(anna, "Hello?");
  follow();
  const HandoverId id = new_id<HandoverId>();
  must(act(offer_handover, mara, OfferHandover{id, conversation, nils.person, "Would you?"}));
  EXPECT_TRUE(follow().empty()) << "an offer changes nothing";
  must(act(accept_handover, nils, AnswerHandover{id}));
  follow();
  EXPECT_EQ(board.colleague_of(conversation), nils.person);
}

TEST_F(LineNewsTest, WaitsInOneThreadWhenRecordsAreJoined) {
  const Actor bela = given_visitor();
  say(bela, "Hello?", thread_of(bela).own.id);
  clock.advance(std::chrono::seconds(1));
  say(anna, "Hello too?");
  follow();
  EXPECT_EQ(board.everybody().size(), 2U);
  const Merge merge = join(bela, anna);
  follow();
  EXPECT_EQ(board.everybody(), std::vector{conversation});
  take_apart(merge);
  follow();
  EXPECT_EQ(board.everybody().size(), 2U);
}

TEST_F(LineNewsTest, BeginsWithEverybodyWhoWaits) {
  say(anna, "Hello?");
  const Actor bela = given_visitor();
  clock.advance(std::chrono::seconds(1));
  say(bela, "Hello?", thread_of(bela).own.id);
  must(act(pause_for_a_minute, bela, Pause{clock.now() + std::chrono::minutes(5)}));
  follow();
  LineBoard again;
  again.notice(must(look([](const Snapshot& now) { return everybody_who_waits(now); })).news);
  EXPECT_EQ(again.everybody(), board.everybody());
  EXPECT_EQ(again.in_line(), std::vector{conversation});
  EXPECT_EQ(again.state_of(thread_of(bela).own.id), LineState::paused);
}

TEST_F(LineNewsTest, PutsHerInLineThoughItCannotBeReadWhoKnowsHer) {
  say(anna, "Hello?");
  say(mara, "Good morning!");
  say(anna, "One more thing.");
  const LineStory damaged = look([&](const Snapshot& now) {
    const DamagedSnapshot broken(now);
    return line_news(&broken, events, knowledge);
  });
  ASSERT_TRUE(damaged.missed);
  EXPECT_EQ(damaged.missed->code, Errc::unavailable);
  board.notice(damaged.news);
  EXPECT_EQ(board.in_line(), std::vector{conversation});

  LineBoard unread;
  unread.notice(line_news(nullptr, events, knowledge).news);
  EXPECT_EQ(unread.in_line(), std::vector{conversation}) << "nor when nothing at all can be read";

  LineBoard after_a_start;
  const LineStory waiting = must(look([](const Snapshot& now) { return everybody_who_waits(DamagedSnapshot(now)); }));
  EXPECT_TRUE(waiting.missed);
  after_a_start.notice(waiting.news);
  EXPECT_EQ(after_a_start.in_line(), std::vector{conversation});
}

TEST_F(LineNewsTest, ForgetsWhoeverIsNotThereAnyMore) {
  const LineNews stranger = Waits{ConversationId{{9}}, Time{1}};
  board.notice(std::span(&stranger, 1));
  say(anna, "Hello?");
  events.push_back({1, std::nullopt, SettingsChanged{}});
  follow();
  EXPECT_EQ(board.everybody(), std::vector{conversation});
}

TEST_F(LineNewsTest, LooksOnlyWhenSomethingConcernsTheLine) {
  EXPECT_FALSE(concerns_line({}));
  say(anna, "Hello?");
  EXPECT_TRUE(concerns_line(events));
  const std::vector<Event> typed{{1, conversation, DraftChanged{}}, {2, conversation, HandoverChanged{}}};
  EXPECT_FALSE(concerns_line(typed));
}

}  // namespace
}  // namespace kith
