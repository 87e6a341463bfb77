// What is said, on random walks: entries are only ever added to, by whoever wrote them (I3), and every voice says what
// it is (I7). Who may do what is worked out here by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "conversations/edit_entry.h"
#include "conversations/read_conversation.h"
#include "conversations/write_message.h"
#include "people/recognise.h"
#include "simulation/seeds.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

using std::chrono::minutes;

class WordsProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
  // Walks from every seed until one fails, and counts what happened. True when so many went well that everything worth
  // trying must have happened.
  template <class Walk, class Counts>
  bool walk_often(Counts& counts) {
    const auto walks = seeds(many(40));
    for (const std::uint64_t seed : walks) {
      Walk walk(GetParam(), seed, counts);
      for (int step = 0; step < 60 && !HasFailure(); ++step) walk.step();
      if (!HasFailure()) walk.check();
      if (!HasFailure()) continue;
      ADD_FAILURE() << replay(seed);
      return false;
    }
    return must_have_tried_all(walks);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, WordsProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

// ---- I3 -------------------------------------------------------------------------------------------------------------

// What was said, told without any of the code under test.
struct Written {
  PersonId by;
  Time at;
  std::vector<std::string> versions;  // taken back is an empty one
  [[nodiscard]] bool is_taken_back() const { return versions.back().empty(); }
};

// How often something happened over all walks, so that no walk passes by doing nothing.
struct Happened {
  int changed = 0;
  int taken_back = 0;
  int refused_to_others = 0;
  int too_late = 0;
};

class EntryWalk {
 public:
  EntryWalk(const StoreKind& kind, std::uint64_t seed, Happened& happened) : town_(kind, seed), happened_(happened) {
    for (const char* called : {"lena", "omar"}) people_.push_back(town_.add_colleague(called));
    for (int i = 0; i < 2; ++i) people_.push_back(town_.add_visitor());
    conversation_ = town_.strand_of(anna().person);
  }

  void step() {
    town_.clock.advance(minutes(town_.random.below(6)));
    const Someone someone = town_.any_of(people_);
    if (written_.empty() || town_.one_in(3)) return write(someone);
    auto chosen = written_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(town_.random.below(written_.size())));
    if (town_.one_in(3))
      take_back(someone, chosen->first, chosen->second);
    else
      edit(someone, chosen->first, chosen->second);
  }

  // Both sides read every version; a stranger reads none.
  void check() {
    for (const Someone& reader : people_) {
      const Actor actor = town_.actor(reader);
      for (const auto& [entry, written] : written_) {
        const auto versions = town_.look([&](const Snapshot& now) { return list_versions(now, actor, entry); });
        ASSERT_EQ(versions.has_value(), reader.person != bela().person);
        if (!versions) continue;
        std::vector<std::string> seen;
        for (const EntryVersion& version : *versions) seen.push_back(version.text);
        EXPECT_EQ(seen, written.versions);
      }
    }
    EXPECT_TRUE(town_.house->is_sound());
  }

 private:
  [[nodiscard]] const Someone& anna() const { return people_[2]; }
  [[nodiscard]] const Someone& bela() const { return people_[3]; }
  // Never said before.
  std::string new_words() { return town_.some_words() + ' ' + std::to_string(++said_); }

  void write(const Someone& someone) {
    const WriteMessage message{.id = town_.new_id<EntryId>(), .conversation = conversation_, .text = new_words()};
    const auto kept = town_.run(town_.actor(someone), write_message, message);
    ASSERT_EQ(kept.has_value(), someone.person != bela().person);
    if (kept) written_[message.id] = {someone.person, town_.clock.now(), {message.text}};
  }
  // The author, for a quarter of an hour.
  bool may_change(const Someone& someone, const Written& written) {
    const bool is_in_time = town_.clock.now() <= written.at + minutes(15);
    if (someone.person != written.by) ++happened_.refused_to_others;
    if (someone.person == written.by && !is_in_time) ++happened_.too_late;
    return someone.person == written.by && is_in_time;
  }
  void edit(const Someone& someone, EntryId entry, Written& written) {
    const EditEntry command{town_.new_id<ActId>(), entry, new_words()};
    const bool expected = may_change(someone, written) && !written.is_taken_back();
    const auto edited = town_.run(town_.actor(someone), edit_entry, command);
    ASSERT_EQ(edited.has_value(), expected);
    if (!edited) return;
    written.versions.push_back(command.text);
    EXPECT_EQ(edited->text, command.text);
    EXPECT_EQ(edited->version, written.versions.size());
    ++happened_.changed;
    if (town_.one_in(3)) EXPECT_EQ(town_.run(town_.actor(someone), edit_entry, command)->version, edited->version);
  }
  void take_back(const Someone& someone, EntryId entry, Written& written) {
    // What is taken back already stays so for its author, however late she says it again.
    const bool is_again = written.is_taken_back() && someone.person == written.by;
    const bool expected = may_change(someone, written) || is_again;
    const auto back = town_.run(town_.actor(someone), take_back_entry, TakeBackEntry{town_.new_id<ActId>(), entry});
    ASSERT_EQ(back.has_value(), expected);
    if (!back || is_again) return;
    written.versions.emplace_back();
    EXPECT_TRUE(back->taken_back);
    ++happened_.taken_back;
  }

  Town town_;
  Happened& happened_;
  std::vector<Someone> people_;  // lena, omar, anna, and bela, who is a stranger here
  ConversationId conversation_;
  std::map<EntryId, Written> written_;
  int said_ = 0;
};

