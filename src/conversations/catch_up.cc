#include "conversations/catch_up.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "conversations/later.h"
#include "conversations/may_see.h"
#include "conversations/read_marks.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/person_facts.h"

namespace kith {
namespace {

constexpr std::size_t kMostEvents = 500;

// Turns what is remembered of changes into events with the state of today.
class Retelling {
 public:
  Retelling(const Snapshot& snapshot, Time now) : snapshot_(snapshot), now_(now) {}

  Result<Event> added(Entry entry) {
    KITH_TRY(const Thread thread, thread_with(entry.strand));
    const Seq seq = entry.seq;
    return event_in(thread, seq, EntryAdded{std::move(entry)});
  }

  // not_found when the thing is gone for ever.
  Result<Event> changed(const Change& change) {
    switch (change.kind) {
      case ChangeKind::entry:
        return entry(change);
      case ChangeKind::conversation:
        return conversation(change);
      case ChangeKind::person:
        return person(change);
      case ChangeKind::topic:
        return topic(change);
      case ChangeKind::note:
        return note(change);
      case ChangeKind::promise:
        return promise(change);
      case ChangeKind::colleague:
        return colleague(change);
      case ChangeKind::settings:
        return settings(change);
      case ChangeKind::read_mark:
        return read_mark(change);
      case ChangeKind::companions:
        return companions(change);
      case ChangeKind::handover:
        return handover(change);
      case ChangeKind::draft:
        return draft(change);
      case ChangeKind::later:
        return later(change);
      case ChangeKind::scheduled:
        return scheduled(change);
    }
    return fail(Errc::not_found, "unknown kind of change");
  }

 private:
  Result<Thread> thread_with(ConversationId strand) {
    if (const auto known = threads_.find(strand); known != threads_.end()) return known->second;
    KITH_TRY(Thread thread, snapshot_.conversations().thread_with(strand));
    threads_.emplace(strand, thread);
    return thread;
  }
  Result<Event> entry(const Change& change) {
    KITH_TRY(auto entry, snapshot_.entries().find(EntryId{change.object}));
    KITH_TRY(const Thread thread, thread_with(entry.strand));
    return event_in(thread, change.seq, EntryChanged{std::move(entry)});
  }
  // Of somebody who is merged away only her own strand is told, and where her story went.
  Result<Event> conversation(const Change& change) {
    KITH_TRY(const auto own, snapshot_.conversations().find(ConversationId{change.object}));
    KITH_TRY(const Thread thread, thread_with(own.id));
    KITH_TRY(auto person, snapshot_.people().find(own.person));
    Thread told = person.merged_into ? Thread{own, {own.id}} : thread;
    return event_in(thread, change.seq, ConversationChanged{std::move(told), std::move(person)});
  }
  Result<Event> person(const Change& change) {
    KITH_TRY(auto person, snapshot_.people().find(PersonId{change.object}));
    KITH_TRY(const Thread thread, snapshot_.conversations().thread_of(person.id));
    return event_in(thread, change.seq, PersonChanged{std::move(person)});
  }
  Result<Event> topic(const Change& change) {
    KITH_TRY(auto topic, snapshot_.topics().find(TopicId{change.object}));
    KITH_TRY(const Thread thread, thread_with(topic.strand));
    return event_in(thread, change.seq, TopicChanged{std::move(topic)});
  }
  Result<Event> note(const Change& change) {
    KITH_TRY(auto note, snapshot_.notes().find(NoteId{change.object}));
    KITH_TRY(const Thread thread, snapshot_.conversations().thread_of(note.about));
    return event_in(thread, change.seq, NoteChanged{std::move(note)});
  }
  Result<Event> promise(const Change& change) {
    KITH_TRY(auto promise, snapshot_.promises().find(PromiseId{change.object}));
    KITH_TRY(const Thread thread, thread_with(promise.strand));
    return event_in(thread, change.seq, PromiseChanged{std::move(promise)});
  }
  Result<Event> read_mark(const Change& change) {
    KITH_TRY(const auto mark, snapshot_.read_marks().find(ReadMarkId{change.object}));
    KITH_TRY(const Thread thread, thread_with(mark.strand));
    KITH_TRY(const Seq seq,
             read_up_to(snapshot_.read_marks(), snapshot_.entries(), thread.strands, mark.by, mark.person));
    return event_in(thread, change.seq, ReadMarkChanged{mark, thread.own.person, seq});
  }
  Result<Event> companions(const Change& change) {
    const ConversationId strand{change.object};
    KITH_TRY(const Thread thread, thread_with(strand));
    KITH_TRY(auto people, snapshot_.companions().of_strands(thread.strands, kMostCompanions));
    return event_in(thread, change.seq, CompanionsChanged{strand, std::move(people)});
  }
  Result<Event> handover(const Change& change) {
    KITH_TRY(auto handover, snapshot_.handovers().find(HandoverId{change.object}));
    KITH_TRY(const Thread thread, thread_with(handover.strand));
    return event_in(thread, change.seq, HandoverChanged{std::move(handover)});
  }
  Result<Event> draft(const Change& change) {
    KITH_TRY(auto draft, snapshot_.drafts().find(DraftId{change.object}));
    KITH_TRY(const Thread thread, thread_with(draft.strand));
    return event_in(thread, change.seq, DraftChanged{std::move(draft)});
  }
  Result<Event> later(const Change& change) {
    KITH_TRY(auto later, snapshot_.laters().find(LaterId{change.object}));
    KITH_TRY(const Thread thread, thread_with(later.strand));
    KITH_TRY(auto standing, standing_later(snapshot_.laters(), thread.strands, later.person));
    return event_in(thread, change.seq, LaterChanged{std::move(later), std::move(standing)});
  }
  Result<Event> scheduled(const Change& change) {
    KITH_TRY(auto scheduled, snapshot_.scheduled().find(EntryId{change.object}));
    KITH_TRY(const Thread thread, thread_with(scheduled.strand));
    return event_in(thread, change.seq, ScheduledChanged{std::move(scheduled)});
  }
  Result<Event> colleague(const Change& change) {
    KITH_TRY(const auto person, snapshot_.people().find(PersonId{change.object}));
    KITH_TRY(auto face, public_face(snapshot_.people(), snapshot_.access(), person, now_));
    return Event{change.seq, std::nullopt, std::move(face)};
  }
  Result<Event> settings(const Change& change) {
    KITH_TRY(auto settings, snapshot_.house().settings());
    return Event{change.seq, std::nullopt, SettingsChanged{std::move(settings)}};
  }

