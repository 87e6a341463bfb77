// Conversations, and how their strands are read together.
#include <algorithm>
#include <map>

#include "storage/sqlite/columns.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

// The stored last_entry lags behind inside a commit group, so it is asked of the entries themselves.
#define KITH_CONVERSATION_COLUMNS \
  R"sql(c.public_id, p.public_id, c.waiting_since,
        coalesce((select e.seq from entries e where e.conversation_id = c.id order by e.seq desc limit 1), 0), c.created_at,
        c.paused_until)sql"

Conversation read_conversation(Row& row) {
  return {.id = row.id<ConversationId>(),
          .person = row.id<PersonId>(),
          .waiting_since = row.maybe_time(),
          .last_entry = row.integer(),
          .created_at = row.time(),
          .paused_until = row.maybe_time()};
}

struct Candidate {
  Seq last_entry = 0;
  RowId person = 0;
};

// A conversation with what decides whose thread it is part of. Most people were never merged, so that this one look-up
// is the whole answer; a message is written with it.
struct Teller {
  KnownThread known;
  std::optional<RowId> target;  // of the merge that stands
  bool has_merged = false;      // somebody else's story is told here
};
#define KITH_SELECT_TELLER                                                                          \
  "select " KITH_CONVERSATION_COLUMNS                                                               \
  ", c.id, p.id, p.merged_into_id, exists (select 1 from persons m where m.merged_into_id = p.id) " \
  "from persons p join conversations c on c.person_id = p.id "

Teller read_teller(Row& row) {
  Teller teller;
  teller.known = {.own = read_conversation(row), .conversation = row.integer(), .person = row.integer()};
  teller.target = row.maybe_integer();
  teller.has_merged = row.flag();
  return teller;
}

// Follows merges to the one who tells the story, by look-ups: a recursive question costs ten times as much.
Result<Teller> end_of_merges(Connection& database, Teller from) {
  constexpr int kMostSteps = 10'000;
  for (int step = 0; from.target; ++step) {
    if (step == kMostSteps) return fail(Errc::unavailable, "merges go in a circle");
    KITH_TRY(from, database.one("person", KITH_SELECT_TELLER "where p.id = ?", read_teller, *from.target));
  }
  return from;
}

Result<Thread> with_merged_strands(Connection& database, const KnownThread& teller) {
  Thread thread{teller.own, {teller.own.id}};
  auto add = [&](Row& row) {
    thread.strands.push_back(row.id<ConversationId>());
    return true;
  };
  KITH_CHECK(database.each(R"sql(
      with recursive below (id) as (
        select id from persons where merged_into_id = ?
        union
        select persons.id from below join persons on persons.merged_into_id = below.id
      )
      select c.public_id
      from below cross join conversations c on c.person_id = below.id
      left join merges on merges.from_person_id = below.id and merges.undone_at is null
      order by merges.merged_at, merges.id, below.id)sql",
                           add, teller.person));
  return thread;
}

Thread told_alone(const Room& room, const KnownThread& known) {
  room.ids.note(known.own.id, known.conversation, known.own.person, known.person);
  return {known.own, {known.own.id}};
}

Result<Thread> thread_from(const Room& room, Teller from) {
  KITH_TRY(const auto end, end_of_merges(room.db, std::move(from)));
  Thread alone = told_alone(room, end.known);
  if (end.has_merged) return with_merged_strands(room.db, end.known);
  if (room.threads) room.threads->keep(end.known);
  return alone;
}

}  // namespace

Result<Conversation> ConversationRoom::find(ConversationId id) const {
  return db.one("conversation", "select " KITH_CONVERSATION_COLUMNS R"sql(
      from conversations c join persons p on p.id = c.person_id where c.public_id = ?)sql",
                read_conversation, id);
}

Result<Conversation> ConversationRoom::of_person(PersonId person) const {
  return db.one("conversation of the person", "select " KITH_CONVERSATION_COLUMNS R"sql(
      from persons p join conversations c on c.person_id = p.id where p.public_id = ?)sql",
                read_conversation, person);
}

Result<Thread> ConversationRoom::thread_of(PersonId person) const {
  if (const KnownThread* known = threads ? threads->of(person) : nullptr) return told_alone(*this, *known);
  KITH_TRY(auto teller, db.one("person", KITH_SELECT_TELLER "where p.public_id = ?", read_teller, person));
  return thread_from(*this, std::move(teller));
}

Result<Thread> ConversationRoom::thread_with(ConversationId strand) const {
  if (const KnownThread* known = threads ? threads->with(strand) : nullptr) return told_alone(*this, *known);
  KITH_TRY(auto teller, db.one("conversation", KITH_SELECT_TELLER "where c.public_id = ?", read_teller, strand));
  return thread_from(*this, std::move(teller));
}

Result<Thread> ConversationRoom::thread_at(RowId person) const {
  KITH_TRY(auto teller, db.one("conversation of the person", KITH_SELECT_TELLER "where p.id = ?", read_teller, person));
  return thread_from(*this, std::move(teller));
}

