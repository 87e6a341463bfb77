-- What colleagues wrote down is found by its words, too. The index holds words only and reads the text from the notes.
create virtual table note_search using fts5 (
  text, content = 'notes', content_rowid = 'id', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
insert into note_search (note_search) values ('rebuild');

-- How much of what somebody sent has not been said yet.
create index attachments_of_person on attachments (by_person_id, created_at);
