// What people use to reach us, in memory.
#include <algorithm>

#include "storage/memory/rooms.h"

namespace kith::memory {

Result<Identity> IdentityRoom::find(IdentityId id) const {
  const Identity* identity = state.identities.find(id);
  if (!identity) return fail(Errc::not_found, "identity");
  return *identity;
}

Result<Identity> IdentityRoom::find_by_value(IdentityKind kind, std::string_view value) const {
  const IdentityId* id = state.identity_by_value.find({kind, std::string(value)});
  if (!id) return fail(Errc::not_found, "identity");
  return find(*id);
}

Result<std::vector<IdentityLink>> IdentityRoom::people_of(IdentityId id) const {
  std::vector<IdentityLink> found;
  for (auto at = state.links.rows().lower_bound({id, PersonId{}}); at != state.links.rows().end(); ++at) {
    if (at->first.first != id) break;
    found.push_back(at->second.value);
  }
  std::ranges::sort(found, [](const IdentityLink& a, const IdentityLink& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.person < b.person;
  });
  return found;
}

Result<std::vector<Identity>> IdentityRoom::identities_of(PersonId person) const {
  std::vector<Identity> found;
  for (IdentityId id : state.identities_of.find(person)) found.push_back(*state.identities.find(id));
  std::ranges::sort(found, {}, [this](const Identity& identity) { return state.identities.born(identity.id); });
  return found;
}

Result<void> IdentityRoom::add(const Identity& identity) {
  if (state.identities.contains(identity.id)) return fail(Errc::conflict, "identity exists");
  const bool is_in_use = identity.state != IdentityState::retired;
  if (is_in_use && state.identity_by_value.contains({identity.kind, identity.value}))
    return fail(Errc::conflict, "identity value exists");
  state.identities.put(journal, identity.id, identity);
  if (is_in_use) state.identity_by_value.put(journal, {identity.kind, identity.value}, identity.id);
  return {};
}

Result<void> IdentityRoom::save(const Identity& identity) {
  const Identity* before = state.identities.find(identity.id);
  if (!before) return fail(Errc::not_found, "identity");
  const bool is_in_use = identity.state != IdentityState::retired;
  const IdentityId* holder = state.identity_by_value.find({identity.kind, identity.value});
  if (is_in_use && holder && *holder != identity.id) return fail(Errc::conflict, "identity value exists");
  if (before->state != IdentityState::retired) state.identity_by_value.erase(journal, {before->kind, before->value});
  state.identities.put(journal, identity.id, identity);
  if (is_in_use) state.identity_by_value.put(journal, {identity.kind, identity.value}, identity.id);
  return {};
}

Result<void> IdentityRoom::link(const IdentityLink& link) {
  if (!state.identities.contains(link.identity)) return fail(Errc::not_found, "identity of the link");
  if (!state.people.contains(link.person)) return fail(Errc::not_found, "person of the link");
  state.links.put(journal, {link.identity, link.person}, link);
  state.identities_of.add(journal, link.person, link.identity);
  return {};
}

}  // namespace kith::memory
