// What a desk keeps in mind, on random walks with records joined and taken apart: nothing unread is ever shown as read,
// nobody is put off who has written since, and companions are exactly those who answered, the latest first.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conversations/later.h"
#include "conversations/read_conversation.h"
#include "conversations/read_marks.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "simulation/seeds.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

class DeskProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, DeskProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

struct Said {
  ConversationId strand;
  PersonId by;
  Seq seq = 0;
};

// What really happened, told without any of the code under test.
struct Walk {
  Town town;
  std::vector<Said> said;
  std::map<PersonId, std::set<Seq>> read;  // by colleague: the entries that were on her screen when she marked them
  std::set<std::pair<ConversationId, PersonId>> put_off;
  std::vector<MergeId> merges;

  Walk(const StoreKind& kind, std::uint64_t seed) : town(kind, seed) {
    for (const char* called : {"lena", "omar"}) town.add_colleague(called);
    for (int i = 0; i < 3; ++i) town.add_visitor();
  }
  Thread thread_of(const Someone& someone) {
    return town.look([&](const Snapshot& now) { return now.conversations().thread_of(someone.person).value(); });
  }
  std::vector<Said> said_in(const Thread& thread) const {
    std::vector<Said> found;
    for (const Said& one : said)
      if (std::ranges::find(thread.strands, one.strand) != thread.strands.end()) found.push_back(one);
    return found;
  }

  void write(bool is_visitor) {
    const Someone visitor = town.any_of(town.visitors);
    const Thread thread = thread_of(visitor);
    const Someone who = is_visitor ? visitor : town.any_of(town.colleagues);
    const auto entry =
        town.run(town.actor(who), write_message,
                 WriteMessage{.id = town.new_id<EntryId>(), .conversation = thread.own.id, .text = town.some_words()});
    ASSERT_TRUE(entry);
    said.push_back({entry->strand, is_visitor ? PersonId{} : who.person, entry->seq});
    if (!is_visitor) return;
    for (const ConversationId strand : thread.strands)
      std::erase_if(put_off, [&](const auto& one) { return one.first == strand; });
  }
  void mark() {
    const Someone who = town.any_of(town.colleagues);
    const Thread thread = thread_of(town.any_of(town.visitors));
    const auto there = said_in(thread);
    if (there.empty()) return;
    const Seq seq = town.any_of(there).seq;
    ASSERT_TRUE(town.run(town.actor(who), mark_read, MarkRead{thread.own.id, seq}));
    for (const Said& one : there)
      if (one.seq <= seq) read[who.person].insert(one.seq);
  }
  void later() {
    const Someone who = town.any_of(town.colleagues);
    const Thread thread = thread_of(town.any_of(town.visitors));
    ASSERT_TRUE(town.run(town.actor(who), put_off_use_case, PutOff{thread.own.id, {}, true, "later"}));
    put_off.insert({thread.own.id, who.person});
  }
  void join_or_part() {
    const Actor lena = town.actor(town.colleagues[0]);
    if (!merges.empty() && town.one_in(2)) {
      static_cast<void>(town.run(lena, undo_merge, UndoMerge{town.any_of(merges)}));
      return;
    }
    const MergePeople merge{town.new_id<MergeId>(), town.any_of(town.visitors).person,
                            town.any_of(town.visitors).person, "the same voice"};
    if (town.run(lena, merge_people, merge)) merges.push_back(merge.id);
  }
  void step() {
    town.clock.advance(std::chrono::seconds(1 + town.random.below(60)));
    switch (town.random.below(8)) {
      case 0:
      case 1:
        return write(true);
      case 2:
      case 3:
        return write(false);
      case 4:
      case 5:
        return mark();
      case 6:
        return later();
      default:
        return join_or_part();
    }
  }

  void check(const Someone& who, const Someone& about) {
    const Thread thread = thread_of(about);
    const auto view =
        town.look([&](const Snapshot& now) { return view_conversation(now, town.actor(who), thread.own.id).value(); });
    const auto there = said_in(thread);
    for (const Said& one : there)
      EXPECT_TRUE(one.seq > view.read_seq || read[who.person].contains(one.seq)) << "taken for read, but was not";
    std::vector<PersonId> companions;
    for (auto one = there.rbegin(); one != there.rend(); ++one)
      if (one->by != PersonId{} && std::ranges::find(companions, one->by) == companions.end())
        companions.push_back(one->by);
    EXPECT_EQ(view.companions, companions);
    if (view.later) {
      const bool is_known = std::ranges::any_of(
          thread.strands, [&](ConversationId strand) { return put_off.contains({strand, who.person}); });
      EXPECT_TRUE(is_known) << "put off, although she wrote";
    }
  }

 private:
  static constexpr auto put_off_use_case = kith::put_off;
};

TEST_P(DeskProperty, IsTrueWhateverIsJoinedOrTakenApart) {
  for (const std::uint64_t seed : seeds(many(60))) {
    Walk walk(GetParam(), seed);
    for (int step = 0; step < 40; ++step) {
      walk.step();
      for (const Someone& who : walk.town.colleagues)
        for (const Someone& about : walk.town.visitors) walk.check(who, about);
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
  }
}

}  // namespace
}  // namespace kith::simulation
