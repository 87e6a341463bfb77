#include "simulation/small_day.h"

#include <algorithm>

#include "conversations/edit_entry.h"
#include "conversations/keep_watch.h"
#include "conversations/later.h"
#include "conversations/notes.h"
#include "conversations/pause.h"
#include "conversations/promises.h"
#include "conversations/schedule.h"
#include "conversations/topics.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "people/person_facts.h"
#include "people/persons.h"
#include "people/recognise.h"
#include "simulation/dump.h"

namespace kith::simulation {

namespace {

constexpr std::size_t kMostVisitors = 7;

}  // namespace

SmallDay::SmallDay(const StoreKind& kind, std::uint64_t seed, DayOptions options)
    : town_(kind, seed), options_(options) {
  board_.on_change([this](const Presence& presence) { seen_presence_[presence.person] = presence; });
}

std::string SmallDay::live() {
  open_house();
  for (int i = 0; i < options_.steps && wrong_.empty(); ++i) step();
  for (Client& client : clients_)
    if (!client.is_online()) client.connect();
  if (wrong_.empty()) check_everything();
  if (wrong_.empty() && !town_.house->is_sound()) fail_with("the store is not sound");
  return wrong_;
}

std::string SmallDay::dump() {
  std::vector<PersonId> people;
  for (const auto& group : {town_.colleagues, town_.visitors})
    for (const Someone& someone : group) people.push_back(someone.person);
  return town_.look([&](const Snapshot& now) { return simulation::dump(now, people); });
}

void SmallDay::open_house() {
  for (const char* called : {"lena", "omar"}) {
    clients_.emplace_back(town_, town_.add_colleague(called));
    deliver();
  }
  for (int i = 0; i < 3; ++i) newcomer();
  for (Client& client : clients_) client.connect();
}

void SmallDay::step() {
  town_.clock.advance(std::chrono::seconds(1 + town_.random.below(90)));
  act();
  if (wrong_.empty()) check_clients();
}

void SmallDay::act() {
  switch (town_.random.below(22)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return write();
    case 4:
    case 5:
      return edit();
    case 6:
    case 7:
      return topic();
    case 8:
    case 9:
      return promise();
    case 10:
      return note();
    case 11:
      return town_.one_in(2) ? rename() : newcomer();
    case 12:
      return merge();
    case 13:
      return let_time_pass();
    case 14:
      return presence();
    case 15:
    case 16:
      return desk();
    case 17:
    case 18:
    case 19:
    case 20:
      return mind();
    default:
      return connections();
  }
}

void SmallDay::fail_with(const std::string& what) {
  if (wrong_.empty()) wrong_ = what;
}

// ---- who

Actor SmallDay::some_colleague() {
  return town_.actor(town_.any_of(town_.colleagues));
}

Actor SmallDay::somebody() {
  return town_.one_in(2) ? some_colleague() : town_.actor(town_.any_of(town_.visitors));
}

ConversationId SmallDay::some_conversation() {
  return town_.strand_of(town_.any_of(town_.visitors).person);
}

// ---- what they do

void SmallDay::write() {
  const Actor who = somebody();
  WriteMessage command{.id = town_.new_id<EntryId>(), .text = town_.some_words()};
  if (who.kind == ActorKind::colleague || town_.one_in(6)) command.conversation = some_conversation();
  if (!topics_.empty() && town_.one_in(3)) command.topics = {town_.any_of(topics_)};
  const auto answer = attempt(who, write_message, command);
  if (answer) said_[command.id] = command.text;
}

void SmallDay::edit() {
  if (said_.empty()) return;
  auto chosen = said_.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(town_.random.below(said_.size())));
  const Actor who = somebody();
  if (town_.one_in(3)) {
    static_cast<void>(attempt(who, take_back_entry, TakeBackEntry{town_.new_id<ActId>(), chosen->first}));
  } else {
    static_cast<void>(attempt(who, edit_entry, EditEntry{town_.new_id<ActId>(), chosen->first, town_.some_words()}));
  }
}

