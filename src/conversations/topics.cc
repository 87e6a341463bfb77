#include "conversations/topics.h"

#include <algorithm>
#include <utility>

#include "conversations/thread_access.h"
#include "conversations/topic_moves.h"
#include "people/if_found.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

struct TopicInThread {
  Topic topic;
  Thread thread;
};

Result<TopicInThread> find_topic(Tx& tx, const Actor& actor, TopicId id) {
  TopicInThread found;
  KITH_TRY(found.topic, tx.topics().find(id));
  KITH_TRY(found.thread, thread_for(tx, actor, found.topic.strand));
  return found;
}

Result<TopicInThread> topic_to_change(Tx& tx, const Actor& actor, TopicId id) {
  KITH_TRY(auto found, find_topic(tx, actor, id));
  KITH_CHECK(may(actor, Verb::change, touched::Topic{found.thread.own.person}));
  return found;
}

Result<TopicInThread> topic_to_move(Tx& tx, const Actor& actor, TopicId id) {
  KITH_TRY(auto found, find_topic(tx, actor, id));
  KITH_CHECK(may(actor, Verb::change, touched::TopicState{found.thread.own.person}));
  return found;
}

Result<Entry> entry_of_thread(Tx& tx, const Thread& thread, EntryId id) {
  KITH_TRY(auto entry, if_found(tx.entries().find(id)));
  if (!entry || !has_strand(thread, entry->strand)) return invalid("entry", "not of this conversation");
  return std::move(*entry);
}

// Into another state by the transition table; whatever belonged to the state before goes.
Result<Topic> moved(TopicInThread found, TopicState to) {
  if (!can_become(found.topic.state, to)) return fail(Errc::conflict, "cannot go there from where it is");
  found.topic.state = to;
  found.topic.settled_by = SettledBy::nobody;
  found.topic.until.reset();
  return std::move(found.topic);
}

Result<void> check_date(Tx& tx, const MoveTopic& command) {
  if (command.to == TopicState::open || command.to == TopicState::settled)
    return invalid("state", "settle or reopen it instead");
  if (command.to != TopicState::waiting_for_date) {
    if (command.until) return invalid("until", "only while it waits for a date");
    return {};
  }
  if (!command.until) return invalid("until", "missing");
  if (*command.until <= tx.now()) return invalid("until", "not in the future");
  return {};
}

}  // namespace

Result<Topic> create_topic(Tx& tx, const Actor& actor, const CreateTopic& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Topic{thread.own.person}));
  KITH_TRY(const std::string title, read_needed_line("title", command.title));
  KITH_TRY(const auto earlier, if_found(tx.topics().find(command.id)));
  if (earlier) {
    if (!has_strand(thread, earlier->strand) || earlier->title != title)
      return fail(Errc::conflict, "the id belongs to another topic");
    return *earlier;
  }
  Topic topic{.id = command.id, .strand = thread.own.id, .title = title};
  for (const EntryId id : command.entries) {
    KITH_TRY(const Entry entry, entry_of_thread(tx, thread, id));
    if (std::ranges::find(topic.entries, id) != topic.entries.end()) continue;
    topic.entries.push_back(id);
    if (asks_for_answer(entry)) topic.state = TopicState::waiting_for_us;
  }
  topic.changed_seq = tx.next_seq();
  KITH_CHECK(tx.topics().add(topic));
  tx.emit(event_in(thread, topic.changed_seq, TopicChanged{topic}));
  return topic;
}

Result<Topic> rename_topic(Tx& tx, const Actor& actor, const RenameTopic& command) {
  KITH_TRY(auto found, topic_to_change(tx, actor, command.topic));
  KITH_TRY(const std::string title, read_needed_line("title", command.title));
  if (found.topic.title == title) return found.topic;
  found.topic.title = title;
  return save_topic(tx, found.thread, std::move(found.topic));
}

Result<Topic> link_entry(Tx& tx, const Actor& actor, const LinkEntry& command) {
  KITH_TRY(auto found, topic_to_change(tx, actor, command.topic));
  KITH_TRY(const Entry entry, entry_of_thread(tx, found.thread, command.entry));
  return link_to_topic(tx, found.thread, std::move(found.topic), entry);
}

Result<Topic> unlink_entry(Tx& tx, const Actor& actor, const LinkEntry& command) {
  KITH_TRY(auto found, topic_to_change(tx, actor, command.topic));
  if (std::erase(found.topic.entries, command.entry) == 0) return found.topic;
  return save_topic(tx, found.thread, std::move(found.topic));
}

Result<Topic> settle_topic(Tx& tx, const Actor& actor, const SettleTopic& command) {
  KITH_TRY(auto found, topic_to_move(tx, actor, command.topic));
  if (found.topic.state == TopicState::settled) return found.topic;
  const SettledBy by = actor.kind == ActorKind::visitor ? SettledBy::customer_word : command.by;
  if (by == SettledBy::nobody) return invalid("by", "by her word or by silence");
  const Thread thread = found.thread;
  KITH_TRY(Topic topic, moved(std::move(found), TopicState::settled));
  topic.settled_by = by;
  return save_topic(tx, thread, std::move(topic));
}

Result<Topic> reopen_topic(Tx& tx, const Actor& actor, const ReopenTopic& command) {
  KITH_TRY(auto found, topic_to_move(tx, actor, command.topic));
  if (found.topic.state != TopicState::settled) return found.topic;
  const Thread thread = found.thread;
  KITH_TRY(Topic topic, moved(std::move(found), TopicState::open));
  return save_topic(tx, thread, std::move(topic));
}

Result<Topic> move_topic(Tx& tx, const Actor& actor, const MoveTopic& command) {
  KITH_TRY(auto found, topic_to_change(tx, actor, command.topic));
  if (found.topic.state == command.to && found.topic.until == command.until) return found.topic;
  KITH_CHECK(check_date(tx, command));
  const Thread thread = found.thread;
  Topic topic = found.topic;
  const bool is_only_another_date = topic.state == command.to;
  if (!is_only_another_date) {
    KITH_TRY(topic, moved(std::move(found), command.to));
  }
  topic.until = command.until;
  return save_topic(tx, thread, std::move(topic));
}

Result<std::size_t> wake_topics(Tx& tx, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(const auto topics, tx.topics().waiting_until(tx.now(), limit));
  for (const Topic& sleeping : topics) {
    KITH_TRY(auto thread, tx.conversations().thread_with(sleeping.strand));
    KITH_TRY(Topic topic, moved({sleeping, thread}, TopicState::waiting_for_us));
    KITH_CHECK(save_topic(tx, thread, std::move(topic)));
  }
  return topics.size();
}

}  // namespace kith
