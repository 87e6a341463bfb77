// How far somebody has read. Colleagues keep this to themselves: the customer hears that the team has read, never who.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

struct MarkRead {
  std::optional<ConversationId> conversation;  // nothing: the visitor's own
  Seq seq = 0;                                 // more than there is means everything there is
};
// Only moves forward. Every strand of the thread is marked, so that it stays true when a merge is undone.
Result<void> mark_read(Tx& tx, const Actor& actor, const MarkRead& command);

// Up to where everything in these strands has been read; 0 for nothing. Of strands that were joined the one with the
// oldest unread entry decides, so that nothing unread is ever taken for read; what is new never takes anything back.
Result<Seq> read_up_to(const ReadMarkReader& marks, const EntryReader& entries, std::span<const ConversationId> strands,
                       ReadBy by, std::optional<PersonId> person);

}  // namespace kith
