// Erasing the invented people for ever. The one place that takes entries away.
#include "storage/sqlite/changes.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

// What goes, as row ids, for the length of one erasing.
constexpr const char* kWhatGoes = R"sql(
  create temp table if not exists leaving_persons (id integer primary key);
  create temp table if not exists gone_persons (id integer primary key);
  create temp table if not exists gone_conversations (id integer primary key);
  create temp table if not exists gone_entries (seq integer primary key);
  create temp table if not exists gone_identities (id integer primary key);
  create temp table if not exists gone_notes (id integer primary key);
  create temp table if not exists gone_promises (id integer primary key);
  create temp table if not exists unindexed (seq integer primary key, was_searchable integer, was text);
  delete from unindexed;
  delete from leaving_persons; delete from gone_persons; delete from gone_conversations; delete from gone_entries; delete from gone_identities;
  delete from gone_notes; delete from gone_promises;
  insert into leaving_persons select id from persons where is_sample = 1;
  insert into gone_persons select id from leaving_persons;
  -- An invented colleague who answered a real person stays with her words, which belong to the real person's memory: as
  -- a name that can no longer come in.
  delete from gone_persons where id in (
    select e.person_id from entries e join conversations c on c.id = e.conversation_id
    where e.person_id is not null and c.person_id not in (select id from persons where is_sample = 1)
    union
    select a.by_person_id from attachments a join conversations c on c.id = a.conversation_id
    where c.person_id not in (select id from persons where is_sample = 1));
  insert into gone_conversations select id from conversations where person_id in (select id from gone_persons);
  insert into gone_entries select seq from entries where conversation_id in (select id from gone_conversations);
  insert into gone_identities select identity_id from identity_links
    group by identity_id having min(person_id in (select id from gone_persons)) = 1;
  insert into gone_notes select id from notes
    where about_person_id in (select id from gone_persons) or author_person_id in (select id from gone_persons);
  insert into gone_promises select id from promises
    where conversation_id in (select id from gone_conversations) or to_person_id in (select id from gone_persons)
       or by_person_id in (select id from gone_persons);
)sql";

constexpr const char* kChanges = R"sql(
  delete from changes where conversation_id in (select id from gone_conversations);
  delete from changes where kind = 8 and object_public_id in (
    select public_id from read_marks where person_id in (select id from leaving_persons));
  delete from changes where kind = 10 and object_public_id in (
    select public_id from handovers where from_person_id in (select id from leaving_persons)
       or to_person_id in (select id from leaving_persons));
  delete from changes where kind = 11 and object_public_id in (
    select public_id from drafts where author_person_id in (select id from leaving_persons));
  delete from changes where kind = 12 and object_public_id in (
    select public_id from laters where person_id in (select id from leaving_persons));
  delete from changes where kind = 13 and object_public_id in (
    select public_id from scheduled where by_person_id in (select id from leaving_persons));
  delete from changes where kind in (2, 6) and object_public_id in (
    select public_id from persons where id in (select id from gone_persons));
  delete from changes where kind = 4 and object_public_id in (
    select public_id from notes where id in (select id from gone_notes));
  delete from changes where kind = 5 and object_public_id in (
    select public_id from promises where id in (select id from gone_promises));
)sql";

constexpr const char* kDesk = R"sql(
  delete from read_marks where conversation_id in (select id from gone_conversations)
    or person_id in (select id from leaving_persons);
  delete from companions where conversation_id in (select id from gone_conversations)
    or person_id in (select id from gone_persons);
  delete from drafts where conversation_id in (select id from gone_conversations)
    or author_person_id in (select id from leaving_persons);
  delete from scheduled where conversation_id in (select id from gone_conversations)
    or by_person_id in (select id from leaving_persons);
  delete from laters where conversation_id in (select id from gone_conversations)
    or person_id in (select id from leaving_persons);
  delete from handovers where conversation_id in (select id from gone_conversations)
    or from_person_id in (select id from leaving_persons) or to_person_id in (select id from leaving_persons);
  delete from note_mentions where note_id in (select id from gone_notes)
    or person_id in (select id from gone_persons);
)sql";

