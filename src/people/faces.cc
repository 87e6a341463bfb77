#include "people/faces.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/picture.h"

namespace kith {
namespace {

constexpr std::size_t kKeyCharacters = 22;

std::string new_key(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<Person> wear(Tx& tx, Person person, std::string key) {
  if (!person.face.empty()) KITH_CHECK(tx.people().remove_face(person.face));
  person.face = std::move(key);
  KITH_CHECK(tx.people().save(person));
  KITH_CHECK(announce_person(tx, person));
  return person;
}

}  // namespace

Result<Person> show_face(Tx& tx, const Actor& actor, const ShowFace& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{command.person}));
  KITH_TRY(const Picture picture, read_picture(command.bytes));
  KITH_TRY(Person person, tx.people().find(command.person));
  KITH_TRY(const auto before, if_found(tx.people().face(person.face)));
  if (before && before->bytes == command.bytes) return person;
  Face face{.key = new_key(tx.random()), .person = person.id, .media_type = std::string(picture.media_type)};
  face.bytes = command.bytes;
  KITH_CHECK(tx.people().add_face(face));
  return wear(tx, std::move(person), std::move(face.key));
}

Result<Person> hide_face(Tx& tx, const Actor& actor, const HideFace& command) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{command.person}));
  KITH_TRY(Person person, tx.people().find(command.person));
  if (person.face.empty()) return person;
  return wear(tx, std::move(person), {});
}

Result<SeenFace> view_face(const Snapshot& snapshot, const Actor& actor, std::string_view key) {
  if (key.size() != kKeyCharacters) return fail(Errc::not_found, "no key of a face");
  SeenFace seen;
  KITH_TRY(seen.face, snapshot.people().face(key));
  // Whoever was in the team is still seen beside what she said.
  KITH_TRY(const auto roles, snapshot.people().roles(seen.face.person));
  seen.is_the_teams = std::ranges::any_of(roles, [](const Role& role) { return role.kind != RoleKind::customer; });
  const touched::Face object{seen.face.person, seen.is_the_teams};
  if (!may(actor, Verb::read, object)) return fail(Errc::not_found, "not hers to look at");
  return seen;
}

}  // namespace kith
