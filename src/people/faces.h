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

// For everybody: the key is the proof. not_found when there is no such picture (any more).
Result<Face> view_face(const Snapshot& snapshot, std::string_view key);

}  // namespace kith
