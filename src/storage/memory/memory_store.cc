#include "storage/memory/memory_store.h"

#include <algorithm>
#include <exception>
#include <mutex>

#include "base/digest.h"
#include "storage/memory/desk_rooms.h"
#include "storage/memory/rooms.h"
#include "storage/replayed_random.h"

namespace kith {

namespace memory {
namespace {

// All rooms over one state.
struct Rooms {
  Rooms(State& s, Journal& j)
      : people(s, j),
        identities(s, j),
        conversations(s, j),
        entries(s, j),
        topics(s, j),
        notes(s, j),
        promises(s, j),
        read_marks(s, j),
        companions(s, j),
        drafts(s, j),
        scheduled(s, j),
        laters(s, j),
        handovers(s, j),
        attachments(s, j),
        house(s, j),
        access(s, j),
        search(s, j),
        changes(s, j),
        outbox(s, j) {}
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

class MemorySnapshot : public Snapshot {
 public:
  explicit MemorySnapshot(State& state) : rooms_(state, unused_) {}
  const PeopleReader& people() const override { return rooms_.people; }
  const IdentityReader& identities() const override { return rooms_.identities; }
  const ConversationReader& conversations() const override { return rooms_.conversations; }
  const EntryReader& entries() const override { return rooms_.entries; }
  const TopicReader& topics() const override { return rooms_.topics; }
  const NoteReader& notes() const override { return rooms_.notes; }
  const PromiseReader& promises() const override { return rooms_.promises; }
  const ReadMarkReader& read_marks() const override { return rooms_.read_marks; }
  const CompanionReader& companions() const override { return rooms_.companions; }
  const DraftReader& drafts() const override { return rooms_.drafts; }
  const ScheduledReader& scheduled() const override { return rooms_.scheduled; }
  const LaterReader& laters() const override { return rooms_.laters; }
  const HandoverReader& handovers() const override { return rooms_.handovers; }
  const AttachmentReader& attachments() const override { return rooms_.attachments; }
  const HouseReader& house() const override { return rooms_.house; }
  const AccessReader& access() const override { return rooms_.access; }
  const SearchReader& search() const override { return rooms_.search; }
  const ChangeReader& changes() const override { return rooms_.changes; }

 private:
  Journal unused_;
  Rooms rooms_;
};

class MemoryTx : public Tx {
 public:
  MemoryTx(State& state, Journal& journal, Time now, Random& random)
      : state_(state), journal_(journal), rooms_(state, journal), now_(now), random_(random) {}
  PeopleWriter& people() override { return rooms_.people; }
  IdentityWriter& identities() override { return rooms_.identities; }
  ConversationWriter& conversations() override { return rooms_.conversations; }
  EntryWriter& entries() override { return rooms_.entries; }
  TopicWriter& topics() override { return rooms_.topics; }
  NoteWriter& notes() override { return rooms_.notes; }
  PromiseWriter& promises() override { return rooms_.promises; }
  ReadMarkWriter& read_marks() override { return rooms_.read_marks; }
  CompanionWriter& companions() override { return rooms_.companions; }
  DraftWriter& drafts() override { return rooms_.drafts; }
  ScheduledWriter& scheduled() override { return rooms_.scheduled; }
  LaterWriter& laters() override { return rooms_.laters; }
  HandoverWriter& handovers() override { return rooms_.handovers; }
  AttachmentWriter& attachments() override { return rooms_.attachments; }
  HouseWriter& house() override { return rooms_.house; }
  AccessWriter& access() override { return rooms_.access; }
  Outbox& outbox() override { return rooms_.outbox; }
  Result<std::int64_t> erase_sample() override { return memory::erase_sample(state_, journal_); }
  Time now() const override { return now_; }
  Random& random() override { return random_; }
  Seq next_seq() override { return ++state_.issued; }
  void emit(Event event) override {
    rooms_.changes.remember(event);
    events_.push_back(std::move(event));
  }

  [[nodiscard]] std::size_t events_so_far() const { return events_.size(); }
  void forget_events_after(std::size_t count) { events_.resize(count); }
  std::vector<Event> take_events() {
    std::ranges::sort(events_, {}, &Event::seq);
    return std::move(events_);
  }

 private:
  State& state_;
  Journal& journal_;
  Rooms rooms_;
  Time now_;
  Random& random_;
  std::vector<Event> events_;
};

class MemoryReader : public Reader {
 public:
  MemoryReader(State& state, std::shared_mutex& reading_or_writing)
      : state_(state), reading_or_writing_(reading_or_writing) {}
  Result<void> read(const std::function<void(const Snapshot&)>& look) override {
    std::shared_lock reading(reading_or_writing_);
    const MemorySnapshot snapshot(state_);
    look(snapshot);
    return {};
  }

