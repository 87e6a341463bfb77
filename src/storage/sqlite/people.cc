// People, their roles and their merges.
#include <fmt/core.h>

#include "storage/sqlite/columns.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Role read_role(Row& row) {
  return {.id = row.id<RoleId>(),
          .person = row.id<PersonId>(),
          .kind = row.choice<RoleKind>(),
          .team = row.maybe_id<TeamId>(),
          .from = row.time(),
          .until = row.maybe_time()};
}

Merge read_merge(Row& row) {
  return {.id = row.id<MergeId>(),
          .from = row.id<PersonId>(),
          .into = row.id<PersonId>(),
          .by = row.id<PersonId>(),
          .reason = row.text(),
          .at = row.time(),
          .undone_at = row.maybe_time(),
          .undone_by = row.maybe_id<PersonId>()};
}

Face read_face(Row& row) {
  return {.key = row.text(), .person = row.id<PersonId>(), .media_type = row.text(), .bytes = row.text()};
}

#define KITH_SELECT_MERGE \
  R"sql(select m.public_id, source.public_id, target.public_id, actor.public_id, m.reason, m.merged_at, m.undone_at,
               undoer.public_id
        from merges m
        join persons source on source.id = m.from_person_id
        join persons target on target.id = m.into_person_id
        left join persons actor on actor.id = m.by_person_id
        left join persons undoer on undoer.id = m.undone_by_person_id
        )sql"

}  // namespace

Person read_person(Row& row) {
  return {.id = row.id<PersonId>(),
          .called = row.text(),
          .languages = split(row.blob()),
          .access_needs = row.text(),
          .merged_into = row.maybe_id<PersonId>(),
          .is_sample = row.flag(),
          .created_at = row.time(),
          .face = row.text()};
}

Result<Person> PeopleRoom::find(PersonId id) const {
  return db.one("person", "select " KITH_PERSON_COLUMNS " from persons p where p.public_id = ?", read_person, id);
}

Result<Person> PeopleRoom::resolve(PersonId id) const {
  KITH_TRY(Person person, find(id));
  if (!person.merged_into) return person;
  auto target = db.one("end of the merges", R"sql(
      with recursive up (id, next_id) as (
        select id, merged_into_id from persons where public_id = ?
        union
        select persons.id, persons.merged_into_id from up join persons on persons.id = up.next_id
      )
      select )sql" KITH_PERSON_COLUMNS R"sql( from up join persons p on p.id = up.id where up.next_id is null)sql",
                       read_person, id);
  if (!target && target.error().code == Errc::not_found) return fail(Errc::unavailable, "merges go in a circle");
  return target;
}

Result<std::vector<Person>> PeopleRoom::merged_into(PersonId id) const {
  return db.all(R"sql(
      with recursive below (id) as (
        select source.id from persons source join persons target on target.id = source.merged_into_id
        where target.public_id = ?
        union
        select persons.id from below join persons on persons.merged_into_id = below.id
      )
      select )sql" KITH_PERSON_COLUMNS R"sql(
      from below join persons p on p.id = below.id
      left join merges on merges.from_person_id = p.id and merges.undone_at is null
      order by merges.merged_at, merges.id, p.public_id)sql",
                read_person, id);
}

Result<std::vector<Role>> PeopleRoom::roles(PersonId id) const {
  return db.all(R"sql(
      select roles.public_id, p.public_id, roles.kind, teams.public_id, roles.held_from, roles.held_until
      from persons p join roles on roles.person_id = p.id left join teams on teams.id = roles.team_id
      where p.public_id = ?
      order by roles.held_from, roles.id)sql",
                read_role, id);
}

Result<Merge> PeopleRoom::find_merge(MergeId id) const {
  return db.one("merge", KITH_SELECT_MERGE "where m.public_id = ?", read_merge, id);
}

Result<Merge> PeopleRoom::standing_merge(PersonId from) const {
  return db.one("standing merge", KITH_SELECT_MERGE R"sql(
      where m.from_person_id = (select id from persons where public_id = ?) and m.undone_at is null)sql",
                read_merge, from);
}

Result<std::vector<Merge>> PeopleRoom::merges_of(PersonId person) const {
  return db.all(KITH_SELECT_MERGE R"sql(
      where m.id in (select id from merges where from_person_id = (select id from persons where public_id = ?1)
                     union
                     select id from merges where into_person_id = (select id from persons where public_id = ?1))
      order by m.merged_at, m.id)sql",
                read_merge, person);
}

