-- The first house: people, their conversations, and the doors between them.
-- Rows are known inside by integer keys; the world sees `public_id`, 16 bytes. Times are UTC microseconds since 1970.
-- Choices (kind, state ...) are the numbers of the enumerations in src/domain, in their order.

-- ---- people ---------------------------------------------------------------------------------------------------------

create table persons (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  called text not null,
  languages text not null,  -- BCP 47 tags, best first, separated by spaces
  access_needs text not null,
  merged_into_id integer references persons (id) check (merged_into_id <> id),
  is_sample integer not null check (is_sample in (0, 1)),
  created_at integer not null
) strict;
create index persons_by_target on persons (merged_into_id) where merged_into_id is not null;
create index persons_of_sample on persons (is_sample) where is_sample = 1;

create table teams (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  name text not null,
  is_sample integer not null check (is_sample in (0, 1))
) strict;

create table roles (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  person_id integer not null references persons (id),
  kind integer not null check (kind between 0 and 3),
  team_id integer references teams (id),
  held_from integer not null,
  held_until integer
) strict;
create index roles_of_person on roles (person_id);
create index roles_of_team on roles (team_id) where team_id is not null;
create index roles_of_colleagues on roles (person_id, held_from, held_until) where kind > 0;

create table merges (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  from_person_id integer not null references persons (id),
  into_person_id integer not null references persons (id),
  by_person_id integer references persons (id),
  reason text not null,
  merged_at integer not null,
  undone_at integer,
  undone_by_person_id integer references persons (id)
) strict;
create unique index merges_standing on merges (from_person_id) where undone_at is null;
create index merges_by_source on merges (from_person_id);
create index merges_by_target on merges (into_person_id);

create table identities (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  kind integer not null check (kind between 0 and 4),
  value text not null,
  state integer not null check (state between 0 and 2),
  confirmed_how text not null,
  confirmed_at integer
) strict;
create unique index identities_in_use on identities (kind, value) where state < 2;

create table identity_links (
  identity_id integer not null references identities (id),
  person_id integer not null references persons (id),
  weight real not null check (weight > 0 and weight <= 1),
  primary key (identity_id, person_id)
) strict, without rowid;
create index identity_links_of_person on identity_links (person_id);

-- ---- conversations --------------------------------------------------------------------------------------------------

create table conversations (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  person_id integer not null unique references persons (id),  -- exactly one each, for life
  waiting_since integer,
  last_entry integer not null default 0,  -- newest seq of its entries, carried along once per commit
  created_at integer not null
) strict;
create index conversations_waiting on conversations (waiting_since) where waiting_since is not null;
create index conversations_by_last_entry on conversations (last_entry) where last_entry > 0;

create table asks (
  conversation_id integer not null references conversations (id),
  field text not null,
  state integer not null check (state between 0 and 2),
  primary key (conversation_id, field)
) strict, without rowid;

-- Said once instead of with every entry. A session's proof outlives the session itself.
create table author_sessions (
  id integer primary key,
  session_public_id blob not null unique check (length(session_public_id) = 16)
) strict;
create table machine_labels (
  id integer primary key,
  label text not null unique check (label <> '')
) strict;

-- What was said, in the order the house learned of it. Never changed: see the triggers below.
create table entries (
  seq integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  kind integer not null check (kind between 0 and 9),
  channel integer not null check (channel between 0 and 6),
  author_kind integer not null check (author_kind between 0 and 3),
  person_id integer references persons (id),
  author_session_id integer references author_sessions (id),
  machine_label_id integer references machine_labels (id),
  text text not null,
  attachment_count integer not null,
  written_at integer not null,
  -- A human is a person, a colleague also shows her live session; everything else says what it is.
  constraint author_is_proven check (
    case author_kind
      when 0 then person_id is not null
      when 1 then person_id is not null and author_session_id is not null
      else machine_label_id is not null
    end)
) strict;
create index entries_of_conversation on entries (conversation_id);  -- and, as in every index, by seq

-- Edits: version 2 and later. Version 1 is the entry itself.
create table entry_versions (
  seq integer primary key,
  act_public_id blob not null unique check (length(act_public_id) = 16),
  entry_seq integer not null references entries (seq),
  version integer not null check (version >= 2),
  text text not null,
  is_taken_back integer not null check (is_taken_back in (0, 1)),
  written_at integer not null,
  unique (entry_seq, version)
) strict;

-- Writing the permit is the one way to erase; only the function that erases for ever does it, and takes it away again.
create table erasure_permits (id integer primary key check (id = 1)) strict;

create trigger entries_never_change before update on entries
begin select raise(abort, 'entries are only appended'); end;
create trigger entries_never_go before delete on entries when not exists (select 1 from erasure_permits)
begin select raise(abort, 'entries are only appended'); end;
create trigger entry_versions_never_change before update on entry_versions
begin select raise(abort, 'entries are only appended'); end;
create trigger entry_versions_never_go before delete on entry_versions when not exists (select 1 from erasure_permits)
begin select raise(abort, 'entries are only appended'); end;

-- SHA-256 over all entries and versions in seq order, up to and including `seq`. One per commit.
create table seals (
  seq integer primary key,
  digest blob not null check (length(digest) = 32)
) strict;

-- The newest seq given to something that leaves no row with a seq behind, so that it is never given again.
create table kept_seqs (
  id integer primary key check (id = 1),
  seq integer not null
) strict;

create table topics (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  title text not null,
  state integer not null check (state between 0 and 5),
  waits_until integer,
  settled_by integer not null check (settled_by between 0 and 2),
  changed_seq integer not null
) strict;
create index topics_of_conversation on topics (conversation_id);
create index topics_with_a_date on topics (waits_until) where state = 3 and waits_until is not null;

