// The last steps every new entry takes, whoever says it: into the thread, to everybody who looks, and what it means for
// who waits.
#pragma once

#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/ports/store.h"

namespace kith {

// Fills in seq, strand, time and version, adds the entry to the thread's own strand and emits EntryAdded. The
// customer's first unanswered word begins waiting, a colleague's ends it. ConversationChanged follows when waiting
// changed, when a pause of hers ended or when this is the first entry ever. A colleague becomes the first companion; a
// customer's word brings the conversation back to whoever put it off. conflict when the id exists; nothing is emitted
// then. `thread` is brought up to date.
Result<Entry> add_entry(Tx& tx, Thread& thread, Entry draft);

// Something a rule says, not a human: `rule` names it (I7).
Result<Entry> add_notice(Tx& tx, Thread& thread, std::string rule, std::string text);

// Who this actor is as an author: a visitor the customer, a program a machine, a colleague a human whose session is
// alive at this moment (I7). not_allowed for everything else.
Result<Author> author_for(Tx& tx, const Actor& actor);

// Emits ConversationChanged for the thread as it is now.
Result<void> announce_thread(Tx& tx, const Thread& thread);

}  // namespace kith
