// What a colleague wrote down about a person. The person may read it, in the same words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"
#include "domain/place.h"

namespace kith {

struct Note {
  NoteId id;
  PersonId about;
  PersonId author;
  std::string text;
  std::uint32_t version = 1;
  bool taken_back = false;
  Time written_at;
  Seq changed_seq = 0;
  std::vector<PersonId> mentions{};  // colleagues it is addressed to; said when it is written, never changed
  friend bool operator==(const Note&, const Note&) = default;
};

// Among those that are found: where the next page goes on.
inline Place<NoteId> place_of(const Note& note) {
  return {note.written_at, note.id};
}

}  // namespace kith