Result<std::vector<Person>> PeopleRoom::team_members(Time now) const {
  return db.all("select " KITH_PERSON_COLUMNS R"sql( from persons p
      where p.id in (select person_id from roles
                     where kind > 0 and (held_until is null or held_until > ?1))
      order by p.called, p.public_id)sql",
                read_person, now);
}

Result<std::vector<Person>> PeopleRoom::sample_people(std::size_t limit) const {
  return db.all("select " KITH_PERSON_COLUMNS " from persons p where p.is_sample = 1 order by p.public_id limit ?",
                read_person, limit);
}

Result<void> PeopleRoom::add(const Person& person) {
  KITH_TRY(auto target, ids.of(person.merged_into));
  KITH_CHECK(db.write(R"sql(
      insert into persons (public_id, called, languages, access_needs, merged_into_id, is_sample, created_at, face)
      values (?, ?, ?, ?, ?, ?, ?, ?))sql",
                      person.id, person.called, joined(person.languages), person.access_needs, target, person.is_sample,
                      person.created_at, person.face));
  if (!person.called.empty()) pending.people.push_back(db.last_row());
  if (person.merged_into && threads) threads->forget();
  return {};
}

Result<void> PeopleRoom::save(const Person& person) {
  KITH_TRY(auto id, ids.of(person.id));
  KITH_TRY(auto target, ids.of(person.merged_into));
  KITH_CHECK(db.write(R"sql(
      update persons set called = ?, languages = ?, access_needs = ?, merged_into_id = ?, is_sample = ?, created_at = ?,
                         face = ?
      where id = ?)sql",
                      person.called, joined(person.languages), person.access_needs, target, person.is_sample,
                      person.created_at, person.face, id));
  pending.people.push_back(id);
  if (person.merged_into && threads) threads->forget();
  return {};
}

Result<Face> PeopleRoom::face(std::string_view key) const {
  return db.one("face", R"sql(
      select f.key, p.public_id, f.media_type, f.bytes from faces f join persons p on p.id = f.person_id
      where f.key = ?)sql",
                read_face, key);
}

Result<void> PeopleRoom::add_face(const Face& face) {
  KITH_TRY(auto person, ids.of(face.person));
  return db.write("insert into faces (key, person_id, media_type, bytes) values (?, ?, ?, cast(? as blob))", face.key,
                  person, face.media_type, face.bytes);
}

Result<void> PeopleRoom::remove_face(std::string_view key) {
  return db.write("delete from faces where key = ?", key);
}

Result<void> PeopleRoom::add_role(const Role& role) {
  KITH_TRY(auto person, ids.of(role.person));
  KITH_TRY(auto team, ids.of(role.team));
  return db.write(
      "insert into roles (public_id, person_id, kind, team_id, held_from, held_until) values (?, ?, ?, ?, ?, ?)",
      role.id, person, role.kind, team, role.from, role.until);
}

Result<void> PeopleRoom::save_role(const Role& role) {
  KITH_TRY(auto person, ids.of(role.person));
  KITH_TRY(auto team, ids.of(role.team));
  return db.replace("role", R"sql(
      update roles set person_id = ?, kind = ?, team_id = ?, held_from = ?, held_until = ? where public_id = ?)sql",
                    person, role.kind, team, role.from, role.until, role.id);
}

Result<void> PeopleRoom::add_merge(const Merge& merge) {
  KITH_TRY(auto from, ids.of(merge.from));
  KITH_TRY(auto into, ids.of(merge.into));
  KITH_TRY(auto by, ids.of(std::optional(merge.by)));
  KITH_TRY(auto undone_by, ids.of(merge.undone_by));
  return db.write(R"sql(
      insert into merges (public_id, from_person_id, into_person_id, by_person_id, reason, merged_at, undone_at,
                          undone_by_person_id)
      values (?, ?, ?, ?, ?, ?, ?, ?))sql",
                  merge.id, from, into, by, merge.reason, merge.at, merge.undone_at, undone_by);
}

Result<void> PeopleRoom::save_merge(const Merge& merge) {
  KITH_TRY(auto from, ids.of(merge.from));
  KITH_TRY(auto into, ids.of(merge.into));
  KITH_TRY(auto by, ids.of(std::optional(merge.by)));
  KITH_TRY(auto undone_by, ids.of(merge.undone_by));
  return db.replace("merge", R"sql(
      update merges set from_person_id = ?, into_person_id = ?, by_person_id = ?, reason = ?, merged_at = ?,
                        undone_at = ?, undone_by_person_id = ?
      where public_id = ?)sql",
                    from, into, by, merge.reason, merge.at, merge.undone_at, undone_by, merge.id);
}

}  // namespace kith::sqlite
