#include "conversations/handovers.h"

#include <algorithm>
#include <utility>

#include "conversations/companions.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

InThread<Handover> in(const Thread& thread, Handover handover) {
  return {std::move(handover), thread.own.id, thread.own.person};
}

Result<void> check_offer(Tx& tx, const Actor& actor, const Thread& thread, const OfferHandover& command) {
  if (command.to == actor.person) return invalid("to", "to somebody else");
  KITH_TRY(const bool is_there, is_in_team(tx.people(), command.to, tx.now()));
  if (!is_there) return invalid("to", "not in the team");
  KITH_TRY(const auto earlier, tx.handovers().of_strands(thread.strands, 1000));
  if (std::ranges::find(earlier, HandoverState::offered, &Handover::state) != earlier.end())
    return fail(Errc::conflict, "somebody is asked already");
  return {};
}

struct Move {
  HandoverState to;
  Verb verb;
};

Result<InThread<Handover>> move_handover(Tx& tx, const Actor& actor, HandoverId id, Move move) {
  KITH_TRY(auto handover, tx.handovers().find(id));
  KITH_TRY(const auto thread, thread_for(tx, actor, handover.strand));
  KITH_CHECK(may(actor, move.verb, touched::Handover{move.verb == Verb::take_back ? handover.from : handover.to}));
  if (handover.state == move.to) return in(thread, std::move(handover));
  if (!can_become(handover.state, move.to)) return fail(Errc::conflict, "it was answered already");
  handover.state = move.to;
  handover.changed_seq = tx.next_seq();
  KITH_CHECK(tx.handovers().save(handover));
  tx.emit(event_in(thread, handover.changed_seq, HandoverChanged{handover}));
  if (move.to == HandoverState::accepted) KITH_CHECK(join_companions(tx, thread, handover.to, handover.changed_seq));
  return in(thread, std::move(handover));
}

}  // namespace

Result<InThread<Handover>> offer_handover(Tx& tx, const Actor& actor, const OfferHandover& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Handover{}));
  KITH_TRY(std::string words, read_text("words", command.words, kLongestNote));
  KITH_TRY(auto earlier, if_found(tx.handovers().find(command.id)));
  if (earlier) {
    const bool is_repeat = has_strand(thread, earlier->strand) && earlier->from == actor.person &&
                           earlier->to == command.to && earlier->words == words;
    if (!is_repeat) return fail(Errc::conflict, "the id belongs to another handover");
    return in(thread, std::move(*earlier));
  }
  KITH_CHECK(check_offer(tx, actor, thread, command));
  Handover handover{.id = command.id,
                    .strand = thread.own.id,
                    .from = actor.person,
                    .to = command.to,
                    .words = std::move(words),
                    .at = tx.now(),
                    .changed_seq = tx.next_seq()};
  KITH_CHECK(tx.handovers().add(handover));
  tx.emit(event_in(thread, handover.changed_seq, HandoverChanged{handover}));
  return in(thread, std::move(handover));
}

Result<InThread<Handover>> accept_handover(Tx& tx, const Actor& actor, const AnswerHandover& command) {
  return move_handover(tx, actor, command.handover, {HandoverState::accepted, Verb::change});
}
Result<InThread<Handover>> decline_handover(Tx& tx, const Actor& actor, const AnswerHandover& command) {
  return move_handover(tx, actor, command.handover, {HandoverState::declined, Verb::change});
}
Result<InThread<Handover>> take_back_handover(Tx& tx, const Actor& actor, const AnswerHandover& command) {
  return move_handover(tx, actor, command.handover, {HandoverState::taken_back, Verb::take_back});
}

Result<std::vector<InThread<Handover>>> list_handovers(const Snapshot& snapshot, const Actor& actor,
                                                       std::size_t limit) {
  KITH_CHECK(may(actor, Verb::read, touched::Handover{}));
  KITH_TRY(auto open, snapshot.handovers().open_with(actor.person, limit));
  std::vector<InThread<Handover>> found;
  for (Handover& handover : open) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_with(handover.strand));
    found.push_back(in(thread, std::move(handover)));
  }
  return found;
}

}  // namespace kith