 private:
  State& state_;
  std::shared_mutex& reading_or_writing_;
};

// A unit that throws is a unit that says false: a bug in one write costs that write only.
bool run_unit(WriteUnit& unit, Tx& tx) {
  try {
    return unit.run(tx);
  } catch (const std::exception&) {
    return false;
  }
}

void run_units(std::span<WriteUnit* const> units, MemoryTx& tx, Journal& journal) {
  for (WriteUnit* unit : units) {
    const std::size_t mark = journal.mark();
    const std::size_t events = tx.events_so_far();
    if (run_unit(*unit, tx)) continue;
    journal.undo_to(mark);
    tx.forget_events_after(events);
  }
}

template <class Number>
void add_number(Sha256& digest, Number number) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof number; ++i)
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> 8 * i));
  digest.add(bytes);
}

void add_text(Sha256& digest, std::string_view text) {
  add_number(digest, text.size());
  digest.add(text);
}

// Digest of everything up to and including `until`, going on from `from`.
Digest chain_on(const State& state, const Seal& from, Seq until) {
  Sha256 digest;
  digest.add({reinterpret_cast<const char*>(from.digest.data()), from.digest.size()});
  const auto& rows = state.versions_by_seq.rows();
  for (auto at = rows.upper_bound(from.seq); at != rows.end() && at->first <= until; ++at) {
    const auto& [id, number] = at->second.value;
    const EntryVersion& version = *state.versions.find({id, number});
    const Entry& entry = *state.entries.find(id);
    add_number(digest, version.seq);
    add_text(digest, id.text() + entry.strand.text() + version.act.text());
    add_text(digest, version.text);
    add_number(digest, version.version);
    add_number(digest, version.at.us);
    add_number(digest, static_cast<int>(version.taken_back));
    add_number(digest, static_cast<int>(entry.author.kind));
    add_text(digest, entry.author.person ? entry.author.person->text() : "");
    add_text(digest, entry.author.session ? entry.author.session->text() : "");
    add_text(digest, entry.author.machine);
  }
  return digest.finish();
}

// Seals what the group added, once for the whole group.
void seal(State& state) {
  const auto& rows = state.versions_by_seq.rows();
  const Seal last = state.seals.empty() ? Seal{} : state.seals.back();
  if (rows.empty() || rows.rbegin()->first <= last.seq) return;
  const Seq until = rows.rbegin()->first;
  state.seals.push_back({until, chain_on(state, last, until)});
}

}  // namespace
}  // namespace memory

MemoryStore::MemoryStore() : state_(std::make_unique<memory::State>()) {}
MemoryStore::~MemoryStore() = default;

GroupOutcome MemoryStore::commit_group(std::span<WriteUnit* const> units, Time now, Random& random) {
  std::unique_lock writing(reading_or_writing_);
  if (refusing_) return {fail(Errc::unavailable, "an earlier commit failed; the store must be opened anew"), {}};
  memory::Journal journal;
  ReplayedRandom replayed(random);
  memory::MemoryTx tx(*state_, journal, now, replayed);
  const Seq issued = state_->issued;
  memory::run_units(units, tx, journal);
  journal.undo_to(0);
  tx.forget_events_after(0);
  state_->issued = issued;
  replayed.begin_again();
  memory::run_units(units, tx, journal);
  if (const auto why = std::exchange(next_failure_, std::nullopt)) {
    journal.undo_to(0);
    refusing_ = *why != Errc::storage_full;
    return {fail(*why, "the commit failed because a test wanted it"), {}};
  }
  memory::seal(*state_);
  return {{}, tx.take_events()};
}

Result<std::unique_ptr<Reader>> MemoryStore::open_reader() {
  return std::make_unique<memory::MemoryReader>(*state_, reading_or_writing_);
}

bool MemoryStore::chain_holds() const {
  std::shared_lock reading(reading_or_writing_);
  memory::Seal last;
  for (const memory::Seal& seal : state_->seals) {
    if (memory::chain_on(*state_, last, seal.seq) != seal.digest) return false;
    last = seal;
  }
  const auto& versions = state_->versions_by_seq.rows();
  return versions.empty() || versions.rbegin()->first <= last.seq;
}

bool MemoryStore::tamper_with(EntryId id) {
  std::unique_lock writing(reading_or_writing_);
  memory::Journal unused;
  const EntryVersion* first = state_->versions.find({id, 1});
  if (!first) return false;
  EntryVersion changed = *first;
  changed.text += " (not what was said)";
  state_->versions.put(unused, {id, 1}, changed);
  return true;
}

}  // namespace kith
