// Somebody says something in a conversation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/entry.h"
#include "domain/ports/store.h"

namespace kith {

inline constexpr std::size_t kLongestMessage = 50'000;  // characters
inline constexpr std::size_t kMostAttachments = 200;    // of one entry

struct WriteMessage {
  EntryId id;                                  // client-made; a repeat gives the same entry and no second event
  std::optional<ConversationId> conversation;  // any strand; nothing: the visitor's own
  EntryKind kind = EntryKind::message;         // message, thanks; note_to_both for the team
  Channel channel = Channel::web;
  std::string text;
  std::vector<AttachmentId> attachments;  // kept, of this thread, sent by the same side
  std::vector<TopicId> topics;            // what it is about; of this thread
  std::optional<Seq> after{};             // a colleague's: the newest entry she has seen
};

// A visitor writes as the customer, a colleague as herself with her session as proof, a program as the machine its
// token names. The customer's first unanswered word begins waiting; a colleague's word ends it; a machine's changes
// nothing. The topics it names get it linked. A customer's word that asks for an answer moves them to waiting for us:
// settled ones too, but not those that wait for a date. A colleague's word answers those that are open or wait for us.
// With `after` it is refused (answered_meanwhile) when another colleague answered since.
Result<Entry> write_message(Tx& tx, const Actor& actor, const WriteMessage& command);

}  // namespace kith
