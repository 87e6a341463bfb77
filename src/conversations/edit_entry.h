// The author corrects her own words, or takes them back. Earlier versions stay readable to both sides (I3).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/entry.h"
#include "domain/ports/store.h"

namespace kith {

inline constexpr std::chrono::minutes kTimeToEdit{15};  // the same for both sides
inline constexpr std::uint32_t kMostVersions = 100;     // of one entry; taking it back is one more, and always possible

struct EditEntry {
  ActId act;  // client-made
  EntryId entry;
  std::string text;
};
// not_allowed for anybody but the author, after kTimeToEdit and after kMostVersions; conflict when it was taken back.
Result<Entry> edit_entry(Tx& tx, const Actor& actor, const EditEntry& command);

struct TakeBackEntry {
  ActId act;  // client-made
  EntryId entry;
};
Result<Entry> take_back_entry(Tx& tx, const Actor& actor, const TakeBackEntry& command);

// Every version, the first included, oldest first.
Result<std::vector<EntryVersion>> list_versions(const Snapshot& snapshot, const Actor& actor, EntryId entry);

}  // namespace kith
