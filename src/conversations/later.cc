#include "conversations/later.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "conversations/thread_access.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr std::size_t kMostLaters = 100;

Result<void> tell(Tx& tx, const Thread& thread, const Later& later) {
  KITH_TRY(auto standing, standing_later(tx.laters(), thread.strands, later.person));
  tx.emit(event_in(thread, later.changed_seq, LaterChanged{later, std::move(standing)}));
  return {};
}

Result<void> end_later(Tx& tx, const Thread& thread, Later later) {
  later.is_set = false;
  later.until.reset();
  later.until_she_writes = false;
  later.words.clear();
  later.changed_seq = tx.next_seq();
  KITH_CHECK(tx.laters().save(later));
  return tell(tx, thread, later);
}

Result<void> check_when(Tx& tx, const PutOff& command) {
  if (!command.until && !command.until_she_writes) return invalid("until", "a time, or until she writes");
  if (command.until && *command.until <= tx.now()) return invalid("until", "not in the future");
  return {};
}

}  // namespace

Result<InThread<Later>> put_off(Tx& tx, const Actor& actor, const PutOff& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::change, touched::OwnDesk{actor.person}));
  KITH_TRY(std::string words, read_text("words", command.words, kLongestLaterWords));
  KITH_TRY(const auto all, tx.laters().of_strands(thread.strands, actor.person));
  const auto own = std::ranges::find(all, thread.own.id, &Later::strand);
  Later later{.strand = thread.own.id, .person = actor.person};
  if (own != all.end()) later = *own;
  later.is_set = true;
  later.until = command.until;
  later.until_she_writes = command.until_she_writes;
  later.words = std::move(words);
  if (!all.empty() && own == all.begin() && later == *own)
    return InThread<Later>{std::move(later), thread.own.id, thread.own.person};
  KITH_CHECK(check_when(tx, command));
  later.changed_seq = tx.next_seq();
  if (own == all.end()) {
    later.id = tx.new_id<LaterId>();
    KITH_CHECK(tx.laters().add(later));
  } else {
    KITH_CHECK(tx.laters().save(later));
  }
  KITH_CHECK(tell(tx, thread, later));
  return InThread<Later>{std::move(later), thread.own.id, thread.own.person};
}

Result<void> bring_back(Tx& tx, const Actor& actor, const BringBack& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::change, touched::OwnDesk{actor.person}));
  KITH_TRY(const auto all, tx.laters().of_strands(thread.strands, actor.person));
  for (const Later& later : all)
    if (later.is_set) KITH_CHECK(end_later(tx, thread, later));
  return {};
}

Result<LaterPage> list_laters(const Snapshot& snapshot, const Actor& actor, const ListLaters& query) {
  KITH_CHECK(may(actor, Verb::read, touched::OwnDesk{actor.person}));
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, kMostLaters);
  LaterPage page;
  KITH_TRY(auto laters, snapshot.laters().set_by(actor.person, query.after, limit + 1));
  if (laters.size() > limit) {
    laters.resize(limit);
    page.further = place_of(laters.back());
  }
  for (Later& later : laters) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_with(later.strand));
    // Two records that turned out to be one human may both be put off; the newer word counts, as in her conversation.
    KITH_TRY(const auto standing, standing_later(snapshot.laters(), thread.strands, actor.person));
    if (standing && standing->id == later.id)
      page.laters.push_back({std::move(later), thread.own.id, thread.own.person});
  }
  return page;
}

Result<std::optional<Later>> standing_later(const LaterReader& laters, std::span<const ConversationId> strands,
                                            PersonId person) {
  KITH_TRY(auto all, laters.of_strands(strands, person));
  if (all.empty() || !all.front().is_set) return std::optional<Later>();
  return std::optional<Later>(std::move(all.front()));
}

Result<void> bring_back_for_all(Tx& tx, const Thread& thread) {
  KITH_TRY(const auto set, tx.laters().set_in(thread.strands));
  for (const Later& later : set) KITH_CHECK(end_later(tx, thread, later));
  return {};
}

Result<Passed> wake_laters(Tx& tx, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(const auto due, tx.laters().due(tx.now(), limit));
  for (const Later& later : due) {
    KITH_TRY(const auto thread, tx.conversations().thread_with(later.strand));
    KITH_CHECK(end_later(tx, thread, later));
  }
  Passed passed{.done = due.size()};
  KITH_TRY(const auto next, tx.laters().due(Time{std::numeric_limits<std::int64_t>::max()}, 1));
  if (!next.empty()) passed.next = next.front().until;
  return passed;
}

}  // namespace kith
