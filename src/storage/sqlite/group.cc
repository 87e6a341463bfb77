// One commit group: many units, one transaction, one fsync. Units nearly always succeed, so a group is first run
// without a savepoint for each; when a unit fails that has written, the transaction is rolled back and the group run
// again with them. Seqs and randomness begin again too, so that nobody can tell the second run from a first.
#include <algorithm>
#include <exception>

#include "base/mutant.h"
#include "storage/replayed_random.h"
#include "storage/sqlite/changes.h"
#include "storage/sqlite/engine.h"

namespace kith {
namespace {

using sqlite::Undo;

class SqliteTx : public Tx {
 public:
  SqliteTx(sqlite::Rooms& rooms, sqlite::Room& room, Seq& issued, Time now, Random& random)
      : rooms_(rooms), room_(room), issued_(issued), now_(now), random_(random) {}
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
  Result<std::int64_t> erase_sample() override { return sqlite::erase_sample(room_); }
  Time now() const override { return now_; }
  Random& random() override { return random_; }
  Seq next_seq() override { return ++issued_; }
  void emit(Event event) override { room_.pending.events.push_back(std::move(event)); }

 private:
  sqlite::Rooms& rooms_;
  sqlite::Room& room_;
  Seq& issued_;
  Time now_;
  Random& random_;
};

// After a group had to be run twice: somebody whose writes fail again and again costs the others next to nothing.
constexpr int kCarefulGroups = 32;

// What a client is told although the commit failed.
bool is_hidden(const Error& why) {
  return is_mutant(why.code == Errc::storage_full ? "full_disk_ignored" : "sync_error_ignored");
}

// A group of more than a few things then stays open until the next one.
bool commits_late() {
  return is_mutant("acknowledged_before_commit") || is_mutant("delivered_before_commit");
}

void mutate(std::vector<Event>& events) {
  if (is_mutant("event_dropped") && events.size() > 2) events.erase(events.begin() + 1);
}

Error refusal() {
  return {Errc::unavailable, "the disk failed earlier; the store must be opened anew", {}};
}

}  // namespace

GroupOutcome SqliteStore::Engine::commit_group(std::span<WriteUnit* const> units, Time now, Random& random) {
  if (is_refusing_ && !is_mutant("sync_error_forgotten")) return {std::unexpected(refusal()), {}};
  const Seq sealed = pending_.sealed;
  auto committed = run_group_carefully(units, now, random);
  std::vector<Event> events = std::move(pending_.events);
  const std::size_t texts = pending_.texts.size();
  if (committed && !pending_.links.empty()) issued_ = std::max(issued_, pending_.links.back().seq);
  pending_ = {};
  if (!committed) {
    pending_.sealed = sealed;
    give_up_group(committed.error());
    if (is_hidden(committed.error())) return {{}, std::move(events)};
    if (is_mutant("delivered_without_commit")) return {std::move(committed), std::move(events)};
    return {std::move(committed), {}};
  }
  pending_.sealed = issued_;
  if (!commits_late() || !writer_->is_in_transaction()) tend_log();
  if (search_buffer_.is_to_be_given_up(texts)) give_up_search_buffer();
  std::ranges::sort(events, {}, &Event::seq);
  mutate(events);
  return {{}, std::move(events)};
}

// What is thrown (there is no memory left, say) ends this group, and not the next one with its open transaction.
Result<void> SqliteStore::Engine::run_group_carefully(std::span<WriteUnit* const> units, Time now, Random& random) {
  try {
    return run_group(units, now, random);
  } catch (const std::exception& thrown) {
    return fail(Errc::unavailable, thrown.what());
  }
}

Result<void> SqliteStore::Engine::run_group(std::span<WriteUnit* const> units, Time now, Random& random) {
  writer_->forget_damage();
  if (commits_late() && writer_->is_in_transaction()) KITH_CHECK(writer_->step("commit"));
  KITH_CHECK(writer_->step("begin immediate"));
  ReplayedRandom replayed(random);
  const Seq issued = issued_;
  SqliteTx tx(rooms_, room_, issued_, now, replayed);
  KITH_TRY(const bool has_run, run_units(units, tx, undo_for(units.size())));
  if (!has_run) {
    KITH_CHECK(begin_again(issued));
    replayed.begin_again();
    KITH_CHECK(run_units(units, tx, Undo::unit_alone));
  }
  KITH_CHECK(sqlite::carry_out(*writer_, pending_));
  if (commits_late() && pending_.links.size() > 4) return {};
  return writer_->step("commit");
}

Undo SqliteStore::Engine::undo_for(std::size_t units) {
  if (careful_groups_ > 0) {
    --careful_groups_;
    return Undo::unit_alone;
  }
  return units > 1 ? Undo::whole_group : Undo::unit_alone;
}

Result<bool> SqliteStore::Engine::run_units(std::span<WriteUnit* const> units, Tx& tx, Undo undo) {
  for (WriteUnit* unit : units) {
    KITH_TRY(const bool has_run, run_unit(*unit, tx, undo));
    if (!has_run) return false;
  }
  return true;
}

Result<bool> SqliteStore::Engine::run_unit(WriteUnit& unit, Tx& tx, Undo undo) {
  const auto mark = pending_.mark();
  writer_->begin_unit(undo);
  bool keep = false;
  try {
    keep = unit.run(tx);
  } catch (const std::exception& thrown) {
    log_.error("write_unit_threw", {{"what", thrown.what()}});
  }
  // The unit may have taken a broken disk for an everyday failure; the group knows better.
  if (writer_->damage()) return std::unexpected(*writer_->damage());
  if (keep) {
    KITH_CHECK(writer_->keep_unit());
    return true;
  }
  pending_.undo_to(mark);
  if (!writer_->has_unit_written()) return true;
  if (undo == Undo::whole_group) return false;
  room_.forget();
  KITH_CHECK(writer_->undo_unit());
  return true;
}

Result<void> SqliteStore::Engine::begin_again(Seq issued) {
  careful_groups_ = kCarefulGroups;
  const Seq sealed = pending_.sealed;
  pending_ = {};
  pending_.sealed = sealed;
  room_.forget();
  issued_ = issued;
  KITH_CHECK(writer_->step("rollback"));
  return writer_->step("begin immediate");
}

// Whoever comes next finds the schema read again, or says why it cannot be.
void SqliteStore::Engine::give_up_search_buffer() {
  if (auto renewed = writer_->script("pragma writable_schema = reset"); !renewed)
    log_.warning("schema_not_read_again", {{"why", renewed.error().detail}});
}

void SqliteStore::Engine::give_up_group(const Error& why) {
  room_.forget();
  if (writer_->is_in_transaction()) {
    // When even this fails, the transaction is gone with the connection, and nothing of it is durable.
    if (auto undone = writer_->step("rollback"); !undone) is_refusing_ = true;
  }
  damage_.note(*writer_);
  const bool is_full = why.code == Errc::storage_full;
  if (writer_->damage() && !is_full) is_refusing_ = true;
  log_.error("group_not_kept", {{"why", why.detail}, {"refusing_from_now", is_refusing_ ? "yes" : "no"}});
}

}  // namespace kith