create table topic_entries (
  topic_id integer not null references topics (id),
  position integer not null,
  entry_seq integer not null references entries (seq),
  primary key (topic_id, position)
) strict, without rowid;
create index topic_entries_of_entry on topic_entries (entry_seq);

create table notes (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  about_person_id integer not null references persons (id),
  author_person_id integer not null references persons (id),
  text text not null,
  version integer not null,
  is_taken_back integer not null check (is_taken_back in (0, 1)),
  written_at integer not null,
  changed_seq integer not null
) strict;
create index notes_about_person on notes (about_person_id);

create table promises (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  to_person_id integer not null references persons (id),
  by_person_id integer not null references persons (id),
  what text not null,
  given_at integer not null,
  window_from integer,
  due_at integer not null,
  state integer not null check (state between 0 and 4),
  is_owner_warned integer not null check (is_owner_warned in (0, 1)),
  apology_seq integer references entries (seq),
  changed_seq integer not null
) strict;
create index promises_of_conversation on promises (conversation_id);
create index promises_alive on promises (due_at) where state < 2;
create index promises_alive_of_person on promises (by_person_id, due_at) where state < 2;
create index promises_of_apology on promises (apology_seq) where apology_seq is not null;

create table attachments (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  conversation_id integer not null references conversations (id),
  by_person_id integer not null references persons (id),
  name text not null,
  media_type text not null,
  alt_text text not null,
  size_bytes integer not null,
  state integer not null check (state between 0 and 1),
  content blob check (length(content) = 32),
  created_at integer not null,
  check (state = 0 or content is not null)
) strict;
create index attachments_of_conversation on attachments (conversation_id);
create index attachments_by_content on attachments (content) where state = 1;
create index attachments_unfinished on attachments (created_at) where state = 0;

create table entry_attachments (
  entry_seq integer not null references entries (seq),
  position integer not null,
  attachment_id integer not null references attachments (id),
  primary key (entry_seq, position)
) strict, without rowid;
create index entry_attachments_of_attachment on entry_attachments (attachment_id);

-- ---- the team and its doors -----------------------------------------------------------------------------------------

create table settings (
  id integer primary key check (id = 1),
  organisation text not null,
  hello_line text not null,
  hours text not null,
  nobody_there_line text not null,
  version integer not null
) strict;

create table inboxes (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  kind integer not null check (kind between 0 and 2),
  name text not null,
  team_id integer references teams (id),
  allowed_origins text not null,  -- separated by line feeds
  identity_issuer text not null,
  identity_secret text not null,  -- sealed
  hello_line text not null,
  is_sample integer not null check (is_sample in (0, 1))
) strict;

create table accounts (
  person_id integer primary key references persons (id),
  email text not null unique,
  password_hash text not null,
  totp_secret text not null,  -- sealed
  is_totp_confirmed integer not null check (is_totp_confirmed in (0, 1)),
  totp_last_step integer not null,
  hello_line text not null
) strict;

create table sessions (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  kind integer not null check (kind between 0 and 1),
  person_id integer not null references persons (id),
  inbox_id integer references inboxes (id),
  token_digest blob not null unique check (length(token_digest) = 32),
  expires_at integer not null,
  is_revoked integer not null check (is_revoked in (0, 1)),
  is_second_factor_due integer not null check (is_second_factor_due in (0, 1))
) strict;
create index sessions_of_person on sessions (person_id);
create index sessions_by_expiry on sessions (expires_at);
create index sessions_revoked on sessions (is_revoked) where is_revoked = 1;

create table api_tokens (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  name text not null,
  token_digest blob not null unique check (length(token_digest) = 32),
  scopes integer not null,
  created_by_person_id integer references persons (id),
  expires_at integer not null,
  is_revoked integer not null check (is_revoked in (0, 1))
) strict;

create table invitations (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  token_digest blob not null unique check (length(token_digest) = 32),
  called text not null,
  is_as_leader integer not null check (is_as_leader in (0, 1)),
  team_id integer references teams (id),
  invited_by_person_id integer references persons (id),
  expires_at integer not null,
  is_used integer not null check (is_used in (0, 1))
) strict;

-- ---- catching up, search, leaving the house -------------------------------------------------------------------------

-- One row for each thing that has ever changed; it moves to the seq of its newest change.
create table changes (
  seq integer primary key,
  kind integer not null check (kind between 0 and 7),
  object_public_id blob not null check (length(object_public_id) = 16),
  conversation_id integer references conversations (id),  -- the strand it belongs to; null for things of the house
  unique (kind, object_public_id)
) strict;
create index changes_of_conversation on changes (conversation_id);

create table outbox (
  id integer primary key,
  public_id blob not null unique check (length(public_id) = 16),
  kind text not null,
  payload text not null,
  attempts integer not null,
  next_attempt_at integer not null
) strict;
create index outbox_by_next_attempt on outbox (next_attempt_at);

create view searchable_entries as
select entries.seq as seq, coalesce(newest.text, entries.text) as text
from entries
left join entry_versions newest
  on newest.seq = (select max(seq) from entry_versions where entry_seq = entries.seq)
where coalesce(newest.is_taken_back, 0) = 0;

-- Holds words only and reads the text from the view when it must be rebuilt. Answers are sorted by seq, never ranked, so
-- no sizes are kept.
create virtual table entry_search using fts5 (
  text, content = 'searchable_entries', content_rowid = 'seq', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
-- Every commit adds a segment. Merged by eight instead of four, each word is written again two thirds as often, for one
-- percent of space.
insert into entry_search (entry_search, rank) values ('automerge', 8);

-- How people are called and reached; rowid is persons.id.
create virtual table person_search using fts5 (
  words, columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
