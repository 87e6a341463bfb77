// People, their roles and their merges, in memory.
#include <algorithm>
#include <tuple>

#include "storage/memory/rooms.h"

namespace kith::memory {

Result<Person> PeopleRoom::find(PersonId id) const {
  const Person* person = state.people.find(id);
  if (!person) return fail(Errc::not_found, "person");
  return *person;
}

Result<Person> PeopleRoom::resolve(PersonId id) const {
  KITH_TRY(Person person, find(id));
  // A chain longer than there are people goes in a circle.
  for (std::size_t steps = 0; person.merged_into; ++steps) {
    if (steps > state.people.rows().size()) return fail(Errc::unavailable, "merges go in a circle");
    KITH_TRY(person, find(*person.merged_into));
  }
  return person;
}

Result<std::vector<Person>> PeopleRoom::merged_into(PersonId id) const {
  std::vector<Person> found;
  std::vector<PersonId> to_look_at{id};
  while (!to_look_at.empty()) {
    PersonId into = to_look_at.back();
    to_look_at.pop_back();
    for (PersonId from : state.merged.find(into)) {
      if (from == id || found.size() > state.people.rows().size())
        return fail(Errc::unavailable, "merges go in a circle");
      found.push_back(*state.people.find(from));
      to_look_at.push_back(from);
    }
  }
  auto age = [this](const Person& person) {
    auto merge = standing_merge(person.id);
    return std::tuple(merge ? merge->at : Time{}, merge ? state.merges.born(merge->id) : 0, person.id);
  };
  std::ranges::sort(found, {}, age);
  return found;
}

Result<std::vector<Role>> PeopleRoom::roles(PersonId id) const {
  std::vector<Role> found;
  for (RoleId role : state.roles_of.find(id)) found.push_back(*state.roles.find(role));
  std::ranges::sort(found, {}, [this](const Role& role) { return std::pair(role.from, state.roles.born(role.id)); });
  return found;
}

Result<Merge> PeopleRoom::find_merge(MergeId id) const {
  const Merge* merge = state.merges.find(id);
  if (!merge) return fail(Errc::not_found, "merge");
  return *merge;
}

Result<Merge> PeopleRoom::standing_merge(PersonId from) const {
  for (MergeId id : state.merges_of.find(from)) {
    const Merge& merge = *state.merges.find(id);
    if (merge.from == from && !merge.undone_at) return merge;
  }
  return fail(Errc::not_found, "standing merge");
}

Result<std::vector<Merge>> PeopleRoom::merges_of(PersonId person) const {
  std::vector<Merge> found;
  for (MergeId id : state.merges_of.find(person)) found.push_back(*state.merges.find(id));
  std::ranges::sort(found, {}, [this](const Merge& merge) { return std::pair(merge.at, state.merges.born(merge.id)); });
  return found;
}

Result<std::vector<Person>> PeopleRoom::team_members(Time now) const {
  std::vector<Person> found;
  for (const auto& [id, person] : state.people.rows()) {
    auto held = roles(id);
    bool is_member = std::ranges::any_of(
        *held, [now](const Role& role) { return role.kind != RoleKind::customer && role.holds_at(now); });
    if (is_member) found.push_back(person.value);
  }
  std::ranges::sort(found, {}, [](const Person& person) { return std::tie(person.called, person.id); });
  return found;
}

Result<std::vector<Person>> PeopleRoom::sample_people(std::size_t limit) const {
  std::vector<Person> found;
  for (const auto& [id, person] : state.people.rows())
    if (person.value.is_sample && found.size() < limit) found.push_back(person.value);
  return found;
}

Result<Face> PeopleRoom::face(std::string_view key) const {
  const Face* face = state.faces.find(std::string(key));
  if (!face) return fail(Errc::not_found, "face");
  return *face;
}

Result<void> PeopleRoom::add_face(const Face& face) {
  if (state.faces.contains(face.key)) return fail(Errc::conflict, "face exists");
  if (!state.people.contains(face.person)) return fail(Errc::not_found, "person of the face");
  state.faces.put(journal, face.key, face);
  return {};
}

Result<void> PeopleRoom::remove_face(std::string_view key) {
  if (state.faces.contains(std::string(key))) state.faces.erase(journal, std::string(key));
  return {};
}

Result<void> PeopleRoom::add(const Person& person) {
  if (state.people.contains(person.id)) return fail(Errc::conflict, "person exists");
  if (person.merged_into && !state.people.contains(*person.merged_into)) return fail(Errc::not_found, "merge target");
  state.people.put(journal, person.id, person);
  if (person.merged_into) state.merged.add(journal, *person.merged_into, person.id);
  return {};
}

Result<void> PeopleRoom::save(const Person& person) {
  const Person* before = state.people.find(person.id);
  if (!before) return fail(Errc::not_found, "person");
  if (person.merged_into && !state.people.contains(*person.merged_into)) return fail(Errc::not_found, "merge target");
  if (before->merged_into) state.merged.remove(journal, *before->merged_into, person.id);
  state.people.put(journal, person.id, person);
  if (person.merged_into) state.merged.add(journal, *person.merged_into, person.id);
  return {};
}

Result<void> PeopleRoom::add_role(const Role& role) {
  if (state.roles.contains(role.id)) return fail(Errc::conflict, "role exists");
  if (!state.people.contains(role.person)) return fail(Errc::not_found, "person of the role");
  if (role.team && !state.teams.contains(*role.team)) return fail(Errc::not_found, "team of the role");
  state.roles.put(journal, role.id, role);
  state.roles_of.add(journal, role.person, role.id);
  return {};
}

Result<void> PeopleRoom::save_role(const Role& role) {
  const Role* before = state.roles.find(role.id);
  if (!before) return fail(Errc::not_found, "role");
  if (role.team && !state.teams.contains(*role.team)) return fail(Errc::not_found, "team of the role");
  state.roles_of.remove(journal, before->person, role.id);
  state.roles.put(journal, role.id, role);
  state.roles_of.add(journal, role.person, role.id);
  return {};
}

Result<void> PeopleRoom::add_merge(const Merge& merge) {
  if (state.merges.contains(merge.id)) return fail(Errc::conflict, "merge exists");
  if (!merge.undone_at && standing_merge(merge.from)) return fail(Errc::conflict, "merged already");
  if (!state.people.contains(merge.from) || !state.people.contains(merge.into))
    return fail(Errc::not_found, "person of the merge");
  state.merges.put(journal, merge.id, merge);
  state.merges_of.add(journal, merge.from, merge.id);
  state.merges_of.add(journal, merge.into, merge.id);
  return {};
}

Result<void> PeopleRoom::save_merge(const Merge& merge) {
  const Merge* before = state.merges.find(merge.id);
  if (!before) return fail(Errc::not_found, "merge");
  if (auto standing = standing_merge(merge.from); !merge.undone_at && standing && standing->id != merge.id)
    return fail(Errc::conflict, "merged already");
  for (PersonId person : {before->from, before->into}) state.merges_of.remove(journal, person, merge.id);
  state.merges.put(journal, merge.id, merge);
  for (PersonId person : {merge.from, merge.into}) state.merges_of.add(journal, person, merge.id);
  return {};
}

}  // namespace kith::memory
