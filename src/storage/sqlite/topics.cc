// Topics, and the entries that touch them.
#include <algorithm>

#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_TOPIC \
  R"sql(select t.public_id, c.public_id, t.title, t.state, t.waits_until, t.settled_by, t.changed_seq
        from topics t join conversations c on c.id = t.conversation_id
        )sql"

Topic read_topic(Row& row) {
  return {.id = row.id<TopicId>(),
          .strand = row.id<ConversationId>(),
          .title = row.text(),
          .state = row.choice<TopicState>(),
          .until = row.maybe_time(),
          .settled_by = row.choice<SettledBy>(),
          .entries = {},
          .changed_seq = row.integer()};
}

struct Numbered {
  RowId row = 0;
  Topic topic;
};

}  // namespace

Result<void> TopicRoom::with_entries(std::vector<Topic>& topics) const {
  for (Topic& topic : topics) {
    KITH_TRY(topic.entries, db.all(
                                R"sql(
        select e.public_id
        from topics t join topic_entries l on l.topic_id = t.id join entries e on e.seq = l.entry_seq
        where t.public_id = ? order by l.position)sql",
                                [](Row& row) { return row.id<EntryId>(); }, topic.id));
  }
  return {};
}

Result<Topic> TopicRoom::find(TopicId id) const {
  KITH_TRY(auto found, db.all(KITH_SELECT_TOPIC "where t.public_id = ?", read_topic, id));
  if (found.empty()) return fail(Errc::not_found, "topic");
  KITH_CHECK(with_entries(found));
  return std::move(found.front());
}

Result<std::vector<Topic>> TopicRoom::of_strands(std::span<const ConversationId> strands) const {
  auto read = [](Row& row) {
    Topic topic = read_topic(row);
    return Numbered{row.integer(), std::move(topic)};
  };
  std::vector<Numbered> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto some, db.all(R"sql(
        select t.public_id, c.public_id, t.title, t.state, t.waits_until, t.settled_by, t.changed_seq, t.id
        from conversations c join topics t on t.conversation_id = c.id where c.public_id = ?)sql",
                               read, strand));
    std::ranges::move(some, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &Numbered::row);
  std::vector<Topic> topics;
  for (Numbered& one : found)
    if (topics.empty() || topics.back().id != one.topic.id) topics.push_back(std::move(one.topic));
  KITH_CHECK(with_entries(topics));
  return topics;
}

Result<std::vector<Topic>> TopicRoom::waiting_until(Time now, std::size_t limit) const {
  KITH_TRY(auto found, db.all(KITH_SELECT_TOPIC R"sql(
      where t.state = 3 and t.waits_until is not null and t.waits_until <= ?
      order by t.waits_until, t.public_id limit ?)sql",
                              read_topic, now, limit));
  KITH_CHECK(with_entries(found));
  return found;
}

Result<void> TopicRoom::link_entries(const Topic& topic) {
  KITH_TRY(auto id, ids.of(topic.id));
  KITH_CHECK(db.write("delete from topic_entries where topic_id = ?", id));
  for (std::size_t position = 0; position < topic.entries.size(); ++position) {
    KITH_TRY(auto entry, ids.of(topic.entries[position]));
    KITH_CHECK(
        db.write("insert into topic_entries (topic_id, position, entry_seq) values (?, ?, ?)", id, position, entry));
  }
  return {};
}

Result<void> TopicRoom::add(const Topic& topic) {
  KITH_TRY(auto conversation, ids.of(topic.strand));
  KITH_CHECK(db.write(R"sql(
      insert into topics (public_id, conversation_id, title, state, waits_until, settled_by, changed_seq)
      values (?, ?, ?, ?, ?, ?, ?))sql",
                      topic.id, conversation, topic.title, topic.state, topic.until, topic.settled_by,
                      topic.changed_seq));
  return topic.entries.empty() ? Result<void>() : link_entries(topic);
}

Result<void> TopicRoom::save(const Topic& topic) {
  KITH_TRY(auto before, find(topic.id));
  if (before.strand != topic.strand) return fail(Errc::conflict, "a topic never changes its conversation");
  KITH_CHECK(db.write(R"sql(
      update topics set title = ?, state = ?, waits_until = ?, settled_by = ?, changed_seq = ? where public_id = ?)sql",
                      topic.title, topic.state, topic.until, topic.settled_by, topic.changed_seq, topic.id));
  return before.entries == topic.entries ? Result<void>() : link_entries(topic);
}

}  // namespace kith::sqlite
