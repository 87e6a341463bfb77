#include "conversations/read_marks.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "conversations/thread_access.h"

namespace kith {
namespace {

Result<Seq> newest_entry(const ConversationReader& conversations, const Thread& thread) {
  Seq newest = thread.own.last_entry;
  for (const ConversationId strand : thread.strands) {
    if (strand == thread.own.id) continue;
    KITH_TRY(const auto other, conversations.find(strand));
    newest = std::max(newest, other.last_entry);
  }
  return newest;
}

// Moves the marks of one reader to `seq`. Every one that moved is told, so that it is found under its own strand by
// whoever was away while two threads were one and apart again.
Result<void> move_marks(Tx& tx, const Thread& thread, ReadBy by, std::optional<PersonId> person, Seq seq) {
  KITH_TRY(const auto marks, tx.read_marks().of_strands(thread.strands, by, person));
  std::vector<ReadMark> moved;
  for (const ConversationId strand : thread.strands) {
    const auto known = std::ranges::find(marks, strand, &ReadMark::strand);
    ReadMark mark{.strand = strand, .by = by, .person = person};
    if (known != marks.end()) mark = *known;
    if (mark.seq >= seq) continue;
    mark.seq = seq;
    if (known == marks.end()) {
      mark.id = tx.new_id<ReadMarkId>();
      KITH_CHECK(tx.read_marks().add(mark));
    } else {
      KITH_CHECK(tx.read_marks().save(mark));
    }
    moved.push_back(mark);
  }
  if (moved.empty()) return {};
  KITH_TRY(const Seq seq_read, read_up_to(tx.read_marks(), tx.entries(), thread.strands, by, person));
  for (const ReadMark& mark : moved)
    tx.emit(event_in(thread, tx.next_seq(), ReadMarkChanged{mark, thread.own.person, seq_read}));
  return {};
}

}  // namespace

Result<void> mark_read(Tx& tx, const Actor& actor, const MarkRead& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  const bool is_customer = actor.kind == ActorKind::visitor;
  const Touched whose =
      is_customer ? Touched(touched::CustomersMark{thread.own.person}) : Touched(touched::ColleaguesMark{actor.person});
  KITH_CHECK(may(actor, Verb::change, whose));
  KITH_TRY(const Seq newest, newest_entry(tx.conversations(), thread));
  const Seq seq = std::min(command.seq, newest);
  if (seq <= 0) return {};
  if (is_customer) return move_marks(tx, thread, ReadBy::customer, std::nullopt, seq);
  KITH_CHECK(move_marks(tx, thread, ReadBy::colleague, actor.person, seq));
  return move_marks(tx, thread, ReadBy::team, std::nullopt, seq);
}

Result<Seq> read_up_to(const ReadMarkReader& marks, const EntryReader& entries, std::span<const ConversationId> strands,
                       ReadBy by, std::optional<PersonId> person) {
  KITH_TRY(const auto known, marks.of_strands(strands, by, person));
  if (strands.size() == 1) return known.empty() ? Seq{0} : known.front().seq;
  Seq farthest = 0;
  Seq before_unread = std::numeric_limits<Seq>::max();
  for (const ConversationId strand : strands) {
    const auto mark = std::ranges::find(known, strand, &ReadMark::strand);
    const Seq read = mark == known.end() ? 0 : mark->seq;
    KITH_TRY(const auto unread, entries.after({&strand, 1}, read, 1));
    if (!unread.empty()) before_unread = std::min(before_unread, unread.front().seq - 1);
    farthest = std::max(farthest, read);
  }
  return std::min(farthest, before_unread);
}

}  // namespace kith
