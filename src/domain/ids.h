// One id type per noun, and Seq, the order in which the house learned of things.
#pragma once

#include <cstdint>

#include "base/id.h"

namespace kith {

using PersonId = Id<struct PersonTag>;
using IdentityId = Id<struct IdentityTag>;
using ConversationId = Id<struct ConversationTag>;
using EntryId = Id<struct EntryTag>;
using TopicId = Id<struct TopicTag>;
using NoteId = Id<struct NoteTag>;
using PromiseId = Id<struct PromiseTag>;
using RoleId = Id<struct RoleTag>;
using TeamId = Id<struct TeamTag>;
using InboxId = Id<struct InboxTag>;
using MergeId = Id<struct MergeTag>;
using SessionId = Id<struct SessionTag>;
using ApiTokenId = Id<struct ApiTokenTag>;
using InvitationId = Id<struct InvitationTag>;
using AttachmentId = Id<struct AttachmentTag>;
using ReadMarkId = Id<struct ReadMarkTag>;
using DraftId = Id<struct DraftTag>;
using LaterId = Id<struct LaterTag>;
using HandoverId = Id<struct HandoverTag>;
using OutboxId = Id<struct OutboxTag>;
// The client-made id of one act (an edit, a settle ...), so that a repeat is harmless.
using ActId = Id<struct ActTag>;

// Grows by at least one with everything that happens; gaps are normal. Clients resume from the newest they have seen.
using Seq = std::int64_t;

}  // namespace kith
