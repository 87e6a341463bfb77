// What changed, for those who were away, in memory.
#include <algorithm>
#include <variant>

#include "storage/memory/rooms.h"

namespace kith::memory {

namespace {

// What an event is about, and which strand it is told under: the thing's own, so that it is found there after a merge
// as well as after its undoing.
struct Remembered {
  ChangeKey key;
  std::optional<ConversationId> strand;
};

struct Describe {
  using Answer = std::optional<Remembered>;
  const State& state;
  const std::optional<ConversationId>& conversation;

  [[nodiscard]] std::optional<ConversationId> of_person(PersonId person) const {
    const ConversationId* own = state.conversation_of.find(person);
    return own ? *own : conversation;
  }
  Answer operator()(const EntryAdded&) const { return std::nullopt; }
  Answer operator()(const SessionsEnded&) const { return std::nullopt; }
  Answer operator()(const EntryChanged& event) const {
    return Remembered{{ChangeKind::entry, event.entry.id.bytes}, event.entry.strand};
  }
  Answer operator()(const ConversationChanged& event) const {
    return Remembered{{ChangeKind::conversation, event.thread.own.id.bytes}, event.thread.own.id};
  }
  Answer operator()(const PersonChanged& event) const {
    return Remembered{{ChangeKind::person, event.person.id.bytes}, of_person(event.person.id)};
  }
  Answer operator()(const TopicChanged& event) const {
    return Remembered{{ChangeKind::topic, event.topic.id.bytes}, event.topic.strand};
  }
  Answer operator()(const NoteChanged& event) const {
    return Remembered{{ChangeKind::note, event.note.id.bytes}, of_person(event.note.about)};
  }
  Answer operator()(const PromiseChanged& event) const {
    return Remembered{{ChangeKind::promise, event.promise.id.bytes}, event.promise.strand};
  }
  Answer operator()(const ReadMarkChanged& event) const {
    return Remembered{{ChangeKind::read_mark, event.mark.id.bytes}, event.mark.strand};
  }
  Answer operator()(const CompanionsChanged& event) const {
    return Remembered{{ChangeKind::companions, event.strand.bytes}, event.strand};
  }
  Answer operator()(const HandoverChanged& event) const {
    return Remembered{{ChangeKind::handover, event.handover.id.bytes}, event.handover.strand};
  }
  Answer operator()(const DraftChanged& event) const {
    return Remembered{{ChangeKind::draft, event.draft.id.bytes}, event.draft.strand};
  }
  Answer operator()(const LaterChanged& event) const {
    return Remembered{{ChangeKind::later, event.later.id.bytes}, event.later.strand};
  }
  Answer operator()(const ScheduledChanged& event) const {
    return Remembered{{ChangeKind::scheduled, event.scheduled.id.bytes}, event.scheduled.strand};
  }
  Answer operator()(const ColleagueChanged& event) const {
    return Remembered{{ChangeKind::colleague, event.person.id.bytes}, conversation};
  }
  Answer operator()(const SettingsChanged&) const {
    return Remembered{{ChangeKind::settings, IdBytes{}}, conversation};
  }
};

bool is_in_scope(const ChangeScope& scope, ChangeKind kind, const std::optional<ConversationId>& strand) {
  if (scope.everything) return true;
  if (strand) return std::ranges::find(scope.strands, *strand) != scope.strands.end();
  return scope.house_too && (kind == ChangeKind::colleague || kind == ChangeKind::settings);
}

}  // namespace

Result<Seq> ChangeRoom::newest() const {
  return state.newest;
}

Result<std::vector<Change>> ChangeRoom::after(const ChangeScope& scope, Seq after, std::size_t limit) const {
  std::vector<Change> found;
  const auto& rows = state.change_by_seq.rows();
  for (auto at = rows.upper_bound(after); at != rows.end() && found.size() < limit; ++at) {
    const ChangeKey& key = at->second.value;
    const ChangeRow& row = *state.changes.find(key);
    if (is_in_scope(scope, key.first, row.scope)) found.push_back({row.seq, key.first, key.second});
  }
  return found;
}

void ChangeRoom::remember(const Event& event) {
  note_newest(state, journal, event.seq);
  const auto thing = std::visit(Describe{state, event.conversation}, event.body);
  if (!thing) return;
  if (const ChangeRow* before = state.changes.find(thing->key)) state.change_by_seq.erase(journal, before->seq);
  state.changes.put(journal, thing->key, {event.seq, thing->strand});
  state.change_by_seq.put(journal, event.seq, thing->key);
}

}  // namespace kith::memory