// People outside the sample keep what they wrote to each other, even where invented ones had a hand in it.
constexpr const char* kConversations = R"sql(
  insert into erasure_permits (id) values (1);
  update promises set apology_seq = null where apology_seq in (select seq from gone_entries);
  delete from topic_entries where entry_seq in (select seq from gone_entries)
    or topic_id in (select id from topics where conversation_id in (select id from gone_conversations));
  delete from topics where conversation_id in (select id from gone_conversations);
  insert into note_search (note_search, rowid, text)
    select 'delete', id, text from notes where id in (select id from gone_notes);
  insert into note_search (note_search) values ('optimize');
  delete from notes where id in (select id from gone_notes);
  delete from promises where id in (select id from gone_promises);
  delete from asks where conversation_id in (select id from gone_conversations);
  delete from entry_attachments where entry_seq in (select seq from gone_entries);
  delete from attachments where conversation_id in (select id from gone_conversations);
  delete from entry_versions where entry_seq in (select seq from gone_entries);
  delete from entries where seq in (select seq from gone_entries);
  delete from erasure_permits;
  delete from conversations where id in (select id from gone_conversations);
)sql";

constexpr const char* kDoors = R"sql(
  delete from accounts where person_id in (select id from leaving_persons);
  delete from preferences where person_id in (select id from leaving_persons);
  delete from sessions where person_id in (select id from leaving_persons)
    or inbox_id in (select id from inboxes where is_sample = 1);
  delete from api_tokens where created_by_person_id in (select id from leaving_persons);
  delete from invitations where invited_by_person_id in (select id from leaving_persons)
    or team_id in (select id from teams where is_sample = 1);
  delete from identity_links where person_id in (select id from gone_persons);
  delete from identities where id in (select id from gone_identities);
  delete from roles where person_id in (select id from leaving_persons)
    or team_id in (select id from teams where is_sample = 1);
  delete from inboxes where is_sample = 1;
  update inboxes set team_id = null where team_id in (select id from teams where is_sample = 1);
  delete from teams where is_sample = 1;
)sql";

constexpr const char* kPeople = R"sql(
  delete from merges where from_person_id in (select id from gone_persons)
    or into_person_id in (select id from gone_persons);
  update merges set by_person_id = null where by_person_id in (select id from gone_persons);
  update merges set undone_by_person_id = null where undone_by_person_id in (select id from gone_persons);
  update persons set merged_into_id = null
    where merged_into_id in (select id from gone_persons) or id in (select id from gone_persons);
  delete from person_search where rowid in (select id from gone_persons);
  insert into person_search (person_search) values ('optimize');
  delete from faces where person_id in (select id from gone_persons);
  delete from persons where id in (select id from gone_persons);
)sql";

// The index knows the texts as they were before this group.
Result<void> erase_from_index(Connection& database, const Pending& pending) {
  for (const Pending::Text& text : pending.texts)
    KITH_CHECK(database.write("insert or ignore into unindexed (seq, was_searchable, was) values (?, ?, ?)", text.entry,
                              text.was_searchable, text.was));
  return database.script(R"sql(
      insert into entry_search (entry_search, rowid, text)
      select 'delete', s.seq, s.text from gone_entries g cross join searchable_entries s on s.seq = g.seq
      where g.seq not in (select seq from unindexed);
      insert into entry_search (entry_search, rowid, text)
      select 'delete', u.seq, u.was from unindexed u where u.was_searchable and u.seq in (select seq from gone_entries);
      insert into entry_search (entry_search) values ('optimize'))sql");
}

}  // namespace

Result<std::int64_t> erase_sample(Room& room) {
  KITH_TRY(auto invented, room.db.number(R"sql(
      select (select count(*) from persons where is_sample = 1) + (select count(*) from teams where is_sample = 1)
           + (select count(*) from inboxes where is_sample = 1))sql"));
  if (invented == 0) return 0;
  KITH_CHECK(room.db.write("delete from erasure_permits"));  // opens the savepoint of the unit
  KITH_TRY(room.pending.kept_seq, newest_seq(room.db));
  room.pending.chain_begins_anew = true;
  KITH_CHECK(room.db.script(kWhatGoes));
  KITH_TRY(auto people, room.db.number("select count(*) from gone_persons"));
  KITH_CHECK(erase_from_index(room.db, room.pending));
  for (const char* part : {kChanges, kDesk, kConversations, kDoors, kPeople}) KITH_CHECK(room.db.script(part));
  room.forget();
  return people;
}

}  // namespace kith::sqlite
