// Everything the store in memory remembers: one table per noun, and the indexes that questions need.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "domain/ports/store.h"
#include "storage/memory/table.h"

namespace kith::memory {

using ChangeKey = std::pair<ChangeKind, IdBytes>;
struct ChangeRow {
  Seq seq = 0;
  std::optional<ConversationId> scope;
};

// The running digest over all entries and versions up to and including `seq` (I3).
struct Seal {
  Seq seq = 0;
  Digest digest{};
};

struct State {
  Table<PersonId, Person> people;
  Index<PersonId, PersonId> merged;  // into, from
  Table<RoleId, Role> roles;
  Index<PersonId, RoleId> roles_of;
  Table<std::string, Face> faces;  // by key
  Table<MergeId, Merge> merges;
  Index<PersonId, MergeId> merges_of;

  Table<IdentityId, Identity> identities;
  Table<std::pair<IdentityKind, std::string>, IdentityId> identity_by_value;  // not the retired ones
  Table<std::pair<IdentityId, PersonId>, IdentityLink> links;
  Index<PersonId, IdentityId> identities_of;

  Table<ConversationId, Conversation> conversations;
  Table<PersonId, ConversationId> conversation_of;
  Index<Time, ConversationId> waiting;
  Index<Seq, ConversationId> by_last_entry;
  Table<std::pair<ConversationId, std::string>, Ask> asks;

  Table<EntryId, Entry> entries;
  Table<Seq, EntryId> entry_by_seq;
  Table<std::pair<ConversationId, Seq>, EntryId> entry_by_strand;
  Table<std::pair<EntryId, std::uint32_t>, EntryVersion> versions;
  Table<ActId, std::pair<EntryId, std::uint32_t>> acts;
  Table<Seq, std::pair<EntryId, std::uint32_t>> versions_by_seq;  // what the chain runs over

  Table<TopicId, Topic> topics;
  Index<ConversationId, TopicId> topics_of;
  Table<NoteId, Note> notes;
  Index<PersonId, NoteId> notes_about;
  Table<PromiseId, Promise> promises;
  Index<ConversationId, PromiseId> promises_of;
  Table<AttachmentId, Attachment> attachments;
  Index<Time, ConversationId> paused;
  Index<std::pair<PersonId, Seq>, NoteId> mentions;

  using Reading = std::tuple<ConversationId, ReadBy, PersonId>;
  Table<ReadMarkId, ReadMark> read_marks;
  Table<Reading, ReadMarkId> read_mark_of;
  Table<std::pair<ConversationId, PersonId>, Companion> companions;
  Table<DraftId, Draft> drafts;
  Table<std::pair<ConversationId, PersonId>, DraftId> draft_of;
  Table<EntryId, Scheduled> scheduled;
  Table<LaterId, Later> laters;
  Table<std::pair<ConversationId, PersonId>, LaterId> later_of;
  Table<HandoverId, Handover> handovers;

  Settings settings;
  Table<TeamId, Team> teams;
  Table<InboxId, Inbox> inboxes;
  Table<PersonId, Account> accounts;
  Table<std::string, PersonId> account_by_email;
  Table<PersonId, Preferences> preferences;
  Table<SessionId, Session> sessions;
  Table<Digest, SessionId> session_by_digest;
  Index<PersonId, SessionId> sessions_of;
  Table<ApiTokenId, ApiToken> tokens;
  Table<Digest, ApiTokenId> token_by_digest;
  Table<InvitationId, Invitation> invitations;
  Table<Digest, InvitationId> invitation_by_digest;

  Table<OutboxId, OutboxItem> outbox;
  Index<Time, OutboxId> outbox_due;

  Table<ChangeKey, ChangeRow> changes;
  Table<Seq, ChangeKey> change_by_seq;
  std::vector<Seal> seals;
  Seq newest = 0;  // of what is kept
  Seq issued = 0;  // of what was handed out; never goes back
};

}  // namespace kith::memory
