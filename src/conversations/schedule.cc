#include "conversations/schedule.h"

#include <limits>
#include <utility>

#include "base/text.h"
#include "conversations/add_entry.h"
#include "conversations/message_checks.h"
#include "conversations/thread_access.h"
#include "conversations/topic_moves.h"
#include "people/if_found.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

InThread<Scheduled> in(const Thread& thread, Scheduled scheduled) {
  return {std::move(scheduled), thread.own.id, thread.own.person};
}

WriteMessage message_of(const Scheduled& scheduled) {
  return {.id = scheduled.id,
          .conversation = scheduled.strand,
          .text = scheduled.text,
          .attachments = scheduled.attachments,
          .topics = scheduled.topics};
}

Result<void> check_send_at(Tx& tx, Time send_at) {
  if (send_at <= tx.now()) return invalid("send_at", "not in the future");
  if (send_at > tx.now() + kFarthestSendAt) return invalid("send_at", "more than a year from now");
  return {};
}

Result<InThread<Scheduled>> save(Tx& tx, const Thread& thread, Scheduled scheduled) {
  scheduled.changed_seq = tx.next_seq();
  KITH_CHECK(tx.scheduled().save(scheduled));
  tx.emit(event_in(thread, scheduled.changed_seq, ScheduledChanged{scheduled}));
  return in(thread, std::move(scheduled));
}

struct Found {
  Scheduled scheduled;
  Thread thread;
};
// To anybody else it does not exist.
Result<Found> find_own(Tx& tx, const Actor& actor, EntryId id) {
  Found found;
  KITH_TRY(found.scheduled, tx.scheduled().find(id));
  if (!may(actor, Verb::change, touched::OwnDesk{found.scheduled.by})) return fail(Errc::not_found, "scheduled");
  KITH_TRY(found.thread, thread_for(tx, actor, found.scheduled.strand));
  return found;
}

// Why it cannot be written as it stands; nothing when it can. A topic that is gone is no reason: it is left out.
Result<bool> can_be_sent(Tx& tx, const Thread& thread, const Author& author, const Scheduled& scheduled) {
  KITH_TRY(const bool is_there, is_in_team(tx.people(), scheduled.by, tx.now()));
  if (!is_there) return false;
  const auto fits = check_attachments(tx, thread, author, scheduled.attachments);
  if (!fits && fits.error().code != Errc::invalid) return std::unexpected<Error>(fits.error());
  return fits.has_value();
}

Result<ScheduledState> write_entry(Tx& tx, Thread& thread, const Scheduled& scheduled) {
  const Author author{.kind = AuthorKind::colleague, .person = scheduled.by, .session = scheduled.session};
  KITH_TRY(const auto earlier, if_found(tx.entries().find(scheduled.id)));
  if (earlier) return earlier->author == author ? ScheduledState::sent : ScheduledState::held;
  KITH_TRY(const bool can, can_be_sent(tx, thread, author, scheduled));
  if (!can) return ScheduledState::held;
  KITH_TRY(
      const Entry entry,
      add_entry(tx, thread,
                {.id = scheduled.id, .author = author, .text = scheduled.text, .attachments = scheduled.attachments}));
  for (const TopicId id : scheduled.topics) {
    KITH_TRY(auto topic, if_found(tx.topics().find(id)));
    if (topic && has_strand(thread, topic->strand)) KITH_CHECK(link_to_topic(tx, thread, std::move(*topic), entry));
  }
  return ScheduledState::sent;
}

}  // namespace

