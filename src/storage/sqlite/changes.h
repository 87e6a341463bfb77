// The one Change row of each thing, and the newest seq there is.
#pragma once

#include "domain/event.h"
#include "storage/sqlite/connection.h"

namespace kith::sqlite {

// Moves the row of what the event is about to the event's seq. Nothing to do for what catching up does not tell.
Result<void> remember(Connection& database, const Event& event);

// Makes sure that this seq is never given again, although nothing has it in its row.
Result<void> keep_seq(Connection& database, Seq seq);

// Of everything that is kept.
Result<Seq> newest_seq(Connection& database);

}  // namespace kith::sqlite