Result<Seq> ConversationRoom::newest_entry(const Thread& thread) const {
  Seq newest = thread.own.last_entry;
  for (std::size_t i = 1; i < thread.strands.size(); ++i) {
    KITH_TRY(auto strand, find(thread.strands[i]));
    newest = std::max(newest, strand.last_entry);
  }
  return newest;
}

Result<ConversationRow> ConversationRoom::row(const Thread& thread, Seq newest) const {
  KITH_TRY(auto person, PeopleRoom(*this).find(thread.own.person));
  ConversationRow found{thread.own, std::move(person), std::nullopt, thread.strands};
  if (newest == 0) return found;
  KITH_TRY(found.newest, EntryRoom(*this).at(newest));
  return found;
}

Result<std::vector<ConversationRow>> ConversationRoom::waiting(std::optional<Place<ConversationId>> after,
                                                               std::size_t limit) const {
  const auto behind = after.value_or(Place<ConversationId>::before_all());
  KITH_TRY(auto people, db.all(R"sql(
      select p.id from conversations c cross join persons p on p.id = c.person_id
      where c.waiting_since is not null and (c.waiting_since, c.public_id) > (?, ?) and p.merged_into_id is null
      order by c.waiting_since, c.public_id limit ?)sql",
                               read_row_id, behind.at, behind.id, limit));
  std::vector<ConversationRow> rows;
  for (RowId person : people) {
    KITH_TRY(auto thread, thread_at(person));
    KITH_TRY(auto newest, newest_entry(thread));
    KITH_TRY(auto one, row(thread, newest));
    rows.push_back(std::move(one));
  }
  return rows;
}

// Walks the strands from the newest entry on and tells each thread once: at the strand that holds its newest entry.
Result<std::vector<ConversationRow>> ConversationRoom::recent(std::optional<Seq> before, std::size_t limit) const {
  if (!pending.conversations.empty()) KITH_CHECK(carry_last_entries(db, pending.conversations));
  std::vector<ConversationRow> rows;
  Result<void> inside;
  auto look = [&](const Candidate& strand) -> Result<void> {
    KITH_TRY(auto thread, thread_at(strand.person));
    KITH_TRY(auto newest, newest_entry(thread));
    if (newest != strand.last_entry) return {};
    KITH_TRY(auto one, row(thread, newest));
    rows.push_back(std::move(one));
    return {};
  };
  auto visit = [&](Row& row) {
    if (rows.size() < limit) inside = look({row.integer(), row.integer()});
    return inside.has_value() && rows.size() < limit;
  };
  KITH_CHECK(db.each(R"sql(
      select last_entry, person_id from conversations where last_entry > 0 and last_entry < ? order by last_entry desc)sql",
                     visit, before.value_or(INT64_MAX)));
  KITH_CHECK(inside);
  return rows;
}

Result<std::vector<Ask>> ConversationRoom::asks(ConversationId strand) const {
  auto read = [strand](Row& row) { return Ask{strand, row.text(), row.choice<AskState>()}; };
  return db.all(R"sql(
      select field, state from asks where conversation_id = (select id from conversations where public_id = ?)
      order by field)sql",
                read, strand);
}

Result<std::vector<Conversation>> ConversationRoom::paused_until(Time now, std::size_t limit) const {
  return db.all("select " KITH_CONVERSATION_COLUMNS R"sql(
      from conversations c join persons p on p.id = c.person_id
      where c.paused_until <= ? order by c.paused_until, c.public_id limit ?)sql",
                read_conversation, now, limit);
}

Result<void> ConversationRoom::add(const Conversation& conversation) {
  KITH_TRY(auto person, ids.of(conversation.person));
  return db.write(R"sql(
      insert into conversations (public_id, person_id, waiting_since, paused_until, created_at)
      values (?, ?, ?, ?, ?))sql",
                  conversation.id, person, conversation.waiting_since, conversation.paused_until,
                  conversation.created_at);
}

Result<void> ConversationRoom::save(const Conversation& conversation) {
  KITH_TRY(auto id, ids.of(conversation.id));
  KITH_TRY(auto person, ids.of(conversation.person));
  KITH_CHECK(db.write(R"sql(
      update conversations set waiting_since = ?, paused_until = ?, created_at = ? where id = ? and person_id = ?)sql",
                      conversation.waiting_since, conversation.paused_until, conversation.created_at, id, person));
  if (db.changed() == 0) return fail(Errc::conflict, "a conversation never changes its person");
  if (threads) threads->saved(conversation);
  return {};
}

Result<void> ConversationRoom::save_ask(const Ask& ask) {
  KITH_TRY(auto conversation, ids.of(ask.strand));
  return db.write(R"sql(
      insert into asks (conversation_id, field, state) values (?, ?, ?)
      on conflict (conversation_id, field) do update set state = excluded.state)sql",
                  conversation, ask.field, ask.state);
}

Result<void> carry_last_entries(Connection& database, const std::vector<Pending::LastEntry>& touched) {
  std::map<RowId, Seq> newest;
  for (const auto& [conversation, seq] : touched) newest[conversation] = std::max(newest[conversation], seq);
  for (const auto& [conversation, seq] : newest)
    KITH_CHECK(database.write("update conversations set last_entry = ? where id = ?", seq, conversation));
  return {};
}

}  // namespace kith::sqlite
