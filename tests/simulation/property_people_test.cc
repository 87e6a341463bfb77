// People on random walks: one conversation each, whatever is merged and taken apart, and nothing of it is moved (I2).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conversations/notes.h"
#include "conversations/promises.h"
#include "conversations/topics.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "simulation/dump.h"
#include "simulation/seeds.h"
#include "simulation/small_day.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

class PeopleProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, PeopleProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

void say_something(Town& town, const Someone& someone) {
  const WriteMessage message{.id = town.new_id<EntryId>(), .text = town.some_words()};
  ASSERT_TRUE(town.run(town.actor(someone), write_message, message));
}

std::vector<PersonId> everyone(const Town& town) {
  std::vector<PersonId> people;
  for (const auto& group : {town.colleagues, town.visitors})
    for (const Someone& someone : group) people.push_back(someone.person);
  return people;
}

std::string dump_of(Town& town, Dump what = Dump::everything) {
  return town.look([&](const Snapshot& now) { return dump(now, everyone(town), what); });
}

// ---- I2 -------------------------------------------------------------------------------------------------------------

// The model: who points to whom.
class MergeWalk {
 public:
  MergeWalk(Town& town, const Someone& colleague) : town_(town), colleague_(colleague) {}

  Result<MergeOutcome> merge(PersonId from, PersonId into) {
    const MergePeople command{town_.new_id<MergeId>(), from, into, "the same voice"};
    auto merged = town_.run(town_.actor(colleague_), merge_people, command);
    const bool is_possible = from != into && !into_.contains(from) && !into_.contains(into);
    EXPECT_EQ(merged.has_value(), is_possible);
    if (merged) {
      into_[from] = into;
      standing_.emplace_back(command.id, from);
    }
    return merged;
  }
  void undo(std::size_t which) {
    const auto [id, from] = standing_[which];
    EXPECT_TRUE(town_.run(town_.actor(colleague_), undo_merge, UndoMerge{id}));
    into_.erase(from);
    standing_.erase(standing_.begin() + static_cast<std::ptrdiff_t>(which));
  }
  [[nodiscard]] PersonId leads_to(PersonId person) const {
    while (into_.contains(person)) person = into_.at(person);
    return person;
  }
  [[nodiscard]] std::size_t standing() const { return standing_.size(); }

  // The store says what the model says: one conversation each, every strand in exactly one thread.
  std::string difference() {
    return town_.look([&](const Snapshot& now) -> std::string {
      std::set<ConversationId> strands;
      for (const Someone& someone : town_.visitors) {
        const auto own = now.conversations().of_person(someone.person);
        if (!own || !strands.insert(own->id).second) return "not exactly one conversation";
        const auto thread = now.conversations().thread_of(someone.person).value();
        if (thread.own.person != leads_to(someone.person)) return "a thread leads elsewhere";
        if (std::ranges::count(thread.strands, own->id) != 1) return "a strand is not told once";
        std::size_t expected = 0;
        for (const Someone& other : town_.visitors)
          if (leads_to(other.person) == leads_to(someone.person)) ++expected;
        if (thread.strands.size() != expected) return "a thread has other strands";
      }
      return "";
    });
  }

 private:
  Town& town_;
  Someone colleague_;
  std::map<PersonId, PersonId> into_;
  std::vector<std::pair<MergeId, PersonId>> standing_;
};

TEST_P(PeopleProperty, OneConversationEachThroughAnyMergesAndUndoings) {
  const auto walks = seeds(many(60));
  for (const std::uint64_t seed : walks) {
    Town town(GetParam(), seed);
    MergeWalk walk(town, town.add_colleague("lena"));
    for (int i = 0; i < 6; ++i) town.add_visitor();
    for (int step = 0; step < 25; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      if (town.one_in(3)) say_something(town, town.any_of(town.visitors));
      if (walk.standing() > 0 && town.one_in(3)) {
        walk.undo(town.random.below(walk.standing()));
      } else {
        static_cast<void>(walk.merge(town.any_of(town.visitors).person, town.any_of(town.visitors).person));
      }
      ASSERT_EQ(walk.difference(), "") << replay(seed);
      ASSERT_FALSE(::testing::Test::HasFailure()) << replay(seed);
    }
  }
}

// A day without merges: topics, promises, notes, asks, addresses, files and whatever the desks keep in mind.
DayOptions a_full_day() {
  return {.steps = 80, .with_merges = false};
}

