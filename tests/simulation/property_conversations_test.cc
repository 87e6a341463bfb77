// Conversations on random walks: entries are only ever added to (I3), nothing is asked twice (I6), every voice says
// what it is (I7), and no promise is silently past due (I12).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "conversations/asks.h"
#include "conversations/edit_entry.h"
#include "conversations/keep_watch.h"
#include "conversations/promises.h"
#include "conversations/read_conversation.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "people/persons.h"
#include "people/recognise.h"
#include "simulation/seeds.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

class ConversationProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ConversationProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

ConversationId conversation_of(Town& town, const Someone& someone) {
  return town.look([&](const Snapshot& now) { return now.conversations().of_person(someone.person).value().id; });
}

// ---- I3 -------------------------------------------------------------------------------------------------------------

TEST_P(ConversationProperty, EntriesAreOnlyEverAddedTo) {
  for (const std::uint64_t seed : seeds(many(40))) {
    Town town(GetParam(), seed);
    const Someone lena = town.add_colleague("lena");
    const Someone anna = town.add_visitor();
    const ConversationId conversation = conversation_of(town, anna);
    std::map<EntryId, std::vector<std::string>> model;  // the text of every version; taken back is an empty one
    for (int step = 0; step < 25; ++step) {
      town.clock.advance(std::chrono::minutes(town.random.below(6)));
      const Actor who = town.actor(town.one_in(2) ? lena : anna);
      if (model.empty() || town.one_in(2)) {
        const WriteMessage message{
            .id = town.new_id<EntryId>(), .conversation = conversation, .text = town.some_words()};
        ASSERT_TRUE(town.run(who, write_message, message)) << replay(seed);
        model[message.id] = {message.text};
        continue;
      }
      auto chosen = model.begin();
      std::advance(chosen, static_cast<std::ptrdiff_t>(town.random.below(model.size())));
      auto& [entry, texts] = *chosen;
      const std::size_t versions = texts.size();
      if (town.one_in(3)) {
        const auto back = town.run(who, take_back_entry, TakeBackEntry{town.new_id<ActId>(), entry});
        if (back && back->version > versions) texts.emplace_back();
      } else {
        const EditEntry edit{town.new_id<ActId>(), entry, town.some_words()};
        const auto edited = town.run(who, edit_entry, edit);
        if (edited && edited->version > versions) texts.push_back(edit.text);
      }
    }
    for (const Someone& reader : {lena, anna}) {
      const Actor actor = town.actor(reader);
      for (const auto& [entry, texts] : model) {
        const auto versions = town.look([&](const Snapshot& now) { return list_versions(now, actor, entry); });
        ASSERT_TRUE(versions) << replay(seed);
        std::vector<std::string> seen;
        for (const EntryVersion& version : *versions) seen.push_back(version.text);
        ASSERT_EQ(seen, texts) << replay(seed);
      }
    }
    ASSERT_TRUE(town.house->is_sound()) << replay(seed);
  }
}

// ---- I6 -------------------------------------------------------------------------------------------------------------

// Once anybody in the thread has answered or declined, or we know it anyway, the machine may not ask again; also not
// after her records were joined.
TEST_P(ConversationProperty, NothingIsAskedTwice) {
  const std::vector<std::string> fields{"called", "reply_address", "shoe_size"};
  for (const std::uint64_t seed : seeds(many(60))) {
    Town town(GetParam(), seed);
    const Someone lena = town.add_colleague("lena");
    for (int i = 0; i < 3; ++i) town.add_visitor();
    std::map<PersonId, std::map<std::string, bool>> told;  // by the person who told us
    std::map<PersonId, PersonId> into;
    for (int step = 0; step < 30; ++step) {
      town.clock.advance(std::chrono::minutes(1));
      const Someone someone = town.any_of(town.visitors);
      const Actor who = town.actor(someone);
      const std::string field = town.any_of(fields);
      switch (town.random.below(8)) {
        case 0: {
          const AnswerAsk answer{{}, field, town.one_in(2) ? AskState::answered : AskState::declined};
          ASSERT_TRUE(town.run(who, answer_ask, answer)) << replay(seed);
          told[who.person][field] = true;
          break;
        }
        case 1:
          if (town.run(who, rename_person, RenamePerson{who.person, town.some_words(), {}, {}}))
            told[who.person]["called"] = true;
          break;
        case 2: {
          const ClaimIdentity claim{town.new_id<IdentityId>(), who.person, IdentityKind::email,
                                    "a" + std::to_string(step) + "@home.example"};
          ASSERT_TRUE(town.run(who, claim_identity, claim)) << replay(seed);
          told[who.person]["reply_address"] = true;
          break;
        }
        case 3: {
          const PersonId target = town.any_of(town.visitors).person;
          const MergePeople merge{town.new_id<MergeId>(), someone.person, target, "the same voice"};
          if (town.run(town.actor(lena), merge_people, merge)) into[someone.person] = target;
          break;
        }
        default:
          break;
      }
      bool is_told = false;
      for (const auto& [person, answers] : told) {
        PersonId teller = person;
        while (into.contains(teller)) teller = into.at(teller);
        is_told = is_told || (teller == town.actor(someone).person && answers.contains(field));
      }
      const auto decision = town.run(town.actor(someone), ask_once, AskOnce{{}, field});
      ASSERT_TRUE(decision) << replay(seed);
      if (is_told) ASSERT_FALSE(decision->may_ask) << field << " would be asked again; " << replay(seed);
    }
  }
}