void SmallDay::topic() {
  if (topics_.empty() || town_.one_in(4)) {
    CreateTopic command{
        .id = town_.new_id<TopicId>(), .conversation = some_conversation(), .title = town_.some_words()};
    if (!said_.empty() && town_.one_in(2)) command.entries = {said_.rbegin()->first};
    if (attempt(some_colleague(), create_topic, command)) topics_.push_back(command.id);
    return;
  }
  const TopicId topic = town_.any_of(topics_);
  switch (town_.random.below(4)) {
    case 0:
      static_cast<void>(attempt(somebody(), settle_topic, SettleTopic{topic}));
      return;
    case 1:
      static_cast<void>(attempt(somebody(), reopen_topic, ReopenTopic{topic}));
      return;
    case 2:
      static_cast<void>(attempt(some_colleague(), rename_topic, RenameTopic{topic, town_.some_words()}));
      return;
    default:
      break;
  }
  MoveTopic move{topic, static_cast<TopicState>(town_.random.below(6)), {}};
  if (move.to == TopicState::waiting_for_date) move.until = town_.clock.now() + std::chrono::minutes(20);
  static_cast<void>(attempt(some_colleague(), move_topic, move));
}

void SmallDay::promise() {
  const Time soon = town_.clock.now() + std::chrono::minutes(1 + town_.random.below(90));
  if (promises_.empty() || town_.one_in(3)) {
    const MakePromise command{
        .id = town_.new_id<PromiseId>(), .conversation = some_conversation(), .what = town_.some_words(), .due = soon};
    if (attempt(some_colleague(), make_promise, command)) promises_.push_back(command.id);
    return;
  }
  const PromiseId promise = town_.any_of(promises_);
  switch (town_.random.below(3)) {
    case 0:
      static_cast<void>(attempt(some_colleague(), keep_promise, KeepPromise{promise}));
      return;
    case 1:
      static_cast<void>(attempt(some_colleague(), renegotiate_promise, RenegotiatePromise{promise, {}, soon, true}));
      return;
    default:
      break;
  }
  const OwnPromise own{promise, town_.new_id<EntryId>(), "I am sorry"};
  if (attempt(some_colleague(), own_promise, own)) said_[own.apology] = own.text;
}

void SmallDay::note() {
  if (notes_.empty() || town_.one_in(2)) {
    const WriteNote command{town_.new_id<NoteId>(), town_.any_of(town_.visitors).person, town_.some_words()};
    if (attempt(some_colleague(), write_note, command)) notes_.push_back(command.id);
    return;
  }
  const NoteId note = town_.any_of(notes_);
  if (town_.one_in(3)) {
    static_cast<void>(attempt(some_colleague(), take_back_note, TakeBackNote{note}));
    return;
  }
  const auto version = town_.look([&](const Snapshot& now) { return now.notes().find(note).value().version; });
  static_cast<void>(attempt(some_colleague(), change_note, ChangeNote{note, version, town_.some_words()}));
}

void SmallDay::rename() {
  const Actor who = somebody();
  RenamePerson command{.person = who.person, .called = town_.some_words()};
  if (who.kind == ActorKind::colleague && town_.one_in(2)) command.person = town_.any_of(town_.visitors).person;
  static_cast<void>(attempt(who, rename_person, command));
}

void SmallDay::merge() {
  if (!options_.with_merges) return;
  if (!merges_.empty() && town_.one_in(2)) {
    static_cast<void>(attempt(some_colleague(), undo_merge, UndoMerge{town_.any_of(merges_)}));
    return;
  }
  const MergePeople command{town_.new_id<MergeId>(), town_.any_of(town_.visitors).person,
                            town_.any_of(town_.visitors).person, "the same voice"};
  if (attempt(some_colleague(), merge_people, command)) merges_.push_back(command.id);
}

