-- From here on every page ends with a digest of its bytes (storage/sqlite/checked_pages.h). The pages themselves are made
-- anew by the upgrade; this is the second witness that they are, and keeps programs away that would not write digests.
pragma user_version = 1;

-- What the search index writes as one piece must fit into a page with its digest; eight bytes more spill into a second page.
insert into entry_search (entry_search, rank) values ('pgsz', 4032);
insert into person_search (person_search, rank) values ('pgsz', 4032);
insert into note_search (note_search, rank) values ('pgsz', 4032);
