// The pictures people show of themselves. A real colleague shows her own or none; nobody gets an invented one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/access.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct ShowFace {
  PersonId person;
  std::string bytes;  // of a PNG, JPEG or WebP; see people/picture.h
};
// Another picture has another key; the earlier one is gone. The same bytes again keep the key.
Result<Person> show_face(Tx& tx, const Actor& actor, const ShowFace& command);

struct HideFace {
  PersonId person;
};
// Fine when there is none.
Result<Person> hide_face(Tx& tx, const Actor& actor, const HideFace& command);

struct SeenFace {
  Face face;
  bool is_the_teams = false;  // of somebody who is or was in the team: everybody may see it
};
// not_found when there is no such picture (any more), or it is not for whoever asks: nobody is told that it exists.
Result<SeenFace> view_face(const Snapshot& snapshot, const Actor& actor, std::string_view key);

}  // namespace kith
