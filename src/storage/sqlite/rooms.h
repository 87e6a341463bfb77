// Readers and writers of each noun over the tables. A snapshot hands them out as readers, a transaction as writers. The
// SQL stands in the .cc file of each noun, beside the function that runs it.
#pragma once

#include "domain/ports/store.h"
#include "storage/sqlite/desk_rooms.h"
#include "storage/sqlite/room.h"

namespace kith::sqlite {

class PeopleRoom : public PeopleWriter, Room {
 public:
  explicit PeopleRoom(const Room& room) : Room(room) {}
  Result<Person> find(PersonId id) const override;
  Result<Person> resolve(PersonId id) const override;
  Result<std::vector<Person>> merged_into(PersonId id) const override;
  Result<std::vector<Role>> roles(PersonId id) const override;
  Result<Merge> find_merge(MergeId id) const override;
  Result<Merge> standing_merge(PersonId from) const override;
  Result<std::vector<Merge>> merges_of(PersonId person) const override;
  Result<std::vector<Person>> team_members(Time now) const override;
  Result<std::vector<Person>> sample_people(std::size_t limit) const override;
  Result<Face> face(std::string_view key) const override;
  Result<void> add(const Person& person) override;
  Result<void> save(const Person& person) override;
  Result<void> add_role(const Role& role) override;
  Result<void> save_role(const Role& role) override;
  Result<void> add_merge(const Merge& merge) override;
  Result<void> save_merge(const Merge& merge) override;
  Result<void> add_face(const Face& face) override;
  Result<void> remove_face(std::string_view key) override;
};

class IdentityRoom : public IdentityWriter, Room {
 public:
  explicit IdentityRoom(const Room& room) : Room(room) {}
  Result<Identity> find(IdentityId id) const override;
  Result<Identity> find_by_value(IdentityKind kind, std::string_view value) const override;
  Result<std::vector<IdentityLink>> people_of(IdentityId id) const override;
  Result<std::vector<Identity>> identities_of(PersonId person) const override;
  Result<void> add(const Identity& identity) override;
  Result<void> save(const Identity& identity) override;
  Result<void> link(const IdentityLink& link) override;
};

class ConversationRoom : public ConversationWriter, Room {
 public:
  explicit ConversationRoom(const Room& room) : Room(room) {}
  Result<Conversation> find(ConversationId id) const override;
  Result<Conversation> of_person(PersonId person) const override;
  Result<Thread> thread_of(PersonId person) const override;
  Result<Thread> thread_with(ConversationId strand) const override;
  Result<std::vector<ConversationRow>> waiting(std::optional<Place<ConversationId>> after,
                                               std::size_t limit) const override;
  Result<std::vector<ConversationRow>> recent(std::optional<Seq> before, std::size_t limit) const override;
  Result<std::vector<Ask>> asks(ConversationId strand) const override;
  Result<std::vector<Conversation>> paused_until(Time now, std::size_t limit) const override;
  Result<void> add(const Conversation& conversation) override;
  Result<void> save(const Conversation& conversation) override;
  Result<void> save_ask(const Ask& ask) override;

 private:
  Result<Thread> thread_at(RowId person) const;
  Result<Seq> newest_entry(const Thread& thread) const;
  Result<ConversationRow> row(const Thread& thread, Seq newest) const;
};

class EntryRoom : public EntryWriter, Room {
 public:
  explicit EntryRoom(const Room& room) : Room(room) {}
  Result<Entry> find(EntryId id) const override;
  Result<std::vector<Entry>> page(std::span<const ConversationId> strands, std::optional<Seq> before,
                                  std::size_t limit) const override;
  Result<std::vector<Entry>> after(std::span<const ConversationId> strands, Seq after,
                                   std::size_t limit) const override;
  Result<std::vector<EntryVersion>> versions(EntryId id) const override;
  Result<std::optional<EntryVersion>> find_act(ActId act) const override;
  Result<void> add(const Entry& entry) override;
  Result<void> add_version(const EntryVersion& version) override;

  Result<Entry> at(Seq seq) const;

 private:
  Result<void> with_attachments(std::vector<Entry>& entries) const;
  Result<void> insert(const Entry& entry);
};

class TopicRoom : public TopicWriter, Room {
 public:
  explicit TopicRoom(const Room& room) : Room(room) {}
  Result<Topic> find(TopicId id) const override;
  Result<std::vector<Topic>> of_strands(std::span<const ConversationId> strands) const override;
  Result<std::vector<Topic>> waiting_until(Time now, std::size_t limit) const override;
  Result<void> add(const Topic& topic) override;
  Result<void> save(const Topic& topic) override;