TEST_P(WordsProperty, EntriesAreOnlyEverAddedToAndByTheirAuthors) {
  Happened happened;
  if (!walk_often<EntryWalk>(happened)) return;
  for (const int times : {happened.changed, happened.taken_back, happened.refused_to_others, happened.too_late})
    EXPECT_GT(times, 0) << "the walks tried too little";
}

// ---- I7 -------------------------------------------------------------------------------------------------------------

// A session at a desk, and what became of it, by hand.
struct AtDesk {
  PersonId person;
  Time until;
  bool is_taken = false;
};

struct Voices {
  int human = 0;
  int refused = 0;
  int run_out = 0;
  int taken = 0;
  int machine = 0;
};

class VoiceWalk {
 public:
  VoiceWalk(const StoreKind& kind, std::uint64_t seed, Voices& voices) : town_(kind, seed), voices_(voices) {
    for (const char* called : {"lena", "omar"}) {
      town_.add_colleague(called);
      sign_in(town_.colleagues.back().person);
    }
    anna_ = town_.add_visitor();
    conversation_ = town_.strand_of(anna_.person);
  }

  void step() {
    town_.clock.advance(minutes(town_.random.below(8)));
    switch (town_.random.below(10)) {
      case 0:
        return sign_in(town_.any_of(town_.colleagues).person);
      case 1:
        return take_sessions(town_.any_of(town_.colleagues).person);
      case 2:
        return speak_as_program();
      case 3:
        return speak_as_customer();
      default:
        return speak();
    }
  }

  // What is kept of each is what was true when it was said.
  void check() {
    const auto entries = town_.look([&](const Snapshot& now) { return now.entries().after({}, 0, 1000).value(); });
    EXPECT_EQ(entries.size(), said_.size());
    for (const Entry& entry : entries) EXPECT_EQ(entry.author, said_.at(entry.id));
  }

 private:
  void sign_in(PersonId person) {
    Digest token;
    town_.random.fill(token);
    const Session session{.id = town_.new_id<SessionId>(),
                          .kind = SessionKind::colleague,
                          .person = person,
                          .token_digest = token,
                          .expires_at = town_.clock.now() + minutes(10 + town_.random.below(60))};
    ASSERT_TRUE(town_.write([&](Tx& tx) { return tx.access().add_session(session); }));
    sessions_[session.id] = {person, session.expires_at};
    const auto actor =
        town_.look([&](const Snapshot& now) { return recognise_session(now, token, town_.clock.now()); });
    ASSERT_TRUE(actor);
    actors_.push_back(*actor);
  }
  void take_sessions(PersonId person) {
    ASSERT_TRUE(town_.write([&](Tx& tx) { return tx.access().revoke_sessions(person, {}); }));
    for (auto& [id, session] : sessions_)
      if (session.person == person) session.is_taken = true;
    if (town_.one_in(2)) sign_in(person);
  }

  // As somebody who was recognised at some time, now or long ago, with her session, somebody else's or none.
  void speak() {
    Actor who = town_.any_of(actors_);
    switch (town_.random.below(8)) {
      case 0:
        who.session = std::nullopt;
        break;
      case 1:
        who.session = town_.new_id<SessionId>();
        break;
      case 2:
        who.session = anna_.session;
        break;
      case 3:
        who.session = town_.any_of(actors_).session;
        break;
      default:
        break;
    }
    const bool expected = is_live(who);
    const auto kept = say(who, {.kind = AuthorKind::colleague, .person = who.person, .session = who.session});
    EXPECT_EQ(kept, expected);
    ++(kept ? voices_.human : voices_.refused);
  }
  bool is_live(const Actor& who) {
    if (!who.session || !sessions_.contains(*who.session)) return false;
    const AtDesk& session = sessions_.at(*who.session);
    if (session.person != who.person) return false;
    const bool has_run_out = session.until <= town_.clock.now();
    if (has_run_out && !session.is_taken) ++voices_.run_out;
    if (session.is_taken && !has_run_out) ++voices_.taken;
    return !session.is_taken && !has_run_out;
  }
  void speak_as_program() {
    const std::string name = town_.one_in(2) ? "" : "shop 2";
    const Actor who{.kind = ActorKind::program, .scopes = kWriteEntries, .program_name = name};
    EXPECT_EQ(say(who, {.kind = AuthorKind::machine, .machine = name}), !name.empty()) << "what it is was not said";
    if (!name.empty()) ++voices_.machine;
  }
  void speak_as_customer() {
    EXPECT_TRUE(say(town_.actor(anna_), {.kind = AuthorKind::customer, .person = anna_.person}));
  }
  bool say(const Actor& who, const Author& author) {
    const WriteMessage message{
        .id = town_.new_id<EntryId>(), .conversation = conversation_, .text = town_.some_words()};
    const bool kept = town_.run(who, write_message, message).has_value();
    if (kept) said_[message.id] = author;
    return kept;
  }

  Town town_;
  Voices& voices_;
  Someone anna_;
  ConversationId conversation_;
  std::map<SessionId, AtDesk> sessions_;
  std::vector<Actor> actors_;  // as they were recognised, however long ago
  std::map<EntryId, Author> said_;
};

// Whoever writes, with whatever session and however long after she was recognised: what is kept has a human with a
// session behind it that was live at that moment, or says what it is.
TEST_P(WordsProperty, EveryVoiceSaysWhatItIs) {
  Voices voices;
  if (!walk_often<VoiceWalk>(voices)) return;
  for (const int times : {voices.human, voices.refused, voices.run_out, voices.taken, voices.machine})
    EXPECT_GT(times, 0) << "the walks tried too little";
}

}  // namespace
}  // namespace kith::simulation
