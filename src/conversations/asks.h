// What the machine may ask a person, once. A field that is known or was answered is never asked again (I6).
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/inbox.h"
#include "domain/ports/store.h"

namespace kith {

struct AskOnce {
  std::optional<ConversationId> conversation;
  std::string field;  // "called", "reply_address"
};
struct AskDecision {
  bool may_ask = false;  // false: it is known, was answered or was declined, in any strand of the thread
};
// Remembers that it was asked. Asking again before an answer came is the same ask (a page that was reloaded).
Result<AskDecision> ask_once(Tx& tx, const Actor& actor, const AskOnce& command);

struct AnswerAsk {
  std::optional<ConversationId> conversation;
  std::string field;
  AskState state = AskState::answered;  // answered or declined
};
Result<Ask> answer_ask(Tx& tx, const Actor& actor, const AnswerAsk& command);

}  // namespace kith