 private:
  Result<void> with_entries(std::vector<Topic>& topics) const;
  Result<void> link_entries(const Topic& topic);
};

class NoteRoom : public NoteWriter, Room {
 public:
  explicit NoteRoom(const Room& room) : Room(room) {}
  Result<Note> find(NoteId id) const override;
  Result<std::vector<Note>> about(std::span<const PersonId> people) const override;
  Result<std::vector<Mention>> mentioning(PersonId person, std::optional<Seq> before, std::size_t limit) const override;
  Result<void> add(const Note& note) override;
  Result<void> save(const Note& note) override;
};

class PromiseRoom : public PromiseWriter, Room {
 public:
  explicit PromiseRoom(const Room& room) : Room(room) {}
  Result<Promise> find(PromiseId id) const override;
  Result<std::vector<Promise>> of_strands(std::span<const ConversationId> strands) const override;
  Result<std::vector<Promise>> alive(std::optional<PersonId> by, std::optional<Place<PromiseId>> after,
                                     std::size_t limit) const override;
  Result<std::vector<Promise>> due(Time now, std::size_t limit) const override;
  Result<std::vector<Promise>> to_warn(Time now, std::size_t limit) const override;
  Result<std::optional<Time>> next_watch() const override;
  Result<void> add(const Promise& promise) override;
  Result<void> save(const Promise& promise) override;
};

class AttachmentRoom : public AttachmentWriter, Room {
 public:
  explicit AttachmentRoom(const Room& room) : Room(room) {}
  Result<Attachment> find(AttachmentId id) const override;
  Result<std::int64_t> references(const Digest& content) const override;
  Result<std::vector<Attachment>> unfinished(Time older_than, std::size_t limit) const override;
  Result<std::vector<AttachmentId>> unsaid(Time older_than, std::size_t limit) const override;
  Result<std::vector<AttachmentId>> unsaid_among(std::span<const AttachmentId> ids) const override;
  Result<UnsaidFiles> unsaid_by(PersonId by, Time since) const override;
  Result<void> add(const Attachment& attachment) override;
  Result<void> save(const Attachment& attachment) override;
  Result<void> remove(AttachmentId id) override;
};

class HouseRoom : public HouseWriter, Room {
 public:
  explicit HouseRoom(const Room& room) : Room(room) {}
  Result<Settings> settings() const override;
  Result<Team> find_team(TeamId id) const override;
  Result<std::vector<Team>> teams() const override;
  Result<Inbox> find_inbox(InboxId id) const override;
  Result<std::vector<Inbox>> inboxes() const override;
  Result<void> save_settings(const Settings& settings) override;
  Result<void> save_team(const Team& team) override;
  Result<void> save_inbox(const Inbox& inbox) override;
};

class AccessRoom : public AccessWriter, Room {
 public:
  explicit AccessRoom(const Room& room) : Room(room) {}
  Result<Account> account(PersonId person) const override;
  Result<Account> account_by_email(std::string_view email_lower) const override;
  Result<Session> session_by_digest(const Digest& token) const override;
  Result<Session> session(SessionId id) const override;
  Result<std::vector<SessionId>> sessions_of(PersonId person) const override;
  Result<ApiToken> token_by_digest(const Digest& token) const override;
  Result<std::vector<ApiToken>> tokens(std::size_t limit) const override;
  Result<ApiToken> find_token(ApiTokenId id) const override;
  Result<Invitation> invitation_by_digest(const Digest& token) const override;
  Result<Invitation> find_invitation(InvitationId id) const override;
  Result<std::vector<Invitation>> open_invitations(Time now, std::size_t limit) const override;
  Result<void> save_account(const Account& account) override;
  Result<void> add_session(const Session& session) override;
  Result<void> save_session(const Session& session) override;
  Result<std::vector<SessionId>> revoke_sessions(PersonId person, std::optional<SessionId> keep) override;
  Result<void> save_token(const ApiToken& token) override;
  Result<void> save_invitation(const Invitation& invitation) override;
  Result<Preferences> preferences(PersonId person) const override;
  Result<void> save_preferences(PersonId person, const Preferences& preferences) override;
  Result<void> forget_expired(Time now) override;
};

class SearchRoom : public SearchReader, Room {
 public:
  explicit SearchRoom(const Room& room) : Room(room) {}
  Result<std::vector<Entry>> entries(const EntrySearch& search) const override;
  Result<std::vector<Note>> notes(std::string_view words, std::optional<Place<NoteId>> after,
                                  std::size_t limit) const override;
  Result<std::vector<Person>> people(std::string_view words, std::size_t limit) const override;
};

class ChangeRoom : public ChangeReader, Room {
 public:
  explicit ChangeRoom(const Room& room) : Room(room) {}
  Result<Seq> newest() const override;
  Result<std::vector<Change>> after(const ChangeScope& scope, Seq after, std::size_t limit) const override;
};

class OutboxRoom : public Outbox, Room {
 public:
  explicit OutboxRoom(const Room& room) : Room(room) {}
  Result<void> add(const OutboxItem& item) override;
  Result<std::vector<OutboxItem>> due(Time now, std::size_t limit) const override;
  Result<void> save(const OutboxItem& item) override;
  Result<void> remove(OutboxId id) override;
};

// All rooms over one connection.
struct Rooms {
  explicit Rooms(const Room& room)
      : people(room),
        identities(room),
        conversations(room),
        entries(room),
        topics(room),
        notes(room),
        promises(room),
        read_marks(room),
        companions(room),
        drafts(room),
        scheduled(room),
        laters(room),
        handovers(room),
        attachments(room),
        house(room),
        access(room),
        search(room),
        changes(room),
        outbox(room) {}
  PeopleRoom people;
  IdentityRoom identities;
  ConversationRoom conversations;
  EntryRoom entries;
  TopicRoom topics;
  NoteRoom notes;
  PromiseRoom promises;
  ReadMarkRoom read_marks;
  CompanionRoom companions;
  DraftRoom drafts;
  ScheduledRoom scheduled;
  LaterRoom laters;
  HandoverRoom handovers;
  AttachmentRoom attachments;
  HouseRoom house;
  AccessRoom access;
  SearchRoom search;
  ChangeRoom changes;
  OutboxRoom outbox;
};

// Tx::erase_sample.
Result<std::int64_t> erase_sample(Room& room);

// Brings conversations.last_entry up to date.
Result<void> carry_last_entries(Connection& database, const std::vector<Pending::LastEntry>& touched);

}  // namespace kith::sqlite