  const Snapshot& snapshot_;
  Time now_;
  std::unordered_map<ConversationId, Thread> threads_;  // of this snapshot
};

struct Sight {
  std::optional<ConversationId> own;    // visitors
  std::vector<ConversationId> strands;  // empty: everywhere
};

Result<Sight> sight_of(const Snapshot& snapshot, const Actor& actor) {
  if (actor.kind == ActorKind::visitor) {
    KITH_TRY(auto thread, thread_for(snapshot, actor, std::nullopt));
    return Sight{thread.own.id, std::move(thread.strands)};
  }
  const auto may_read_conversations = may(actor, Verb::read, touched::EveryConversation{});
  const auto may_read_people = may(actor, Verb::read, touched::PersonStory{});
  if (!may_read_people) KITH_CHECK(may_read_conversations);
  return Sight{};
}

// An entry that is new to her comes as added; telling of its changes as well would be telling it twice.
bool is_told_as_added(const Event& event, Seq after) {
  const auto* changed = std::get_if<EntryChanged>(&event.body);
  return changed && changed->entry.seq > after;
}

// The first `limit` of both lists by seq; says whether anything was left over.
bool take_first(std::vector<Entry>& entries, std::vector<Change>& changes, std::size_t limit, Seq& last) {
  const bool has_more = entries.size() + changes.size() > limit;
  std::vector<Seq> seqs;
  seqs.reserve(entries.size() + changes.size());
  for (const Entry& entry : entries) seqs.push_back(entry.seq);
  for (const Change& change : changes) seqs.push_back(change.seq);
  if (!has_more) return false;
  std::ranges::sort(seqs);
  last = seqs[limit - 1];
  std::erase_if(entries, [&](const Entry& entry) { return entry.seq > last; });
  std::erase_if(changes, [&](const Change& change) { return change.seq > last; });
  return true;
}

}  // namespace

Result<CaughtUp> catch_up(const Snapshot& snapshot, const Actor& actor, const CatchUp& query, Time now) {
  KITH_TRY(const Sight sight, sight_of(snapshot, actor));
  CaughtUp caught;
  KITH_TRY(caught.reached, snapshot.changes().newest());
  if (query.after < 0 || query.after > caught.reached) return invalid("after", "not a seq of this house");
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, kMostEvents);
  KITH_TRY(auto entries, snapshot.entries().after(sight.strands, query.after, limit + 1));
  const ChangeScope where{.everything = !sight.own, .strands = sight.strands, .house_too = true};
  KITH_TRY(auto changes, snapshot.changes().after(where, query.after, limit + 1));
  caught.more = take_first(entries, changes, limit, caught.reached);

  Retelling retelling(snapshot, now);
  const auto tell = [&](Event event) {
    if (!is_told_as_added(event, query.after) && may_see(actor, sight.own, event))
      caught.events.push_back(std::move(event));
  };
  for (Entry& entry : entries) {
    KITH_TRY(auto event, retelling.added(std::move(entry)));
    tell(std::move(event));
  }
  for (const Change& change : changes) {
    KITH_TRY(auto event, if_found(retelling.changed(change)));
    if (event) tell(std::move(*event));
  }
  std::ranges::sort(caught.events, {}, &Event::seq);
  return caught;
}

Result<LiveStart> open_live(const Snapshot& snapshot, const Actor& actor) {
  LiveStart start;
  KITH_TRY(const Sight sight, sight_of(snapshot, actor));
  if (sight.own) {
    KITH_TRY(start.thread, thread_for(snapshot, actor, std::nullopt));
  }
  KITH_TRY(start.newest, snapshot.changes().newest());
  return start;
}

}  // namespace kith
