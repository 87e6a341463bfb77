// One colleague asks another to go on with a conversation. Nothing changes until the other accepts, and no reason is
// asked.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "conversations/in_thread.h"
#include "domain/access.h"
#include "domain/handover.h"
#include "domain/ports/store.h"

namespace kith {

struct OfferHandover {
  HandoverId id;  // client-made
  ConversationId conversation;
  PersonId to;
  std::string words;
};
// conflict while another offer is open in this thread.
Result<InThread<Handover>> offer_handover(Tx& tx, const Actor& actor, const OfferHandover& command);

struct AnswerHandover {
  HandoverId handover;
};
// By whom it was offered to: she comes first among the companions.
Result<InThread<Handover>> accept_handover(Tx& tx, const Actor& actor, const AnswerHandover& command);
// By whom it was offered to.
Result<InThread<Handover>> decline_handover(Tx& tx, const Actor& actor, const AnswerHandover& command);
// By whom it was offered.
Result<InThread<Handover>> take_back_handover(Tx& tx, const Actor& actor, const AnswerHandover& command);

// Open ones from or to her, latest first.
Result<std::vector<InThread<Handover>>> list_handovers(const Snapshot& snapshot, const Actor& actor, std::size_t limit);

}  // namespace kith
