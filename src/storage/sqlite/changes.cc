// What changed, for those who were away.
#include <algorithm>
#include <variant>

#include "storage/sqlite/changes.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

Change read_change(Row& row) {
  return {.seq = row.integer(), .kind = row.choice<ChangeKind>(), .object = row.id_bytes()};
}

// What a change is about and which strand it is told under: the thing's own, so that it is found there after a merge as
// well as after its undoing.
struct Remembered {
  ChangeKind kind;
  IdBytes object{};
  std::optional<ConversationId> strand;
  std::optional<PersonId> person;  // instead of `strand`: the conversation of this person
};

struct Describe {
  using Answer = std::optional<Remembered>;
  const std::optional<ConversationId>& conversation;

  Answer operator()(const EntryAdded&) const { return std::nullopt; }
  Answer operator()(const SessionsEnded&) const { return std::nullopt; }
  Answer operator()(const EntryChanged& event) const {
    return Remembered{ChangeKind::entry, event.entry.id.bytes, event.entry.strand, {}};
  }
  Answer operator()(const ConversationChanged& event) const {
    return Remembered{ChangeKind::conversation, event.thread.own.id.bytes, event.thread.own.id, {}};
  }
  Answer operator()(const PersonChanged& event) const {
    return Remembered{ChangeKind::person, event.person.id.bytes, conversation, event.person.id};
  }
  Answer operator()(const TopicChanged& event) const {
    return Remembered{ChangeKind::topic, event.topic.id.bytes, event.topic.strand, {}};
  }
  Answer operator()(const NoteChanged& event) const {
    return Remembered{ChangeKind::note, event.note.id.bytes, conversation, event.note.about};
  }
  Answer operator()(const PromiseChanged& event) const {
    return Remembered{ChangeKind::promise, event.promise.id.bytes, event.promise.strand, {}};
  }
  Answer operator()(const ReadMarkChanged& event) const {
    return Remembered{ChangeKind::read_mark, event.mark.id.bytes, event.mark.strand, {}};
  }
  Answer operator()(const CompanionsChanged& event) const {
    return Remembered{ChangeKind::companions, event.strand.bytes, event.strand, {}};
  }
  Answer operator()(const HandoverChanged& event) const {
    return Remembered{ChangeKind::handover, event.handover.id.bytes, event.handover.strand, {}};
  }
  Answer operator()(const DraftChanged& event) const {
    return Remembered{ChangeKind::draft, event.draft.id.bytes, event.draft.strand, {}};
  }
  Answer operator()(const LaterChanged& event) const {
    return Remembered{ChangeKind::later, event.later.id.bytes, event.later.strand, {}};
  }
  Answer operator()(const ScheduledChanged& event) const {
    return Remembered{ChangeKind::scheduled, event.scheduled.id.bytes, event.scheduled.strand, {}};
  }
  Answer operator()(const ColleagueChanged& event) const {
    return Remembered{ChangeKind::colleague, event.person.id.bytes, conversation, {}};
  }
  Answer operator()(const SettingsChanged&) const { return Remembered{ChangeKind::settings, {}, conversation, {}}; }
};

Result<std::optional<RowId>> strand_of(Connection& database, const Remembered& thing) {
  if (thing.person) {
    KITH_TRY(auto own, database.maybe(R"sql(
        select id from conversations where person_id = (select id from persons where public_id = ?))sql",
                                      read_row_id, *thing.person));
    if (own) return own;
  }
  if (!thing.strand) return std::optional<RowId>();
  return database.maybe("select id from conversations where public_id = ?", read_row_id, *thing.strand);
}

}  // namespace

Result<Seq> newest_seq(Connection& database) {
  return database.number(R"sql(
      select max(coalesce((select max(seq) from entries), 0), coalesce((select max(seq) from entry_versions), 0),
                 coalesce((select max(seq) from changes), 0), coalesce((select max(seq) from kept_seqs), 0)))sql");
}

Result<void> remember(Connection& database, const Event& event) {
  const auto thing = std::visit(Describe{event.conversation}, event.body);
  if (!thing) return {};
  KITH_TRY(auto strand, strand_of(database, *thing));
  return database.write(R"sql(
      insert into changes (seq, kind, object_public_id, conversation_id) values (?, ?, ?, ?)
      on conflict (kind, object_public_id) do update
          set seq = excluded.seq, conversation_id = excluded.conversation_id where excluded.seq > seq)sql",
                        event.seq, thing->kind, thing->object, strand);
}

Result<void> keep_seq(Connection& database, Seq seq) {
  return database.write(R"sql(
      insert into kept_seqs (id, seq) values (1, ?) on conflict (id) do update set seq = max(seq, excluded.seq))sql",
                        seq);
}

Result<Seq> ChangeRoom::newest() const {
  return newest_seq(db);
}

Result<std::vector<Change>> ChangeRoom::after(const ChangeScope& scope, Seq after, std::size_t limit) const {
  if (scope.everything)
    return db.all("select seq, kind, object_public_id from changes where seq > ? order by seq limit ?", read_change,
                  after, limit);
  std::vector<Change> found;
  if (scope.house_too) {
    KITH_TRY(found, db.all(R"sql(
        select seq, kind, object_public_id from changes
        where conversation_id is null and kind in (6, 7) and seq > ? order by seq limit ?)sql",
                           read_change, after, limit));
  }
  for (ConversationId strand : scope.strands) {
    KITH_TRY(auto some, db.all(R"sql(
        select seq, kind, object_public_id from changes
        where conversation_id = (select id from conversations where public_id = ?) and seq > ? order by seq limit ?)sql",
                               read_change, strand, after, limit));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &Change::seq);
  auto doubles = std::ranges::unique(found, {}, &Change::seq);
  found.erase(doubles.begin(), doubles.end());
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace kith::sqlite
