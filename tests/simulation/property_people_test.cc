// People on random walks: roles come and go and nothing else does (I1); one conversation each, whatever is merged and
// taken apart (I2).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conversations/read_conversation.h"
#include "conversations/write_message.h"
#include "people/colleagues.h"
#include "people/merge_people.h"
#include "people/person_facts.h"
#include "people/persons.h"
#include "people/recognise.h"
#include "simulation/dump.h"
#include "simulation/seeds.h"
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
  for (const Someone& someone : town.visitors) people.push_back(someone.person);
  return people;
}

std::string dump_of(Town& town, Dump what = Dump::everything) {
  return town.look([&](const Snapshot& now) { return dump(now, everyone(town), what); });
}

// ---- I1 -------------------------------------------------------------------------------------------------------------

// What the model says she may be, against what the house lets her do.
TEST_P(PeopleProperty, RightsFollowRolesInTimeAndNothingIsLost) {
  for (const std::uint64_t seed : seeds(many(40))) {
    Town town(GetParam(), seed);
    const Someone admin = town.add_colleague("admin");
    const Someone someone = town.add_visitor();
    say_something(town, someone);
    const std::string story = dump_of(town, Dump::everything);
    const SessionId at_desk = town.new_id<SessionId>();
    const Digest desk_token = sha256("desk");
    ASSERT_TRUE(town.write([&](Tx& tx) {
      return tx.access().add_session({.id = at_desk,
                                      .kind = SessionKind::colleague,
                                      .person = someone.person,
                                      .token_digest = desk_token,
                                      .expires_at = tx.now() + std::chrono::hours(9000)});
    }));
    std::map<RoleId, Role> model;
    for (int step = 0; step < 20; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      if (model.empty() || town.one_in(2)) {
        const auto kind = static_cast<RoleKind>(town.random.below(3));
        const GrantRole grant{town.new_id<RoleId>(), someone.person, kind, {}};
        const auto granted = town.run(town.actor(admin), grant_role, grant);
        if (granted) model[grant.id] = *granted;
      } else {
        auto chosen = model.begin();
        std::advance(chosen, static_cast<std::ptrdiff_t>(town.random.below(model.size())));
        const auto ended = town.run(town.actor(admin), end_role, EndRole{chosen->first, someone.person});
        if (ended) chosen->second = *ended;
      }
      const auto roles = town.look([&](const Snapshot& now) { return now.people().roles(someone.person); }).value();
      for (const auto& [id, role] : model)
        ASSERT_NE(std::ranges::find(roles, role), roles.end()) << "a role was lost; " << replay(seed);
      const bool is_colleague = is_in_team(roles, town.clock.now());
      const auto desk =
          town.look([&](const Snapshot& now) { return recognise_session(now, desk_token, town.clock.now()); });
      if (desk) ASSERT_TRUE(is_colleague) << "rights without a role; " << replay(seed);
      const Actor customer = town.actor(someone);
      ASSERT_EQ(customer.kind, ActorKind::visitor) << "she is no customer any more; " << replay(seed);
      // Her customer side shows her nobody else, whatever roles she holds.
      ASSERT_FALSE(town.look([&](const Snapshot& now) { return list_people(now, customer, {}); })) << replay(seed);
    }
    auto without_roles = [](const std::string& text) {
      std::string kept;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        const std::string line = text.substr(at, end - at);
        if (!line.starts_with("  role|")) kept += line;
        at = end;
      }
      return kept;
    };
    ASSERT_EQ(without_roles(dump_of(town)), without_roles(story)) << replay(seed);
  }
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
  for (const std::uint64_t seed : seeds(many(60))) {
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

// Any merges, then undone in any order: everything is as it was, but for the notices that tell of it.
TEST_P(PeopleProperty, MergesAndTheirUndoingsTogetherChangeNothing) {
  for (const std::uint64_t seed : seeds(many(60))) {
    Town town(GetParam(), seed);
    MergeWalk walk(town, town.add_colleague("lena"));
    for (int i = 0; i < 5; ++i) {
      const Someone visitor = town.add_visitor();
      for (std::uint64_t words = town.random.below(3); words > 0; --words) say_something(town, visitor);
    }
    const std::string before = dump_of(town, Dump::without_notices);
    for (int step = 0; step < 8; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      static_cast<void>(walk.merge(town.any_of(town.visitors).person, town.any_of(town.visitors).person));
    }
    while (walk.standing() > 0) walk.undo(town.random.below(walk.standing()));
    ASSERT_EQ(dump_of(town, Dump::without_notices), before) << replay(seed);
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
