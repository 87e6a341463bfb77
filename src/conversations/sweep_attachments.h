// What nobody needs of the files people sent: uploads that were never finished, files that were never said, and the
// bytes of both. All of it by the system.
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

// From its beginning: a day for the upload (kUploadPatience) and another for saying it.
inline constexpr std::chrono::hours kSayingPatience{48};

// Forgets uploads begun before `older_than`, at most `limit`; says how many.
Result<std::size_t> sweep_unfinished(Tx& tx, const Actor& actor, Time older_than, std::size_t limit);

// Kept files begun before `older_than` that no entry, no draft and nothing that is to be sent later refers to.
Result<std::vector<AttachmentId>> find_unsaid(const Snapshot& snapshot, const Actor& actor, Time older_than,
                                              std::size_t limit);
// Forgets those of them that nobody has said meanwhile.
Result<void> sweep_unsaid(Tx& tx, const Actor& actor, const std::vector<AttachmentId>& found);

// Those of the uploads that no attachment belongs to any more.
Result<std::vector<AttachmentId>> find_given_up(const Snapshot& snapshot, const Actor& actor,
                                                std::span<const AttachmentId> uploads);
// Those of the contents that no attachment has.
Result<std::vector<Digest>> find_unused(const Snapshot& snapshot, const Actor& actor, std::span<const Digest> contents);

}  // namespace kith