// Any merges, then undone in any order: everything is as it was, but for the notices that tell of it.
TEST_P(PeopleProperty, MergesAndTheirUndoingsTogetherChangeNothing) {
  std::size_t merged = 0;
  const auto walks = seeds(many(60));
  for (const std::uint64_t seed : walks) {
    SmallDay day(GetParam(), seed, a_full_day());
    ASSERT_EQ(day.live(), "") << replay(seed);
    Town& town = day.town();
    MergeWalk walk(town, town.colleagues.front());
    const std::string before = dump_of(town, Dump::without_notices);
    for (int step = 0; step < 8; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      static_cast<void>(walk.merge(town.any_of(town.visitors).person, town.any_of(town.visitors).person));
    }
    merged += walk.standing();
    while (walk.standing() > 0) walk.undo(town.random.below(walk.standing()));
    ASSERT_EQ(dump_of(town, Dump::without_notices), before) << replay(seed);
    ASSERT_TRUE(town.house->is_sound()) << replay(seed);
  }
  if (must_have_tried_all(walks)) EXPECT_GT(merged, 0U);
}

// What is done while records are joined, and where it has to stand for ever: with the one who told the story then.
class Meanwhile {
 public:
  Meanwhile(Town& town, const MergeWalk& walk) : town_(town), walk_(walk) {}

  void do_something() {
    const Someone visitor = town_.any_of(town_.visitors);
    const Actor colleague = town_.actor(town_.any_of(town_.colleagues));
    const ConversationId there = town_.strand_of(visitor.person);
    const std::string teller = town_.strand_of(walk_.leads_to(visitor.person)).text();
    const std::string words = "meanwhile " + town_.some_words();
    switch (town_.random.below(5)) {
      case 0: {
        const WriteMessage message{.id = town_.new_id<EntryId>(), .text = words};
        return keep(town_.run(town_.actor(visitor), write_message, message), message.id, teller);
      }
      case 1: {
        const WriteMessage message{.id = town_.new_id<EntryId>(), .conversation = there, .text = words};
        return keep(town_.run(colleague, write_message, message), message.id, teller);
      }
      case 2: {
        const CreateTopic topic{.id = town_.new_id<TopicId>(), .conversation = there, .title = words};
        return keep(town_.run(colleague, create_topic, topic), topic.id, teller);
      }
      case 3: {
        const MakePromise promise{.id = town_.new_id<PromiseId>(),
                                  .conversation = there,
                                  .what = words,
                                  .due = town_.clock.now() + std::chrono::hours(40)};
        return keep(town_.run(colleague, make_promise, promise), promise.id, teller);
      }
      default: {
        const WriteNote note{town_.new_id<NoteId>(), visitor.person, words};
        return keep(town_.run(colleague, write_note, note), note.id, visitor.person.text());
      }
    }
  }

  // Nothing that was there is gone or changed, and all that is new is what was done, in its place.
  [[nodiscard]] std::string difference(const std::string& before, const std::string& after) const {
    const std::multiset<std::string> was = lasting_lines(before);
    std::multiset<std::string> is = lasting_lines(after);
    for (const std::string& line : was) {
      const auto found = is.find(line);
      if (found == is.end()) return "gone: " + line;
      is.erase(found);
    }
    std::set<std::string> found;
    for (const std::string& line : is) {
      const std::string id = part(line, 1);
      const auto place = places_.find(id);
      if (place == places_.end()) return "nobody did this: " + line;
      if (!line.starts_with("      version|") && part(line, 2) != place->second) return "stands elsewhere: " + line;
      found.insert(id);
    }
    return found.size() == places_.size() ? "" : "something that was done is not there";
  }

 private:
  template <class Answer, class TypedId>
  void keep(const Result<Answer>& done, TypedId id, const std::string& place) {
    ASSERT_TRUE(done) << done.error().detail;
    places_[id.text()] = place;
  }
  static std::string part(const std::string& line, int which) {
    std::size_t begin = 0;
    while (which-- > 0) begin = line.find('|', begin) + 1;
    return line.substr(begin, line.find('|', begin) - begin);
  }
  // Any word ends that somebody waits, pauses or is put off.
  static std::multiset<std::string> lasting_lines(const std::string& text) {
    std::multiset<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::string line = text.substr(at, end - at);
      if (!line.starts_with(kPassing)) lines.insert(line);
      at = end + 1;
    }
    return lines;
  }

  Town& town_;
  const MergeWalk& walk_;
  std::map<std::string, std::string> places_;  // by id: the strand, of a note whom it is about
};

