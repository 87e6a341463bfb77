// What people use to reach us, and whose it is.
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

Identity read_identity(Row& row) {
  return {.id = row.id<IdentityId>(),
          .kind = row.choice<IdentityKind>(),
          .value = row.text(),
          .state = row.choice<IdentityState>(),
          .confirmed_how = row.text(),
          .confirmed_at = row.maybe_time()};
}

#define KITH_IDENTITY_COLUMNS "i.public_id, i.kind, i.value, i.state, i.confirmed_how, i.confirmed_at"

}  // namespace

Result<Identity> IdentityRoom::find(IdentityId id) const {
  return db.one("identity", "select " KITH_IDENTITY_COLUMNS " from identities i where i.public_id = ?", read_identity,
                id);
}

Result<Identity> IdentityRoom::find_by_value(IdentityKind kind, std::string_view value) const {
  return db.one("identity",
                "select " KITH_IDENTITY_COLUMNS " from identities i where i.kind = ? and i.value = ? and i.state < 2",
                read_identity, kind, value);
}

Result<std::vector<IdentityLink>> IdentityRoom::people_of(IdentityId id) const {
  auto read = [id](Row& row) { return IdentityLink{id, row.id<PersonId>(), row.real()}; };
  return db.all(R"sql(
      select p.public_id, l.weight
      from identities i join identity_links l on l.identity_id = i.id join persons p on p.id = l.person_id
      where i.public_id = ?
      order by l.weight desc, p.public_id)sql",
                read, id);
}

Result<std::vector<Identity>> IdentityRoom::identities_of(PersonId person) const {
  return db.all("select " KITH_IDENTITY_COLUMNS R"sql(
      from persons p join identity_links l on l.person_id = p.id join identities i on i.id = l.identity_id
      where p.public_id = ?
      order by i.id)sql",
                read_identity, person);
}

Result<void> IdentityRoom::add(const Identity& identity) {
  return db.write(R"sql(
      insert into identities (public_id, kind, value, state, confirmed_how, confirmed_at) values (?, ?, ?, ?, ?, ?))sql",
                  identity.id, identity.kind, identity.value, identity.state, identity.confirmed_how,
                  identity.confirmed_at);
}

Result<void> IdentityRoom::save(const Identity& identity) {
  KITH_CHECK(db.replace("identity", R"sql(
      update identities set kind = ?, value = ?, state = ?, confirmed_how = ?, confirmed_at = ? where public_id = ?)sql",
                        identity.kind, identity.value, identity.state, identity.confirmed_how, identity.confirmed_at,
                        identity.id));
  KITH_TRY(auto people, db.all(R"sql(
      select l.person_id from identities i join identity_links l on l.identity_id = i.id where i.public_id = ?)sql",
                               read_row_id, identity.id));
  pending.people.insert(pending.people.end(), people.begin(), people.end());
  return {};
}

Result<void> IdentityRoom::link(const IdentityLink& link) {
  KITH_TRY(auto identity, ids.of(link.identity));
  KITH_TRY(auto person, ids.of(link.person));
  KITH_CHECK(db.write(R"sql(
      insert into identity_links (identity_id, person_id, weight) values (?, ?, ?)
      on conflict (identity_id, person_id) do update set weight = excluded.weight)sql",
                      identity, person, link.weight));
  pending.people.push_back(person);
  return {};
}

}  // namespace kith::sqlite