Result<InThread<Scheduled>> schedule_entry(Tx& tx, const Actor& actor, const ScheduleEntry& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Thread{thread.own.person}));
  KITH_CHECK(may(actor, Verb::change, touched::OwnDesk{actor.person}));
  KITH_TRY(const auto author, author_for(tx, actor));
  Scheduled scheduled{.id = command.id,
                      .strand = thread.own.id,
                      .by = actor.person,
                      .session = author.session.value_or(SessionId{}),
                      .text = command.text,
                      .attachments = command.attachments,
                      .topics = command.topics,
                      .send_at = command.send_at};
  KITH_TRY(auto earlier, if_found(tx.scheduled().find(command.id)));
  if (earlier) {
    const bool is_repeat = has_strand(thread, earlier->strand) && earlier->by == actor.person;
    if (!is_repeat) return fail(Errc::conflict, "the id belongs to another entry");
    return in(thread, std::move(*earlier));
  }
  KITH_TRY(const auto entry, if_found(tx.entries().find(command.id)));
  if (entry) return fail(Errc::conflict, "the id belongs to another entry");
  KITH_CHECK(check_content(message_of(scheduled), author.kind));
  KITH_CHECK(check_attachments(tx, thread, author, scheduled.attachments));
  KITH_CHECK(find_topics(tx, thread, scheduled.topics));
  KITH_CHECK(check_send_at(tx, scheduled.send_at));
  scheduled.changed_seq = tx.next_seq();
  KITH_CHECK(tx.scheduled().add(scheduled));
  tx.emit(event_in(thread, scheduled.changed_seq, ScheduledChanged{scheduled}));
  return in(thread, std::move(scheduled));
}

Result<InThread<Scheduled>> change_scheduled(Tx& tx, const Actor& actor, const ChangeScheduled& command) {
  KITH_TRY(auto found, find_own(tx, actor, command.id));
  Scheduled scheduled = found.scheduled;
  if (!scheduled.is_open()) return fail(Errc::conflict, "it was sent or withdrawn");
  scheduled.text = command.text;
  scheduled.send_at = command.send_at;
  scheduled.state = ScheduledState::waiting;
  if (scheduled == found.scheduled) return in(found.thread, std::move(scheduled));
  KITH_TRY(const auto author, author_for(tx, actor));
  scheduled.session = author.session.value_or(SessionId{});
  KITH_CHECK(check_content(message_of(scheduled), author.kind));
  KITH_CHECK(check_send_at(tx, scheduled.send_at));
  return save(tx, found.thread, std::move(scheduled));
}

Result<InThread<Scheduled>> withdraw_scheduled(Tx& tx, const Actor& actor, const WithdrawScheduled& command) {
  KITH_TRY(auto found, find_own(tx, actor, command.id));
  if (found.scheduled.state == ScheduledState::withdrawn) return in(found.thread, std::move(found.scheduled));
  if (!found.scheduled.is_open()) return fail(Errc::conflict, "it was sent");
  found.scheduled.state = ScheduledState::withdrawn;
  return save(tx, found.thread, std::move(found.scheduled));
}

Result<std::vector<InThread<Scheduled>>> list_scheduled(const Snapshot& snapshot, const Actor& actor,
                                                        std::size_t limit) {
  KITH_CHECK(may(actor, Verb::read, touched::OwnDesk{actor.person}));
  KITH_TRY(auto open, snapshot.scheduled().open_of(actor.person, limit));
  std::vector<InThread<Scheduled>> found;
  for (Scheduled& scheduled : open) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_with(scheduled.strand));
    found.push_back(in(thread, std::move(scheduled)));
  }
  return found;
}

Result<Passed> send_scheduled(Tx& tx, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(auto due, tx.scheduled().due(tx.now(), limit));
  for (Scheduled& scheduled : due) {
    KITH_TRY(auto thread, tx.conversations().thread_with(scheduled.strand));
    KITH_TRY(scheduled.state, write_entry(tx, thread, scheduled));
    KITH_CHECK(save(tx, thread, std::move(scheduled)));
  }
  Passed passed{.done = due.size()};
  KITH_TRY(const auto next, tx.scheduled().due(Time{std::numeric_limits<std::int64_t>::max()}, 1));
  if (!next.empty()) passed.next = next.front().send_at;
  return passed;
}

}  // namespace kith
