// Conversations on random walks, with records joined and taken apart: nothing is asked twice (I6), and no promise is
// silently past due (I12).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conversations/asks.h"
#include "conversations/keep_watch.h"
#include "conversations/may_see.h"
#include "conversations/promises.h"
#include "conversations/read_conversation.h"
#include "people/merge_people.h"
#include "people/persons.h"
#include "people/recognise.h"
#include "simulation/seeds.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

using std::chrono::minutes;

class ConversationProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ConversationProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

// Joins and takes apart; knows by hand to whom a record leads.
class Joins {
 public:
  explicit Joins(Town& town) : town_(town) {}

  void join_or_part(const Actor& colleague) {
    if (!standing_.empty() && town_.one_in(2)) {
      const auto chosen = standing_.begin() + static_cast<std::ptrdiff_t>(town_.random.below(standing_.size()));
      ASSERT_TRUE(town_.run(colleague, undo_merge, UndoMerge{chosen->first}));
      into_.erase(chosen->second);
      standing_.erase(chosen);
      return;
    }
    const MergePeople merge{town_.new_id<MergeId>(), town_.any_of(town_.visitors).person,
                            town_.any_of(town_.visitors).person, "the same voice"};
    if (!town_.run(colleague, merge_people, merge)) return;
    into_[merge.from] = merge.into;
    standing_.emplace_back(merge.id, merge.from);
  }
  [[nodiscard]] PersonId teller_of(PersonId person) const {
    while (into_.contains(person)) person = into_.at(person);
    return person;
  }

 private:
  Town& town_;
  std::map<PersonId, PersonId> into_;
  std::vector<std::pair<MergeId, PersonId>> standing_;
};

// ---- I6 -------------------------------------------------------------------------------------------------------------

// What she has told, answered or declined, by hand, and whether she may be asked.
class AskWalk {
 public:
  AskWalk(const StoreKind& kind, std::uint64_t seed) : town_(kind, seed), joins_(town_) {
    lena_ = town_.add_colleague("lena");
    for (int i = 0; i < 3; ++i) town_.add_visitor();
  }

  void step() {
    town_.clock.advance(minutes(1));
    const Someone someone = town_.any_of(town_.visitors);
    const std::string field = town_.any_of(fields_);
    tell_something(town_.actor(someone), field);
    const Actor who = town_.actor(someone);
    ASSERT_EQ(who.person, joins_.teller_of(someone.person));
    const auto decision = town_.run(who, ask_once, AskOnce{{}, field});
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->may_ask, !is_told(who.person, field)) << field;
    ++(decision->may_ask ? asked : not_asked);
  }

  int asked = 0;
  int not_asked = 0;

 private:
  void tell_something(const Actor& who, const std::string& field) {
    switch (town_.random.below(9)) {
      case 0: {
        const AnswerAsk answer{{}, field, town_.one_in(2) ? AskState::answered : AskState::declined};
        ASSERT_TRUE(town_.run(who, answer_ask, answer));
        told_[who.person].insert(field);
        return;
      }
      case 1:
        ASSERT_TRUE(town_.run(who, rename_person, RenamePerson{who.person, town_.some_words(), {}, {}}));
        told_[who.person].insert("called");
        return;
      case 2: {
        const ClaimIdentity claim{town_.new_id<IdentityId>(), who.person, IdentityKind::email,
                                  "a" + std::to_string(++claimed_) + "@home.example"};
        ASSERT_TRUE(town_.run(who, claim_identity, claim));
        told_[who.person].insert("reply_address");
        return;
      }
      case 3:
      case 4:
        return joins_.join_or_part(town_.actor(lena_));
      default:
        return;
    }
  }
  // By her, or by anybody whose story is told with hers now.
  [[nodiscard]] bool is_told(PersonId teller, const std::string& field) const {
    return std::ranges::any_of(
        told_, [&](const auto& one) { return joins_.teller_of(one.first) == teller && one.second.contains(field); });
  }

  Town town_;
  Joins joins_;
  Someone lena_;
  std::vector<std::string> fields_{"called", "reply_address", "shoe_size"};
  std::map<PersonId, std::set<std::string>> told_;  // by the record it was told to
  int claimed_ = 0;
};

