// What the house remembers, as the use cases see it. Reading happens on a Snapshot, writing on a Tx; both are whole and
// consistent for as long as they live. Implementations: storage/sqlite (kept on disk), storage/memory (tests,
// simulation). storage/store_contract_test.cc says what every implementation must do.
//
// Limits: list functions return at most `limit` rows, newest first unless they say otherwise.
// Errors: find() of something absent is not_found; a full disk is storage_full; anything else the disk does is
// unavailable.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/event.h"
#include "domain/identity.h"
#include "domain/inbox.h"
#include "domain/note.h"
#include "domain/person.h"
#include "domain/place.h"
#include "domain/ports/desk_store.h"
#include "domain/ports/house_store.h"
#include "domain/ports/outbox.h"
#include "domain/promise.h"
#include "domain/topic.h"

namespace kith {

// ---- people --------------------------------------------------------------------------------------------------------

class PeopleReader {
 public:
  virtual ~PeopleReader() = default;
  virtual Result<Person> find(PersonId id) const = 0;
  // Follows merges to the person whose conversation holds the story today; itself when not merged.
  virtual Result<Person> resolve(PersonId id) const = 0;
  // Everyone merged into `id`, directly or through others, oldest merge first.
  virtual Result<std::vector<Person>> merged_into(PersonId id) const = 0;
  virtual Result<std::vector<Role>> roles(PersonId id) const = 0;
  virtual Result<Merge> find_merge(MergeId id) const = 0;
  // The merge of `from` that stands today; not_found when there is none.
  virtual Result<Merge> standing_merge(PersonId from) const = 0;
  virtual Result<std::vector<Merge>> merges_of(PersonId person) const = 0;  // in either role, oldest first
  // Everyone who holds a colleague, leader or admin role at `now`, by name.
  virtual Result<std::vector<Person>> team_members(Time now) const = 0;
  virtual Result<std::vector<Person>> sample_people(std::size_t limit) const = 0;
  virtual Result<Face> face(std::string_view key) const = 0;
};
class PeopleWriter : public PeopleReader {
 public:
  virtual Result<void> add(const Person& person) = 0;  // conflict when the id exists
  virtual Result<void> save(const Person& person) = 0;
  virtual Result<void> add_role(const Role& role) = 0;
  virtual Result<void> save_role(const Role& role) = 0;
  virtual Result<void> add_merge(const Merge& merge) = 0;
  virtual Result<void> save_merge(const Merge& merge) = 0;
  virtual Result<void> add_face(const Face& face) = 0;         // conflict when the key exists
  virtual Result<void> remove_face(std::string_view key) = 0;  // fine when there is none
};

class IdentityReader {
 public:
  virtual ~IdentityReader() = default;
  virtual Result<Identity> find(IdentityId id) const = 0;
  // Not retired ones only.
  virtual Result<Identity> find_by_value(IdentityKind kind, std::string_view value) const = 0;
  virtual Result<std::vector<IdentityLink>> people_of(IdentityId id) const = 0;    // heaviest first
  virtual Result<std::vector<Identity>> identities_of(PersonId person) const = 0;  // retired ones too
};
class IdentityWriter : public IdentityReader {
 public:
  virtual Result<void> add(const Identity& identity) = 0;  // conflict when the kind and value exist unretired
  virtual Result<void> save(const Identity& identity) = 0;
  virtual Result<void> link(const IdentityLink& link) = 0;  // adds or replaces
};

// ---- conversations -------------------------------------------------------------------------------------------------

// A conversation in a list: enough for one row on a desk.
struct ConversationRow {
  Conversation conversation;
  Person person;
  std::optional<Entry> newest;  // newest entry over all strands
  std::vector<ConversationId> strands;
};

class ConversationReader {
 public:
  virtual ~ConversationReader() = default;
  virtual Result<Conversation> find(ConversationId id) const = 0;
  virtual Result<Conversation> of_person(PersonId person) const = 0;  // her own strand, merged or not
  // Everything read together with the conversation of `person` today (she may be merged: then her target's thread).
  virtual Result<Thread> thread_of(PersonId person) const = 0;
  // The thread that `strand` is part of today.
  virtual Result<Thread> thread_with(ConversationId strand) const = 0;
  // Who waits, longest first; only those who stand behind `after`. Only conversations of people who are not merged
  // away.
  virtual Result<std::vector<ConversationRow>> waiting(std::optional<Place<ConversationId>> after,
                                                       std::size_t limit) const = 0;
  // Newest activity first; only those whose newest entry is older than `before` (nullopt: from the newest). Only
  // conversations with at least one entry, of people who are not merged away.
  virtual Result<std::vector<ConversationRow>> recent(std::optional<Seq> before, std::size_t limit) const = 0;
  virtual Result<std::vector<Ask>> asks(ConversationId strand) const = 0;
  // Whose pause is over at `now`, soonest first.
  virtual Result<std::vector<Conversation>> paused_until(Time now, std::size_t limit) const = 0;
};
class ConversationWriter : public ConversationReader {
 public:
  virtual Result<void> add(const Conversation& conversation) = 0;  // conflict when the person has one already (I2)
  virtual Result<void> save(const Conversation& conversation) = 0;
  virtual Result<void> save_ask(const Ask& ask) = 0;  // adds or replaces
};

class EntryReader {
 public:
  virtual ~EntryReader() = default;
  virtual Result<Entry> find(EntryId id) const = 0;
  // Newest first over all `strands`, only seq < before (nullopt: from the newest).
  virtual Result<std::vector<Entry>> page(std::span<const ConversationId> strands, std::optional<Seq> before,
                                          std::size_t limit) const = 0;
  // Oldest first, only seq > after. An empty `strands` means every conversation.
  virtual Result<std::vector<Entry>> after(std::span<const ConversationId> strands, Seq after,
                                           std::size_t limit) const = 0;
  // Every version, the first included, oldest first.
  virtual Result<std::vector<EntryVersion>> versions(EntryId id) const = 0;
  virtual Result<std::optional<EntryVersion>> find_act(ActId act) const = 0;
};
class EntryWriter : public EntryReader {
 public:
  // conflict when the id exists. Refuses (invalid) a colleague without person and session, and a machine or notice
  // without its label (I7). Also updates the strand's last_entry, makes the text searchable and extends the chain (I3).
  virtual Result<void> add(const Entry& entry) = 0;
  // Appends a version and makes its text the searchable one; conflict when the act exists or the version is not the
  // next.
  virtual Result<void> add_version(const EntryVersion& version) = 0;
};

class TopicReader {
 public:
  virtual ~TopicReader() = default;
  virtual Result<Topic> find(TopicId id) const = 0;
  virtual Result<std::vector<Topic>> of_strands(std::span<const ConversationId> strands) const = 0;  // oldest first
  virtual Result<std::vector<Topic>> waiting_until(Time now, std::size_t limit) const = 0;  // dates that have come
};
class TopicWriter : public TopicReader {
 public:
  virtual Result<void> add(const Topic& topic) = 0;
  virtual Result<void> save(const Topic& topic) = 0;
};

// A note that mentions somebody; `seq` is its place among those that do.
struct Mention {
  Note note;
  Seq seq = 0;
  friend bool operator==(const Mention&, const Mention&) = default;
};

class NoteReader {
 public:
  virtual ~NoteReader() = default;
  virtual Result<Note> find(NoteId id) const = 0;
  virtual Result<std::vector<Note>> about(std::span<const PersonId> people) const = 0;  // oldest first, taken back too
  // Newest first, only seq < before; not those that were taken back.
  virtual Result<std::vector<Mention>> mentioning(PersonId person, std::optional<Seq> before,
                                                  std::size_t limit) const = 0;
};
class NoteWriter : public NoteReader {
 public:
  virtual Result<void> add(const Note& note) = 0;
  virtual Result<void> save(const Note& note) = 0;  // all but whom it mentions
};

class PromiseReader {
 public:
  virtual ~PromiseReader() = default;
  virtual Result<Promise> find(PromiseId id) const = 0;
  virtual Result<std::vector<Promise>> of_strands(std::span<const ConversationId> strands) const = 0;  // oldest first
  // Alive promises behind `after`, soonest due first (then by id); everyone's when `by` is nullopt.
  virtual Result<std::vector<Promise>> alive(std::optional<PersonId> by, std::optional<Place<PromiseId>> after,
                                             std::size_t limit) const = 0;
  // Alive and due at or before `now`, soonest first.
  virtual Result<std::vector<Promise>> due(Time now, std::size_t limit) const = 0;
  // Alive, not due yet, and of those whose owner is to be warned by `now` and was not; soonest due first.
  virtual Result<std::vector<Promise>> to_warn(Time now, std::size_t limit) const = 0;
  // When the first of those alive comes due, or has its owner warned.
  virtual Result<std::optional<Time>> next_watch() const = 0;
};
class PromiseWriter : public PromiseReader {
 public:
  virtual Result<void> add(const Promise& promise) = 0;
  virtual Result<void> save(const Promise& promise) = 0;
};

struct UnsaidFiles {
  std::int64_t files = 0;
  std::int64_t bytes = 0;  // as announced
  friend bool operator==(const UnsaidFiles&, const UnsaidFiles&) = default;
};

class AttachmentReader {
 public:
  virtual ~AttachmentReader() = default;
  virtual Result<Attachment> find(AttachmentId id) const = 0;
  // How many kept attachments use these bytes.
  virtual Result<std::int64_t> references(const Digest& content) const = 0;
  virtual Result<std::vector<Attachment>> unfinished(Time older_than, std::size_t limit) const = 0;
  // Kept, begun before `older_than`, and in no entry, no draft and nothing that is still to be sent.
  virtual Result<std::vector<AttachmentId>> unsaid(Time older_than, std::size_t limit) const = 0;
  // Those of them that are so now.
  virtual Result<std::vector<AttachmentId>> unsaid_among(std::span<const AttachmentId> ids) const = 0;
  // What this person began at or after `since` and no entry holds yet, finished or not.
  virtual Result<UnsaidFiles> unsaid_by(PersonId by, Time since) const = 0;
};
class AttachmentWriter : public AttachmentReader {
 public:
  virtual Result<void> add(const Attachment& attachment) = 0;
  virtual Result<void> save(const Attachment& attachment) = 0;
  virtual Result<void> remove(AttachmentId id) = 0;  // one that was given up or never said
};

// ---- search, catching up, leaving the house ------------------------------------------------------------------------

struct EntrySearch {
  std::string words;                    // as typed; every word must occur, the last one as a prefix
  std::optional<Seq> before;            // cursor: only older than this
  std::vector<ConversationId> strands;  // empty: everywhere
  std::optional<Time> from;
  std::optional<Time> until;
  std::size_t limit = 20;
};

class SearchReader {
 public:
  virtual ~SearchReader() = default;
  // Newest first, never ranked. Words without a letter or digit are ignored; no words left: an empty list.
  virtual Result<std::vector<Entry>> entries(const EntrySearch& search) const = 0;
  // The same for notes that stand: latest written first (then by id), only those behind `after`.
  virtual Result<std::vector<Note>> notes(std::string_view words, std::optional<Place<NoteId>> after,
                                          std::size_t limit) const = 0;
  // People by name or identity value, prefix of every word; not merged away; newest first.
  virtual Result<std::vector<Person>> people(std::string_view words, std::size_t limit) const = 0;
};

// Which changes somebody may catch up on: those of these strands, or (colleague) everything. With `house_too` also
// those that belong to no conversation (colleagues' public faces, settings).
struct ChangeScope {
  bool everything = false;
  std::vector<ConversationId> strands;
  bool house_too = false;
};

class ChangeReader {
 public:
  virtual ~ChangeReader() = default;
  // Newest seq that is durable.
  virtual Result<Seq> newest() const = 0;
  // Oldest first, only seq > after. Added entries are not in here: EntryReader::after has them.
  virtual Result<std::vector<Change>> after(const ChangeScope& scope, Seq after, std::size_t limit) const = 0;
};

// ---- the units of work ---------------------------------------------------------------------------------------------

// A consistent look at everything. Valid only inside the function it was handed to.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual const PeopleReader& people() const = 0;
  virtual const IdentityReader& identities() const = 0;
  virtual const ConversationReader& conversations() const = 0;
  virtual const EntryReader& entries() const = 0;
  virtual const TopicReader& topics() const = 0;
  virtual const NoteReader& notes() const = 0;
  virtual const PromiseReader& promises() const = 0;
  virtual const ReadMarkReader& read_marks() const = 0;
  virtual const CompanionReader& companions() const = 0;
  virtual const DraftReader& drafts() const = 0;
  virtual const ScheduledReader& scheduled() const = 0;
  virtual const LaterReader& laters() const = 0;
  virtual const HandoverReader& handovers() const = 0;
  virtual const AttachmentReader& attachments() const = 0;
  virtual const HouseReader& house() const = 0;
  virtual const AccessReader& access() const = 0;
  virtual const SearchReader& search() const = 0;
  virtual const ChangeReader& changes() const = 0;
};