// Nobody waits since another human's word.
std::string waits_wrongly(Town& town) {
  return town.look([&](const Snapshot& now) -> std::string {
    for (const Someone& someone : town.visitors) {
      const Conversation own = now.conversations().of_person(someone.person).value();
      if (!own.waiting_since) continue;
      const std::vector<ConversationId> strand{own.id};
      const auto entries = now.entries().after(strand, 0, 100'000).value();
      const bool is_hers = std::ranges::any_of(entries, [&](const Entry& entry) {
        return entry.author.kind == AuthorKind::customer && entry.at == *own.waiting_since;
      });
      if (!is_hers) return own.id.text() + " waits since a word that is not hers";
    }
    return "";
  });
}

TEST_P(PeopleProperty, WhatIsDoneWhileJoinedStaysAndNothingElseChanges) {
  const auto walks = seeds(many(60));
  for (const std::uint64_t seed : walks) {
    SmallDay day(GetParam(), seed, a_full_day());
    ASSERT_EQ(day.live(), "") << replay(seed);
    Town& town = day.town();
    MergeWalk walk(town, town.colleagues.front());
    Meanwhile meanwhile(town, walk);
    const std::string before = dump_of(town, Dump::without_notices);
    for (int step = 0; step < 24; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      if (walk.standing() > 0 && town.one_in(6)) {
        walk.undo(town.random.below(walk.standing()));
      } else if (town.one_in(3)) {
        static_cast<void>(walk.merge(town.any_of(town.visitors).person, town.any_of(town.visitors).person));
      } else {
        meanwhile.do_something();
      }
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
    while (walk.standing() > 0) walk.undo(town.random.below(walk.standing()));
    ASSERT_EQ(meanwhile.difference(before, dump_of(town, Dump::without_notices)), "") << replay(seed);
    ASSERT_EQ(waits_wrongly(town), "") << replay(seed);
    ASSERT_EQ(walk.difference(), "") << replay(seed);
    ASSERT_TRUE(town.house->is_sound()) << replay(seed);
  }
}

TEST_P(PeopleProperty, RefusesEveryMergeThatMakesNoSense) {
  Town town(GetParam(), 1);
  const Someone lena = town.add_colleague("lena");
  const Someone a = town.add_visitor();
  const Someone b = town.add_visitor();
  const Someone c = town.add_visitor();
  auto merge = [&](PersonId from, PersonId into) {
    return town.run(town.actor(lena), merge_people, MergePeople{town.new_id<MergeId>(), from, into, "the same voice"});
  };
  EXPECT_EQ(merge(a.person, a.person).error().code, Errc::invalid);
  EXPECT_EQ(merge(a.person, town.new_id<PersonId>()).error().code, Errc::not_found);
  EXPECT_EQ(merge(a.person, lena.person).error().code, Errc::conflict);
  EXPECT_EQ(merge(lena.person, a.person).error().code, Errc::conflict);
  const auto first = merge(a.person, b.person).value();
  EXPECT_EQ(merge(b.person, a.person).error().code, Errc::conflict) << "a circle";
  EXPECT_EQ(merge(a.person, c.person).error().code, Errc::conflict) << "merged already";
  EXPECT_EQ(merge(c.person, a.person).error().code, Errc::conflict) << "into somebody whose story is elsewhere";
  const auto second = merge(b.person, c.person).value();
  EXPECT_EQ(merge(c.person, a.person).error().code, Errc::conflict) << "a longer circle";
  EXPECT_EQ(merge(c.person, b.person).error().code, Errc::conflict) << "a circle of two over a chain";
  EXPECT_FALSE(town.run(town.actor(a), merge_people, MergePeople{town.new_id<MergeId>(), a.person, c.person, ""}));

  // The inner merge is undone first: b still leads to c, a is on her own.
  ASSERT_TRUE(town.run(town.actor(lena), undo_merge, UndoMerge{first.merge.id}));
  EXPECT_EQ(town.look([&](const Snapshot& now) { return now.people().resolve(a.person); })->id, a.person);
  EXPECT_EQ(town.look([&](const Snapshot& now) { return now.people().resolve(b.person); })->id, c.person);
  // Undone twice is undone once, and takes apart no later merge of the same two.
  const auto again = merge(a.person, c.person).value();
  ASSERT_TRUE(town.run(town.actor(lena), undo_merge, UndoMerge{first.merge.id}));
  EXPECT_EQ(town.look([&](const Snapshot& now) { return now.people().resolve(a.person); })->id, c.person);
  ASSERT_TRUE(town.run(town.actor(lena), undo_merge, UndoMerge{again.merge.id}));
  ASSERT_TRUE(town.run(town.actor(lena), undo_merge, UndoMerge{second.merge.id}));
  for (const Someone& someone : {a, b, c})
    EXPECT_EQ(town.look([&](const Snapshot& now) { return now.people().resolve(someone.person); })->id, someone.person);
}

}  // namespace
}  // namespace kith::simulation