// Once anybody in the thread has answered or declined, or we know it anyway, the machine may not ask again, and
// otherwise it may: also after her records were joined, and taken apart again.
TEST_P(ConversationProperty, NothingIsAskedTwice) {
  int asked = 0;
  int not_asked = 0;
  const auto walks = seeds(many(40));
  for (const std::uint64_t seed : walks) {
    AskWalk walk(GetParam(), seed);
    for (int step = 0; step < 50; ++step) {
      walk.step();
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
    asked += walk.asked;
    not_asked += walk.not_asked;
  }
  if (!must_have_tried_all(walks)) return;
  EXPECT_GT(asked, 0);
  EXPECT_GT(not_asked, 0);
}

// ---- I12 ------------------------------------------------------------------------------------------------------------

// A promise as those two remember it who gave it and got it.
struct Given {
  ConversationId strand;
  std::string what;
  Time due;
  PromiseState state = PromiseState::given;

  [[nodiscard]] bool is_open() const { return state == PromiseState::given || state == PromiseState::renegotiated; }
};

struct Told {
  int kept = 0;
  int moved = 0;
  int too_late = 0;  // somebody tried to save a promise that was past due before the watch came by
  int broken = 0;
  int owned = 0;
};

class PromiseWalk {
 public:
  PromiseWalk(const StoreKind& kind, std::uint64_t seed, Told& told) : town_(kind, seed), joins_(town_), told_(told) {
    for (const char* called : {"lena", "omar"}) town_.add_colleague(called);
    for (int i = 0; i < 3; ++i) town_.add_visitor();
  }

  void step() {
    town_.clock.advance(minutes(town_.random.below(30)));
    const Actor who = town_.actor(town_.any_of(town_.colleagues));
    switch (town_.random.below(8)) {
      case 0:
      case 1:
        return make(who);
      case 2:
        return keep(who);
      case 3:
        return move(who);
      case 4:
        return own(who);
      case 5:
        return joins_.join_or_part(who);
      default:
        return watch();
    }
  }

 private:
  [[nodiscard]] Time soon() { return town_.clock.now() + minutes(1 + town_.random.below(120)); }
  std::map<PromiseId, Given>::iterator some_promise() {
    auto chosen = given_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(town_.random.below(given_.size())));
    return chosen;
  }
  // Once it is past due only the watch and an apology can follow, also before the watch has come by.
  bool can_be_saved(const Given& given) {
    const bool is_past_due = given.due <= town_.clock.now();
    if (given.is_open() && is_past_due) ++told_.too_late;
    return given.is_open() && !is_past_due;
  }

  void make(const Actor& who) {
    const PersonId to = town_.any_of(town_.visitors).person;
    const MakePromise promise{.id = town_.new_id<PromiseId>(),
                              .conversation = town_.strand_of(to),
                              .what = town_.some_words() + ' ' + std::to_string(given_.size()) + '.',
                              .due = soon()};
    ASSERT_TRUE(town_.run(who, make_promise, promise));
    given_[promise.id] = {town_.strand_of(joins_.teller_of(to)), promise.what, promise.due};
  }
  void keep(const Actor& who) {
    if (given_.empty()) return;
    auto& [id, given] = *some_promise();
    const bool is_kept_already = given.state == PromiseState::kept;
    const bool expected = can_be_saved(given) || is_kept_already;
    ASSERT_EQ(town_.run(who, keep_promise, KeepPromise{id}).has_value(), expected);
    if (!expected) return;
    given.state = PromiseState::kept;
    ++told_.kept;
  }
  void move(const Actor& who) {
    if (given_.empty()) return;
    auto& [id, given] = *some_promise();
    const Time due = soon() + std::chrono::seconds(1 + town_.random.below(59));
    const bool expected = can_be_saved(given);
    ASSERT_EQ(town_.run(who, renegotiate_promise, RenegotiatePromise{id, {}, due, true}).has_value(), expected);
    if (!expected) return;
    given.state = PromiseState::renegotiated;
    given.due = due;
    ++told_.moved;
  }
  void own(const Actor& who) {
    if (given_.empty()) return;
    auto& [id, given] = *some_promise();
    const bool expected = given.state == PromiseState::broken;
    const OwnPromise command{id, town_.new_id<EntryId>(), "I am sorry"};
    ASSERT_EQ(town_.run(who, own_promise, command).has_value(), expected);
    if (!expected) return;
    given.state = PromiseState::owned;
    ++told_.owned;
  }

  // As the house does it: again and again until nothing is left for now.
  void watch() {
    heard_.clear();
    for (int turns = 0;; ++turns) {
      ASSERT_LT(turns, 100) << "the watch never ends";
      const auto watched = town_.write([&](Tx& tx) { return keep_watch(tx, system_actor(), 2); });
      ASSERT_TRUE(watched);
      heard_.insert(heard_.end(), town_.news.begin(), town_.news.end());
      if (!watched->next || *watched->next > town_.clock.now()) break;
    }
    for (auto& [id, given] : given_) {
      if (!given.is_open() || given.due > town_.clock.now()) continue;
      given.state = PromiseState::broken;
      ++told_.broken;
      check_both_were_told(id, given);
    }
    check_states();
  }
  // The one it was given to, at her own device, and any colleague: by events as it happens, and by reading.
  void check_both_were_told(PromiseId id, const Given& given) {
    const Someone to = *std::ranges::find_if(
        town_.visitors, [&](const Someone& one) { return town_.strand_of(one.person) == given.strand; });
    const Actor customer = town_.actor(to);
    const ConversationId own = town_.strand_of(joins_.teller_of(to.person));
    const Actor colleague = town_.actor(town_.any_of(town_.colleagues));
    EXPECT_EQ(times_heard(customer, own, id, given), std::pair(1, 1)) << "the customer does not hear of it once";
    EXPECT_EQ(times_heard(colleague, {}, id, given), std::pair(1, 1)) << "a colleague does not hear of it once";
    EXPECT_EQ(times_read(customer, {}, given), 1) << "the customer cannot read of it";
    EXPECT_EQ(times_read(colleague, given.strand, given), 1) << "a colleague cannot read of it";
  }
  // The promise in its new state, and the notice.
  std::pair<int, int> times_heard(const Actor& who, std::optional<ConversationId> own, PromiseId id,
                                  const Given& given) {
    std::pair<int, int> times;
    for (const Event& event : heard_) {
      if (!may_see(who, own, event)) continue;
      const auto* changed = std::get_if<PromiseChanged>(&event.body);
      if (changed && changed->promise.id == id && changed->promise.state == PromiseState::broken) ++times.first;
      const auto* added = std::get_if<EntryAdded>(&event.body);
      if (added && says(added->entry, given)) ++times.second;
    }
    return times;
  }
  std::ptrdiff_t times_read(const Actor& who, std::optional<ConversationId> where, const Given& given) {
    const auto page = town_.look(
        [&](const Snapshot& now) { return list_entries(now, who, ListEntries{.conversation = where, .limit = 100}); });
    if (!page) return -1;
    return std::ranges::count_if(page->entries, [&](const Entry& entry) { return says(entry, given); });
  }
  static bool says(const Entry& entry, const Given& given) {
    return entry.kind == EntryKind::notice && entry.text.find('"' + given.what + '"') != std::string::npos;
  }
  void check_states() {
    town_.look([&](const Snapshot& now) {
      for (const auto& [id, given] : given_) {
        const Promise promise = now.promises().find(id).value();
        EXPECT_EQ(promise.state, given.state);
        EXPECT_EQ(promise.due, given.due);
        EXPECT_EQ(promise.strand, given.strand);
        const Time warn_at = promise.given_at + (given.due - promise.given_at) * 7 / 10;
        EXPECT_TRUE(!given.is_open() || promise.owner_warned || warn_at > town_.clock.now()) << "nobody was warned";
      }
      return 0;
    });
  }

  Town town_;
  Joins joins_;
  Told& told_;
  std::map<PromiseId, Given> given_;
  std::vector<Event> heard_;  // while the watch went round
};

// Whenever the watch has looked, no promise is alive past its time, and both sides were told of every broken one. What
// is past due is not saved any more, whether the watch has come by or not.
TEST_P(ConversationProperty, NoPromiseIsSilentlyPastDue) {
  Told told;
  const auto walks = seeds(many(40));
  for (const std::uint64_t seed : walks) {
    PromiseWalk walk(GetParam(), seed, told);
    for (int step = 0; step < 60; ++step) {
      walk.step();
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
  }
  if (!must_have_tried_all(walks)) return;
  for (const int times : {told.kept, told.moved, told.too_late, told.broken, told.owned})
    EXPECT_GT(times, 0) << "the walks tried too little";
}

}  // namespace
}  // namespace kith::simulation
