-- What makes a house somebody's own: faces, opening hours, and how each colleague likes her desk.

alter table persons add column face text not null default '';
alter table settings add column opening text not null default '';

create table faces (
  id integer primary key,
  key text not null unique,
  person_id integer not null references persons (id),
  media_type text not null,
  bytes blob not null
) strict;
create index faces_of_person on faces (person_id);

-- Minutes here are those of a clock on the wall between which a browser stays silent, chosen by its owner.
create table preferences (
  person_id integer primary key references persons (id),
  has_single_keys integer not null check (has_single_keys in (0, 1)),
  has_sounds integer not null check (has_sounds in (0, 1)),
  volume integer not null,
  has_notifications integer not null check (has_notifications in (0, 1)),
  quiet_from integer,
  quiet_until integer,
  theme integer not null check (theme between 0 and 2),
  text_size integer not null,
  locale text not null
) strict;
