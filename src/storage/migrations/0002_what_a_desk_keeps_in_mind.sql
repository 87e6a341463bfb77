-- What a desk keeps in mind: who has read how far, who goes along with a conversation, drafts, what is sent later, who is
-- put off, handovers and mentions. No time or number here says when or how much a colleague worked (I16): a read mark is a
-- place in the order of entries, and seqs say what is newer.

alter table conversations add column paused_until integer;
create index conversations_paused on conversations (paused_until) where paused_until is not null;

create table read_marks (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  kind integer not null check (kind between 0 and 2),
  person_id integer references persons (id),
  seq integer not null,
  check ((kind = 1) = (person_id is not null))
) strict;
create unique index read_marks_of_reader on read_marks (conversation_id, kind, ifnull(person_id, 0));
create index read_marks_of_person on read_marks (person_id) where person_id is not null;

create table companions (
  conversation_id integer not null references conversations (id),
  person_id integer not null references persons (id),
  seq integer not null,
  primary key (conversation_id, person_id)
) strict, without rowid;
create index companions_of_person on companions (person_id);

-- Ids of attachments and topics stand one after the other, 16 bytes each.
create table drafts (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  author_person_id integer not null references persons (id),
  text text not null,
  is_only_for_us integer not null check (is_only_for_us in (0, 1)),
  attachments blob not null check (length(attachments) % 16 = 0),
  changed_seq integer not null,
  unique (conversation_id, author_person_id)
) strict;
create index drafts_of_author on drafts (author_person_id, changed_seq) where text <> '' or attachments <> x'';

create table scheduled (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  by_person_id integer not null references persons (id),
  session_public_id blob not null check (length(session_public_id) = 16),
  text text not null,
  attachments blob not null check (length(attachments) % 16 = 0),
  topics blob not null check (length(topics) % 16 = 0),
  send_at integer not null,
  state integer not null check (state between 0 and 3),
  changed_seq integer not null
) strict;
create index scheduled_waiting on scheduled (send_at) where state = 0;
create index scheduled_open_of_person on scheduled (by_person_id, send_at) where state in (0, 3);
create index scheduled_of_person on scheduled (by_person_id);
create index scheduled_of_conversation on scheduled (conversation_id);

create table laters (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  person_id integer not null references persons (id),
  is_set integer not null check (is_set in (0, 1)),
  comes_back_at integer,
  is_until_she_writes integer not null check (is_until_she_writes in (0, 1)),
  words text not null,
  changed_seq integer not null,
  unique (conversation_id, person_id)
) strict;
create index laters_with_a_time on laters (comes_back_at) where is_set = 1 and comes_back_at is not null;
create index laters_of_person on laters (person_id);

create table handovers (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  from_person_id integer not null references persons (id),
  to_person_id integer not null references persons (id),
  words text not null,
  state integer not null check (state between 0 and 3),
  offered_at integer not null,
  changed_seq integer not null
) strict;
create index handovers_of_conversation on handovers (conversation_id);
create index handovers_open_from on handovers (from_person_id) where state = 0;
create index handovers_open_to on handovers (to_person_id) where state = 0;

alter table notes add column mentions blob not null default x'' check (length(mentions) % 16 = 0);
create table note_mentions (
  note_id integer not null references notes (id),
  person_id integer not null references persons (id),
  seq integer not null,
  primary key (note_id, person_id)
) strict, without rowid;
create index note_mentions_of_person on note_mentions (person_id, seq);

-- More kinds of things change now; which ones there are is known by the program alone.
create table changes_of_every_kind (
  seq integer primary key,
  kind integer not null check (kind >= 0),
  object_public_id blob not null check (length(object_public_id) = 16),
  conversation_id integer references conversations (id),  -- the strand it belongs to; null for things of the house
  unique (kind, object_public_id)
) strict;
insert into changes_of_every_kind (seq, kind, object_public_id, conversation_id)
select seq, kind, object_public_id, conversation_id from changes;
drop table changes;
alter table changes_of_every_kind rename to changes;
create index changes_of_conversation on changes (conversation_id);