void SmallDay::let_time_pass() {
  town_.clock.advance(std::chrono::minutes(town_.random.below(40)));
  auto pass = [&]<class Answer>(Result<Answer> (*watch)(Tx&, const Actor&, const std::size_t&)) {
    static_cast<void>(attempt(system_actor(), watch, std::size_t{1000}));
  };
  pass(+[](Tx& tx, const Actor& actor, const std::size_t& limit) { return keep_watch(tx, actor, limit); });
  pass(+[](Tx& tx, const Actor& actor, const std::size_t& limit) { return wake_topics(tx, actor, limit); });
  pass(+[](Tx& tx, const Actor& actor, const std::size_t& limit) { return wake_laters(tx, actor, limit); });
  pass(+[](Tx& tx, const Actor& actor, const std::size_t& limit) { return send_scheduled(tx, actor, limit); });
  pass(+[](Tx& tx, const Actor& actor, const std::size_t& limit) { return end_pauses(tx, actor, limit); });
  town_.look([&](const Snapshot& now) { return check_promises(now), 0; });
}

void SmallDay::presence() {
  board_.set({.person = town_.any_of(town_.colleagues).person,
              .level = static_cast<PresenceLevel>(town_.random.below(5)),
              .written_capacity = static_cast<int>(town_.random.below(4))});
  for (const Presence& presence : board_.who_is_there())
    if (seen_presence_[presence.person] != presence) fail_with("a desk was not told of a presence");
}

void SmallDay::connections() {
  Client& client = clients_[town_.random.below(clients_.size())];
  if (client.is_online())
    client.disconnect();
  else
    client.connect();
}

void SmallDay::newcomer() {
  if (town_.visitors.size() >= kMostVisitors) return;
  clients_.emplace_back(town_, town_.add_visitor());
  deliver();
}

// ---- what can go wrong

void SmallDay::end_process() {
  town_.house->reopen();
  for (Client& client : clients_) client.disconnect();
  for (const Presence& presence : board_.who_is_there()) board_.clear(presence.person);
}

void SmallDay::deliver() {
  for (const Event& event : town_.news) {
    if (event.seq <= last_heard_) fail_with("an event came with a seq that is not newer");
    last_heard_ = event.seq;
  }
  for (Client& client : clients_) client.hear(town_.news);
}

// ---- what must be true

void SmallDay::check_everything() {
  check_clients();
  town_.look([&](const Snapshot& now) {
    check_conversations(now);
    check_words(now);
    return 0;
  });
}

void SmallDay::check_clients() {
  for (Client& client : clients_) {
    if (!client.is_online()) continue;
    const std::string difference = client.difference();
    if (!difference.empty()) fail_with("a client holds something else than the store: " + difference);
  }
}

// Exactly one conversation per person, every strand in exactly one thread, and nobody waits without a reason (I2).
void SmallDay::check_conversations(const Snapshot& now) {
  std::map<ConversationId, int> told_in;
  for (const Someone& someone : town_.visitors) {
    const Person person = now.people().find(someone.person).value();
    if (!now.conversations().of_person(person.id)) fail_with("a person without her conversation");
    if (person.merged_into) continue;
    const Thread thread = now.conversations().thread_of(person.id).value();
    for (ConversationId strand : thread.strands) ++told_in[strand];
    // Her word may have been answered in a thread she was part of for a while; reading her strand alone cannot tell.
    const auto merges = now.people().merges_of(person.id).value();
    if (std::ranges::any_of(merges, [](const Merge& merge) { return merge.undone_at.has_value(); })) continue;
    if (thread.own.waiting_since != waits_since(now.conversations(), now.entries(), thread).value())
      fail_with("somebody waits since another time than her oldest unanswered word: " + thread.own.id.text());
  }
  if (told_in.size() != town_.visitors.size()) fail_with("a strand is told nowhere");
  for (const auto& [strand, times] : told_in)
    if (times != 1) fail_with("a strand is told twice");
}

// Never silently past due (I12).
void SmallDay::check_promises(const Snapshot& now) {
  if (!now.promises().due(town_.clock.now(), 1)->empty()) fail_with("a promise is silently past due");
}

// What somebody was told is kept is kept, with the first words she said (I3).
void SmallDay::check_words(const Snapshot& now) {
  for (const auto& [id, text] : said_) {
    const auto versions = now.entries().versions(id);
    if (!versions) return fail_with("an entry that was confirmed is gone: " + id.text());
    if (versions->front().text != text) fail_with("the first words of an entry changed: " + id.text());
  }
}

}  // namespace kith::simulation