// The same, and what may be changed. Use cases are plain functions on Tx&.
class Tx {
 public:
  virtual ~Tx() = default;
  virtual PeopleWriter& people() = 0;
  virtual IdentityWriter& identities() = 0;
  virtual ConversationWriter& conversations() = 0;
  virtual EntryWriter& entries() = 0;
  virtual TopicWriter& topics() = 0;
  virtual NoteWriter& notes() = 0;
  virtual PromiseWriter& promises() = 0;
  virtual ReadMarkWriter& read_marks() = 0;
  virtual CompanionWriter& companions() = 0;
  virtual DraftWriter& drafts() = 0;
  virtual ScheduledWriter& scheduled() = 0;
  virtual LaterWriter& laters() = 0;
  virtual HandoverWriter& handovers() = 0;
  virtual AttachmentWriter& attachments() = 0;
  virtual HouseWriter& house() = 0;
  virtual AccessWriter& access() = 0;
  virtual Outbox& outbox() = 0;

  // Erases for ever every row that belongs to a sample person, team or inbox: people, roles, accounts, sessions,
  // invitations and API tokens they made, identities only they use, merges, conversations, entries with all versions,
  // topics, notes, promises, asks, attachments, their Change rows and everything searchable. The chain over entries
  // (I3) is begun anew over what stays. The one exception to "append-only", because invented people have no memory to
  // keep. Returns how many people went. Nothing to erase is fine (0).
  virtual Result<std::int64_t> erase_sample() = 0;

