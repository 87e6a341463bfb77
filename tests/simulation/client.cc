#include "simulation/client.h"

#include <algorithm>

#include "conversations/catch_up.h"
#include "conversations/may_see.h"
#include "conversations/read_conversation.h"
#include "people/person_facts.h"
#include "people/recognise.h"

namespace kith::simulation {

namespace {

struct Apply {
  View& view;
  Seq seq;
  ConversationId conversation;  // where it is read today
  void operator()(const EntryAdded& it) { view.entries.put(it.entry.id, it.entry.changed_seq, it.entry); }
  void operator()(const EntryChanged& it) { view.entries.put(it.entry.id, it.entry.changed_seq, it.entry); }
  void operator()(const ConversationChanged& it) {
    view.threads.put(it.thread.own.id, seq, it.thread);
    view.people.put(it.person.id, seq, it.person);
  }
  void operator()(const PersonChanged& it) { view.people.put(it.person.id, seq, it.person); }
  void operator()(const TopicChanged& it) { view.topics.put(it.topic.id, seq, it.topic); }
  void operator()(const NoteChanged& it) { view.notes.put(it.note.id, seq, it.note); }
  void operator()(const PromiseChanged& it) { view.promises.put(it.promise.id, seq, it.promise); }
  void operator()(const ReadMarkChanged& it) { view.read.put({conversation, it.mark.by}, seq, it.seq_read); }
  void operator()(const CompanionsChanged& it) { view.companions.put(conversation, seq, it.companions); }
  void operator()(const HandoverChanged&) {}
  void operator()(const DraftChanged&) {}
  void operator()(const LaterChanged& it) { view.laters.put(conversation, seq, it.standing); }
  void operator()(const ScheduledChanged&) {}
  void operator()(const ColleagueChanged& it) { view.colleagues.put(it.person.id, seq, it); }
  void operator()(const SettingsChanged& it) { view.settings.put(0, seq, it.settings); }
  void operator()(const SessionsEnded&) {}
};

// A client counts the newest entry itself; and whether somebody merged away waits or pauses is told in the thread she
// leads to.
Thread as_told(Thread thread, bool is_merged_away) {
  thread.own.last_entry = 0;
  if (is_merged_away) thread.own.waiting_since = thread.own.paused_until = std::nullopt;
  return thread;
}

bool same(const Thread& a, const Thread& b) {
  return a.own == b.own && a.strands == b.strands;
}

template <class Key, class Value>
std::string compare(const char* what, const Held<Key, Value>& held, const std::vector<Value>& truth) {
  std::size_t found = 0;
  for (const Value& value : truth) {
    const auto told = held.all().find(value.id);
    if (told == held.all().end()) return std::string(what) + " not told: " + value.id.text();
    if (!(told->second.value == value)) return std::string(what) + " told wrongly: " + value.id.text();
    ++found;
  }
  if (found != held.all().size()) return std::string(what) + ": more told than there is";
  return {};
}

std::string first_of(std::initializer_list<std::string> differences) {
  for (const std::string& difference : differences)
    if (!difference.empty()) return difference;
  return {};
}

std::string compare_faces(const Snapshot& now, const View& view, Time time) {
  for (const auto& [id, told] : view.colleagues.all()) {
    const auto face = public_face(now.people(), now.access(), now.people().find(id).value(), time).value();
    const bool is_right = face.person == told.value.person && face.hello_line == told.value.hello_line &&
                          face.is_in_team == told.value.is_in_team;
    if (!is_right) return "colleague told wrongly: " + id.text();
  }
  return {};
}

std::string compare_people(const Snapshot& now, const View& view) {
  for (const auto& [id, told] : view.people.all())
    if (told.value != now.people().find(id).value()) return "person told wrongly: " + id.text();
  return {};
}

// What is held for this key, or `nothing_told`.
template <class Key, class Value>
Value held_of(const Held<Key, Value>& held, const Key& key, Value nothing_told) {
  const auto found = held.all().find(key);
  return found == held.all().end() ? nothing_told : found->second.value;
}

std::string compare_desk(const View& view, const ConversationView& truth, bool is_customer) {
  const ConversationId id = truth.thread.own.id;
  const ReadBy mine = is_customer ? ReadBy::customer : ReadBy::colleague;
  const ReadBy other = is_customer ? ReadBy::team : ReadBy::customer;
  if (held_of(view.companions, id, {}) != truth.companions) return "companions told wrongly: " + id.text();
  if (held_of(view.laters, id, {}) != truth.later) return "later told wrongly: " + id.text();
  if (held_of(view.read, {id, mine}, Seq{0}) != truth.read_seq) return "read mark told wrongly: " + id.text();
  if (held_of(view.read, {id, other}, Seq{0}) != truth.read_by_other) return "her read mark told wrongly: " + id.text();
  return {};
}

}  // namespace

void View::apply(const Event& event) {
  std::visit(Apply{*this, event.seq, event.conversation.value_or(ConversationId{})}, event.body);
}

void Client::connect() {
  town_.look([&](const Snapshot& now) {
    const auto actor = recognise_session(now, someone_.token, town_.clock.now());
    is_online_ = actor.has_value();
    if (!actor) return 0;
    actor_ = *actor;
    const LiveStart start = open_live(now, actor_).value();
    const bool is_other_thread = start.thread && (!thread_ || thread_->strands != start.thread->strands);
    thread_ = start.thread;
    if (is_other_thread)
      reload(now);
    else
      catch_up_from_cursor(now);
    return 0;
  });
}

void Client::catch_up_from_cursor(const Snapshot& now) {
  for (bool more = true; more;) {
    const CatchUp query{.after = cursor_, .limit = 1 + town_.random.below(30)};
    const CaughtUp caught = catch_up(now, actor_, query, town_.clock.now()).value();
    for (const Event& event : caught.events) view_.apply(event);
    cursor_ = caught.reached;
    more = caught.more;
  }
}

// The house tells from her cursor on whatever she loads anew: what is of the team is not loaded.
void Client::hear_of_the_house(const Snapshot& now) {
  for (CaughtUp caught{.events = {}, .reached = cursor_, .more = true}; caught.more;) {
    caught = catch_up(now, actor_, {.after = caught.reached, .limit = 500}, town_.clock.now()).value();
    for (const Event& event : caught.events)
      if (!event.conversation) view_.apply(event);
  }
}

void Client::reload(const Snapshot& now) {
  hear_of_the_house(now);
  View fresh;
  fresh.colleagues = view_.colleagues;
  fresh.settings = view_.settings;
  const ConversationView seen = view_conversation(now, actor_, std::nullopt).value();
  const Seq newest = now.changes().newest().value();
  fresh.threads.put(seen.thread.own.id, newest, seen.thread);
  fresh.people.put(seen.person.id, newest, seen.person);
  for (const Topic& topic : seen.topics) fresh.topics.put(topic.id, newest, topic);
  for (const Promise& promise : seen.promises) fresh.promises.put(promise.id, newest, promise);
  fresh.companions.put(seen.thread.own.id, newest, seen.companions);
  fresh.read.put({seen.thread.own.id, ReadBy::customer}, newest, seen.read_seq);
  fresh.read.put({seen.thread.own.id, ReadBy::team}, newest, seen.read_by_other);
  for (ListEntries query{.limit = 7};;) {
    const EntryPage page = list_entries(now, actor_, query).value();
    for (const Entry& entry : page.entries) fresh.entries.put(entry.id, entry.changed_seq, entry);
    if (!page.next) break;
    query.before = page.next;
  }
  view_ = std::move(fresh);
  thread_ = seen.thread;
  cursor_ = newest;
}

void Client::hear(std::span<const Event> events) {
  for (const Event& event : events) {
    if (!is_online_) return;
    const auto* ended = std::get_if<SessionsEnded>(&event.body);
    if (ended && std::ranges::find(ended->sessions, someone_.session) != ended->sessions.end()) return disconnect();
    const auto own = thread_ ? std::optional(thread_->own.id) : std::nullopt;
    if (event.seq > cursor_ && may_see(actor_, own, event)) {
      view_.apply(event);
      const auto* changed = std::get_if<ConversationChanged>(&event.body);
      if (changed && own == changed->thread.own.id && changed->thread.strands != thread_->strands) {
        town_.look([&](const Snapshot& now) { return reload(now), 0; });
      }
    }
    cursor_ = std::max(cursor_, event.seq);
  }
}

std::string Client::difference() {
  return town_.look([&](const Snapshot& now) {
    return actor_.kind == ActorKind::visitor ? visitor_difference(now) : colleague_difference(now);
  });
}

std::string Client::visitor_difference(const Snapshot& now) {
  const ConversationView truth = view_conversation(now, actor_, std::nullopt).value();
  if (!view_.notes.all().empty()) return "a note was shown while it was being written";
  for (const auto& [id, told] : view_.threads.all()) {
    if (id != truth.thread.own.id) return "a stranger's thread was told: " + id.text();
    if (!same(as_told(told.value, false), as_told(truth.thread, false))) return "thread told wrongly: " + id.text();
  }
  return first_of({compare("entry", view_.entries, now.entries().after(truth.thread.strands, 0, 100'000).value()),
                   compare("topic", view_.topics, truth.topics), compare("promise", view_.promises, truth.promises),
                   compare_desk(view_, truth, true), compare_faces(now, view_, town_.clock.now()),
                   compare_people(now, view_)});
}

std::string Client::colleague_difference(const Snapshot& now) {
  std::vector<PersonId> people;
  std::vector<ConversationId> strands;
  for (const auto& group : {town_.colleagues, town_.visitors})
    for (const Someone& someone : group) people.push_back(someone.person);
  for (PersonId person : people) {
    const Conversation own = now.conversations().of_person(person).value();
    strands.push_back(own.id);
    const auto told = view_.threads.all().find(own.id);
    if (told == view_.threads.all().end()) {
      if (own.last_entry != 0) return "conversation not told: " + own.id.text();
      continue;
    }
    const bool is_merged_away = now.people().find(person)->merged_into.has_value();
    const Thread truth = is_merged_away ? Thread{own, {own.id}} : now.conversations().thread_of(person).value();
    if (!same(as_told(told->second.value, is_merged_away), as_told(truth, is_merged_away)))
      return "conversation told wrongly: " + own.id.text();
    // Who was ever joined is loaded again by a real client; this one never does.
    if (!now.people().merges_of(person)->empty()) continue;
    const ConversationView view = view_conversation(now, actor_, own.id).value();
    if (const std::string wrong = compare_desk(view_, view, false); !wrong.empty()) return wrong;
  }
  for (const Person& member : now.people().team_members(town_.clock.now()).value())
    if (!view_.colleagues.all().contains(member.id)) return "colleague not told: " + member.id.text();
  return first_of({compare("entry", view_.entries, now.entries().after({}, 0, 100'000).value()),
                   compare("topic", view_.topics, now.topics().of_strands(strands).value()),
                   compare("promise", view_.promises, now.promises().of_strands(strands).value()),
                   compare("note", view_.notes, now.notes().about(people).value()),
                   compare_faces(now, view_, town_.clock.now()), compare_people(now, view_)});
}

}  // namespace kith::simulation
