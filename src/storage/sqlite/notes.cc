// What colleagues wrote down about people.
#include <algorithm>

#include "storage/sqlite/rooms.h"
#include "storage/sqlite/search_query.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_NOTE \
  R"sql(select n.public_id, about.public_id, author.public_id, n.text, n.version, n.is_taken_back, n.written_at,
               n.changed_seq, n.mentions, n.id
        from notes n join persons about on about.id = n.about_person_id
        join persons author on author.id = n.author_person_id
        )sql"

struct Numbered {
  Note note;
  RowId row = 0;
};

Note read_note(Row& row) {
  return {.id = row.id<NoteId>(),
          .about = row.id<PersonId>(),
          .author = row.id<PersonId>(),
          .text = row.text(),
          .version = static_cast<std::uint32_t>(row.integer()),
          .taken_back = row.flag(),
          .written_at = row.time(),
          .changed_seq = row.integer(),
          .mentions = unpack_ids<PersonId>(row.blob())};
}

// The index reads a text from its note when it forgets it, so it learns the new one before the note changes.
Result<void> learn_anew(Connection& database, NoteId note, const std::string& text) {
  KITH_CHECK(database.write(R"sql(
      insert into note_search (note_search, rowid, text)
      select 'delete', id, text from notes where public_id = ?)sql",
                            note));
  return database.write("insert into note_search (rowid, text) select id, ? from notes where public_id = ?", text,
                        note);
}

}  // namespace

Result<Note> NoteRoom::find(NoteId id) const {
  return db.one("note", KITH_SELECT_NOTE "where n.public_id = ?", read_note, id);
}

Result<std::vector<Note>> NoteRoom::about(std::span<const PersonId> people) const {
  auto read = [](Row& row) {
    Note note = read_note(row);
    return Numbered{std::move(note), row.integer()};
  };
  std::vector<Numbered> found;
  for (PersonId person : people) {
    KITH_TRY(auto some,
             db.all(KITH_SELECT_NOTE "where n.about_person_id = (select id from persons where public_id = ?)", read,
                    person));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &Numbered::row);
  std::vector<Note> notes;
  for (Numbered& one : found)
    if (notes.empty() || notes.back().id != one.note.id) notes.push_back(std::move(one.note));
  return notes;
}

Result<std::vector<Mention>> NoteRoom::mentioning(PersonId person, std::optional<Seq> before, std::size_t limit) const {
  auto read = [](Row& row) {
    Note note = read_note(row);
    row.integer();
    return Mention{std::move(note), row.integer()};
  };
  return db.all(R"sql(
      select n.public_id, about.public_id, author.public_id, n.text, n.version, n.is_taken_back, n.written_at,
             n.changed_seq, n.mentions, n.id, m.seq
      from note_mentions m join notes n on n.id = m.note_id join persons about on about.id = n.about_person_id
      join persons author on author.id = n.author_person_id
      where m.person_id = (select id from persons where public_id = ?) and m.seq < ? and n.is_taken_back = 0
      order by m.seq desc limit ?)sql",
                read, person, before.value_or(INT64_MAX), limit);
}

Result<std::vector<Note>> SearchRoom::notes(std::string_view words, std::optional<Place<NoteId>> after,
                                            std::size_t limit) const {
  const std::string query = entry_query(words);
  if (query.empty()) return std::vector<Note>();
  const auto behind = after.value_or(Place<NoteId>{kAfterAll, {}});
  return db.all(KITH_SELECT_NOTE R"sql(
      where n.id in (select rowid from note_search where note_search match ?)
        and n.is_taken_back = 0 and (n.written_at, n.public_id) < (?, ?)
      order by n.written_at desc, n.public_id desc limit ?)sql",
                read_note, query, behind.at, behind.id, limit);
}

Result<void> NoteRoom::add(const Note& note) {
  KITH_TRY(auto about, ids.of(note.about));
  KITH_TRY(auto author, ids.of(note.author));
  const PackedIds mentions = pack_ids(note.mentions);
  KITH_CHECK(db.write(R"sql(
      insert into notes (public_id, about_person_id, author_person_id, text, version, is_taken_back, written_at,
                         changed_seq, mentions)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                      note.id, about, author, note.text, note.version, note.taken_back, note.written_at,
                      note.changed_seq, mentions));
  const RowId row = db.last_row();
  KITH_CHECK(db.write("insert into note_search (rowid, text) values (?, ?)", row, note.text));
  for (const PersonId mentioned : note.mentions) {
    KITH_TRY(auto person, ids.of(mentioned));
    KITH_CHECK(db.write("insert into note_mentions (note_id, person_id, seq) values (?, ?, ?)", row, person,
                        note.changed_seq));
  }
  return {};
}

Result<void> NoteRoom::save(const Note& note) {
  KITH_TRY(auto before, find(note.id));
  if (before.about != note.about) return fail(Errc::conflict, "a note never changes its person");
  KITH_TRY(auto author, ids.of(note.author));
  if (before.text != note.text) KITH_CHECK(learn_anew(db, note.id, note.text));
  return db.write(R"sql(
      update notes set author_person_id = ?, text = ?, version = ?, is_taken_back = ?, written_at = ?, changed_seq = ?
      where public_id = ?)sql",
                  author, note.text, note.version, note.taken_back, note.written_at, note.changed_seq, note.id);
}

}  // namespace kith::sqlite