// ---- I7 -------------------------------------------------------------------------------------------------------------

// Whoever writes, with whatever session: what is kept has a human with a live session behind it or says what it is.
TEST_P(ConversationProperty, EveryVoiceSaysWhatItIs) {
  for (const std::uint64_t seed : seeds(many(40))) {
    Town town(GetParam(), seed);
    const Someone lena = town.add_colleague("lena");
    const Someone omar = town.add_colleague("omar");
    const Someone anna = town.add_visitor();
    const ConversationId conversation = conversation_of(town, anna);
    for (int step = 0; step < 20; ++step) {
      Actor who = town.actor(town.one_in(2) ? lena : omar);
      switch (town.random.below(6)) {
        case 0:
          who.session = std::nullopt;
          break;
        case 1:
          who.session = town.new_id<SessionId>();
          break;
        case 2:
          who.session = town.actor(anna).session;
          break;
        case 3:
          who.session = who.person == lena.person ? omar.session : lena.session;
          break;
        case 4:
          who = {.kind = ActorKind::program, .scopes = kWriteEntries, .program_name = town.one_in(2) ? "" : "shop 2"};
          break;
        default:
          break;
      }
      const WriteMessage message{.id = town.new_id<EntryId>(), .conversation = conversation, .text = town.some_words()};
      static_cast<void>(town.run(who, write_message, message));
      if (town.one_in(10))
        static_cast<void>(town.write([&](Tx& tx) { return tx.access().revoke_sessions(omar.person, {}); }));
    }
    town.look([&](const Snapshot& now) {
      for (const Entry& entry : now.entries().after({}, 0, 1000).value()) {
        if (entry.author.kind == AuthorKind::colleague) {
          EXPECT_TRUE(entry.author.person && entry.author.session) << replay(seed);
          const auto session = now.access().session(*entry.author.session);
          EXPECT_TRUE(session && session->person == *entry.author.person) << replay(seed);
        } else {
          EXPECT_FALSE(entry.author.machine.empty()) << replay(seed);
        }
      }
      return 0;
    });
    ASSERT_FALSE(HasFailure()) << replay(seed);
  }
}

// ---- I12 ------------------------------------------------------------------------------------------------------------

// Whenever the watch has looked, no promise is alive past its time, and both sides were told of every broken one.
TEST_P(ConversationProperty, NoPromiseIsSilentlyPastDue) {
  for (const std::uint64_t seed : seeds(many(40))) {
    Town town(GetParam(), seed);
    const Someone lena = town.add_colleague("lena");
    const Someone anna = town.add_visitor();
    const ConversationId conversation = conversation_of(town, anna);
    std::vector<PromiseId> promises;
    for (int step = 0; step < 25; ++step) {
      const Actor who = town.actor(lena);
      const Time soon = town.clock.now() + std::chrono::minutes(1 + town.random.below(120));
      if (promises.empty() || town.one_in(2)) {
        const MakePromise promise{
            .id = town.new_id<PromiseId>(), .conversation = conversation, .what = town.some_words(), .due = soon};
        ASSERT_TRUE(town.run(who, make_promise, promise)) << replay(seed);
        promises.push_back(promise.id);
      } else if (town.one_in(2)) {
        static_cast<void>(town.run(who, keep_promise, KeepPromise{town.any_of(promises)}));
      } else {
        const RenegotiatePromise later{town.any_of(promises), {}, soon, true};
        static_cast<void>(town.run(who, renegotiate_promise, later));
      }
      town.clock.advance(std::chrono::minutes(town.random.below(50)));
      // As the house does it: again and again until nothing is left for now.
      for (int turns = 0;; ++turns) {
        ASSERT_LT(turns, 100) << "the watch never ends; " << replay(seed);
        const auto watched = town.write([&](Tx& tx) { return keep_watch(tx, system_actor(), 2); });
        ASSERT_TRUE(watched) << replay(seed);
        if (!watched->next || *watched->next > town.clock.now()) break;
      }
      town.look([&](const Snapshot& now) {
        const std::vector<ConversationId> strand{conversation};
        std::ptrdiff_t broken = 0;
        for (const Promise& promise : now.promises().of_strands(strand).value()) {
          EXPECT_FALSE(promise.is_alive() && promise.due <= town.clock.now()) << replay(seed);
          const Time warn_at = promise.given_at + (promise.due - promise.given_at) * 7 / 10;
          EXPECT_TRUE(!promise.is_alive() || promise.owner_warned || warn_at > town.clock.now()) << replay(seed);
          if (promise.state == PromiseState::broken) ++broken;
        }
        const auto entries = now.entries().after(strand, 0, 1000).value();
        EXPECT_EQ(std::ranges::count(entries, EntryKind::notice, &Entry::kind), broken) << replay(seed);
        return 0;
      });
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
  }
}

}  // namespace
}  // namespace kith::simulation
