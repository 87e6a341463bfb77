#include "conversations/topic_moves.h"

#include <algorithm>

#include "conversations/thread_access.h"
#include "people/person_facts.h"

namespace kith {

TopicState state_after(TopicState before, const Entry& entry) {
  using enum TopicState;
  if (asks_for_answer(entry)) return before == waiting_for_date ? before : waiting_for_us;
  const bool is_answer = entry.author.kind == AuthorKind::colleague && (before == open || before == waiting_for_us);
  return is_answer ? answered : before;
}

Result<Topic> link_to_topic(Tx& tx, const Thread& thread, Topic topic, const Entry& entry) {
  if (std::ranges::find(topic.entries, entry.id) != topic.entries.end()) return topic;
  topic.entries.push_back(entry.id);
  topic.state = state_after(topic.state, entry);
  if (topic.state != TopicState::settled) topic.settled_by = SettledBy::nobody;
  return save_topic(tx, thread, std::move(topic));
}

Result<Topic> save_topic(Tx& tx, const Thread& thread, Topic topic) {
  topic.changed_seq = tx.next_seq();
  KITH_CHECK(tx.topics().save(topic));
  tx.emit(event_in(thread, topic.changed_seq, TopicChanged{topic}));
  return topic;
}

}  // namespace kith