  virtual Time now() const = 0;  // one moment for the whole group
  virtual Random& random() = 0;
  virtual Seq next_seq() = 0;  // strictly growing; a rolled-back unit may leave a gap
  // To be delivered when, and only when, this unit is durable. Take event.seq from next_seq() (EntryAdded: the entry's
  // own seq, EntryChanged: its changed_seq). For every body but EntryAdded (after() finds those) and SessionsEnded (not
  // for clients) the store also remembers the Change for those who are away: the thing's one Change row moves to
  // event.seq. Its scope is the thing's own strand (of a person or note: her own conversation), so that it is found
  // there after a merge as well as after its undoing; event.conversation for what has none.
  virtual void emit(Event event) = 0;

  template <class TypedId>
  TypedId new_id() {
    return make_opaque_id<TypedId>(random());
  }
};

// One use case with its input, waiting to be run.
class WriteUnit {
 public:
  virtual ~WriteUnit() = default;
  // True: keep what it did. False: undo it, and only it. Must not touch anything but `tx` and its own members, because
  // a store may run it a second time.
  virtual bool run(Tx& tx) = 0;
};

struct GroupOutcome {
  Result<void> commit;        // an error means that nothing of the group was kept
  std::vector<Event> events;  // of the units that were kept, in seq order
};

class Reader {
 public:
  virtual ~Reader() = default;
  // Runs `look` on one snapshot.
  virtual Result<void> read(const std::function<void(const Snapshot&)>& look) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  // Runs the units in order inside one transaction, each undone alone when it fails, and makes them durable with one
  // fsync. One thread only. After storage_full, later groups may work again; after any other failed commit the store
  // refuses to write until it is opened anew (fsync is never retried).
  virtual GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random) = 0;
  // A reader for one thread, at any time.
  virtual Result<std::unique_ptr<Reader>> open_reader() = 0;
};

}  // namespace kith
