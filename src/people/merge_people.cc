#include "people/merge_people.h"

#include <algorithm>
#include <string_view>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr const char* kRule = "whose records are joined or taken apart is told";
constexpr std::string_view kJoined =
    "Two conversations turned out to be yours, so they are one now. If that is wrong, please tell us: it can be undone "
    "at any time.";
constexpr std::string_view kTakenApart = "Two conversations that had been joined were taken apart again.";

// A Notice in her conversation: from a rule, not from a human, and it says so.
Result<void> tell(Tx& tx, PersonId person, std::string_view text) {
  KITH_TRY(const auto thread, tx.conversations().thread_of(person));
  const Seq seq = tx.next_seq();
  const Entry notice{.id = tx.new_id<EntryId>(),
                     .seq = seq,
                     .strand = thread.own.id,
                     .kind = EntryKind::notice,
                     .channel = Channel::none,
                     .author = {.kind = AuthorKind::notice, .machine = kRule},
                     .text = std::string(text),
                     .at = tx.now(),
                     .changed_seq = seq};
  KITH_CHECK(tx.entries().add(notice));
  tx.emit({seq, thread.own.id, EntryAdded{notice}});
  return {};
}

// The conversation of `id` as its list row is: her whole thread, or, merged away, only where the story went.
Result<void> announce_conversation(Tx& tx, PersonId id) {
  KITH_TRY(const Person person, tx.people().find(id));
  KITH_TRY(Thread thread, tx.conversations().thread_of(id));
  const ConversationId today = thread.own.id;
  if (person.merged_into) {
    KITH_TRY(thread.own, tx.conversations().of_person(id));
    thread.strands = {thread.own.id};
  }
  tx.emit({tx.next_seq(), today, ConversationChanged{std::move(thread), person}});
  return {};
}

// Visitors recognised as `id`, or as somebody merged into her, stand for another person from now on.
Result<void> announce_visitors(Tx& tx, PersonId id) {
  KITH_TRY(auto sessions, tx.access().sessions_of(id));
  KITH_TRY(const auto merged, tx.people().merged_into(id));
  for (const Person& person : merged) {
    KITH_TRY(const auto more, tx.access().sessions_of(person.id));
    sessions.insert(sessions.end(), more.begin(), more.end());
  }
  announce_sessions(tx, std::move(sessions));
  return {};
}

// A waiting word is not forgotten by joining: the thread waits since the older of both.
Result<void> join_waiting(Tx& tx, PersonId from, PersonId into) {
  KITH_TRY(const auto joined, tx.conversations().of_person(from));
  KITH_TRY(auto own, tx.conversations().of_person(into));
  if (!joined.waiting_since || (own.waiting_since && *own.waiting_since <= *joined.waiting_since)) return {};
  own.waiting_since = joined.waiting_since;
  return tx.conversations().save(own);
}

// Without the other's words somebody may be waiting since later, or not at all. Who does not wait had her answer while
// the two were one, and does not begin to wait again.
Result<void> part_waiting(Tx& tx, PersonId person) {
  KITH_TRY(Thread thread, tx.conversations().thread_of(person));
  if (!thread.own.waiting_since) return {};
  KITH_TRY(const auto since, waits_since(tx.conversations(), tx.entries(), thread));
  if (thread.own.waiting_since == since) return {};
  thread.own.waiting_since = since;
  return tx.conversations().save(thread.own);
}

Result<void> check_can_be_joined(Tx& tx, const Person& person) {
  if (person.merged_into) return fail(Errc::conflict, "her story is told elsewhere already");
  KITH_TRY(const bool is_colleague, is_in_team(tx.people(), person.id, tx.now()));
  if (is_colleague) return fail(Errc::conflict, "somebody in the team cannot be joined with another person");
  return {};
}

Result<MergeOutcome> outcome_of(Tx& tx, const Merge& merge) {
  KITH_TRY(auto thread, tx.conversations().thread_of(merge.undone_at ? merge.from : merge.into));
  return MergeOutcome{merge, std::move(thread)};
}

}  // namespace

Result<MergeOutcome> merge_people(Tx& tx, const Actor& actor, const MergePeople& command) {
  KITH_CHECK(may(actor, Verb::add, touched::Merge{}));
  KITH_TRY(const std::string reason, read_text("reason", command.reason, 1000));
  KITH_TRY(const auto earlier, if_found(tx.people().find_merge(command.id)));
  if (earlier) {
    const bool is_repeat = earlier->from == command.from && earlier->into == command.into &&
                           earlier->by == actor.person && earlier->reason == reason;
    if (!is_repeat) return fail(Errc::conflict, "the id belongs to another merge");
    return outcome_of(tx, *earlier);
  }
  if (command.from == command.into) return invalid("into", "nobody can be joined with herself");
  KITH_TRY(Person from, tx.people().find(command.from));
  KITH_TRY(const Person into, tx.people().find(command.into));
  KITH_CHECK(check_can_be_joined(tx, from));
  KITH_CHECK(check_can_be_joined(tx, into));

  const Merge merge{
      .id = command.id, .from = from.id, .into = into.id, .by = actor.person, .reason = reason, .at = tx.now()};
  KITH_CHECK(tx.people().add_merge(merge));
  from.merged_into = into.id;
  KITH_CHECK(tx.people().save(from));
  KITH_CHECK(join_waiting(tx, from.id, into.id));
  KITH_CHECK(tell(tx, into.id, kJoined));
  KITH_CHECK(announce_conversation(tx, into.id));
  KITH_CHECK(announce_conversation(tx, from.id));
  KITH_CHECK(announce_visitors(tx, from.id));
  return outcome_of(tx, merge);
}

Result<MergeOutcome> undo_merge(Tx& tx, const Actor& actor, const UndoMerge& command) {
  KITH_CHECK(may(actor, Verb::take_back, touched::Merge{}));
  KITH_TRY(Merge merge, tx.people().find_merge(command.id));
  if (merge.undone_at) return outcome_of(tx, merge);
  KITH_TRY(Person from, tx.people().find(merge.from));
  from.merged_into.reset();
  KITH_CHECK(tx.people().save(from));
  merge.undone_at = tx.now();
  merge.undone_by = actor.person;
  KITH_CHECK(tx.people().save_merge(merge));

  KITH_TRY(const Person teller, tx.people().resolve(merge.into));
  for (const PersonId person : {teller.id, from.id}) {
    KITH_CHECK(part_waiting(tx, person));
    KITH_CHECK(tell(tx, person, kTakenApart));
    KITH_CHECK(announce_conversation(tx, person));
  }
  KITH_CHECK(announce_visitors(tx, from.id));
  return outcome_of(tx, merge);
}

}  // namespace kith
