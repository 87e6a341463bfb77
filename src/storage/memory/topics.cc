// Topics, notes and promises, in memory.
#include <algorithm>
#include <tuple>

#include "storage/memory/rooms.h"

namespace kith::memory {

namespace {

// The rows that `index` knows for any of `looked`, each once, oldest first.
template <class Looked, class Id, class Value>
std::vector<Value> oldest_first(const Index<Looked, Id>& index, const Table<Id, Value>& table,
                                std::span<const Looked> looked) {
  std::vector<std::pair<std::uint64_t, Id>> ids;
  for (const Looked& one : looked)
    for (const Id& id : index.find(one)) ids.emplace_back(table.born(id), id);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  std::vector<Value> found;
  for (const auto& [born, id] : ids) found.push_back(*table.find(id));
  return found;
}

template <class Value>
void keep_first(std::vector<Value>& values, std::size_t limit) {
  if (values.size() > limit) values.resize(limit);
}

}  // namespace

Result<Topic> TopicRoom::find(TopicId id) const {
  const Topic* topic = state.topics.find(id);
  if (!topic) return fail(Errc::not_found, "topic");
  return *topic;
}

Result<std::vector<Topic>> TopicRoom::of_strands(std::span<const ConversationId> strands) const {
  return oldest_first(state.topics_of, state.topics, strands);
}

Result<std::vector<Topic>> TopicRoom::waiting_until(Time now, std::size_t limit) const {
  std::vector<Topic> found;
  for (const auto& [id, row] : state.topics.rows()) {
    const Topic& topic = row.value;
    if (topic.state == TopicState::waiting_for_date && topic.until && *topic.until <= now) found.push_back(topic);
  }
  std::ranges::sort(found, {}, [](const Topic& topic) { return std::pair(*topic.until, topic.id); });
  keep_first(found, limit);
  return found;
}

Result<void> TopicRoom::add(const Topic& topic) {
  if (state.topics.contains(topic.id)) return fail(Errc::conflict, "topic exists");
  if (!state.conversations.contains(topic.strand)) return fail(Errc::not_found, "conversation of the topic");
  state.topics.put(journal, topic.id, topic);
  state.topics_of.add(journal, topic.strand, topic.id);
  return {};
}

Result<void> TopicRoom::save(const Topic& topic) {
  const Topic* before = state.topics.find(topic.id);
  if (!before) return fail(Errc::not_found, "topic");
  if (before->strand != topic.strand) return fail(Errc::conflict, "a topic never changes its conversation");
  state.topics.put(journal, topic.id, topic);
  return {};
}

Result<Note> NoteRoom::find(NoteId id) const {
  const Note* note = state.notes.find(id);
  if (!note) return fail(Errc::not_found, "note");
  return *note;
}

Result<std::vector<Note>> NoteRoom::about(std::span<const PersonId> people) const {
  return oldest_first(state.notes_about, state.notes, people);
}

Result<std::vector<Mention>> NoteRoom::mentioning(PersonId person, std::optional<Seq> before, std::size_t limit) const {
  std::vector<Mention> found;
  const auto& rows = state.mentions.rows();
  auto at = rows.lower_bound({{person, before.value_or(INT64_MAX)}, NoteId{}});
  while (at != rows.begin() && found.size() < limit) {
    --at;
    const auto& [looked, id] = at->first;
    if (looked.first != person) break;
    const Note& note = *state.notes.find(id);
    if (!note.taken_back) found.push_back({note, looked.second});
  }
  return found;
}

Result<void> NoteRoom::add(const Note& note) {
  if (state.notes.contains(note.id)) return fail(Errc::conflict, "note exists");
  if (!state.people.contains(note.about) || !state.people.contains(note.author))
    return fail(Errc::not_found, "person of the note");
  for (const PersonId mentioned : note.mentions)
    if (!state.people.contains(mentioned)) return fail(Errc::not_found, "person the note mentions");
  state.notes.put(journal, note.id, note);
  state.notes_about.add(journal, note.about, note.id);
  for (const PersonId mentioned : note.mentions) state.mentions.add(journal, {mentioned, note.changed_seq}, note.id);
  return {};
}

Result<void> NoteRoom::save(const Note& note) {
  const Note* before = state.notes.find(note.id);
  if (!before) return fail(Errc::not_found, "note");
  if (before->about != note.about) return fail(Errc::conflict, "a note never changes its person");
  Note saved = note;
  saved.mentions = before->mentions;
  state.notes.put(journal, note.id, std::move(saved));
  return {};
}

Result<Promise> PromiseRoom::find(PromiseId id) const {
  const Promise* promise = state.promises.find(id);
  if (!promise) return fail(Errc::not_found, "promise");
  return *promise;
}

Result<std::vector<Promise>> PromiseRoom::of_strands(std::span<const ConversationId> strands) const {
  return oldest_first(state.promises_of, state.promises, strands);
}

Result<std::vector<Promise>> PromiseRoom::alive(std::optional<PersonId> by, std::optional<Place<PromiseId>> after,
                                                std::size_t limit) const {
  const auto is_wanted = [&](const Promise& promise) {
    return promise.is_alive() && (!by || promise.by == *by) && (!after || place_of(promise) > *after);
  };
  std::vector<Promise> found;
  for (const auto& [id, row] : state.promises.rows())
    if (is_wanted(row.value)) found.push_back(row.value);
  std::ranges::sort(found, {}, [](const Promise& promise) { return place_of(promise); });
  keep_first(found, limit);
  return found;
}

Result<std::vector<Promise>> PromiseRoom::due(Time now, std::size_t limit) const {
  KITH_TRY(auto found, alive(std::nullopt, std::nullopt, SIZE_MAX));
  std::erase_if(found, [now](const Promise& promise) { return promise.due > now; });
  keep_first(found, limit);
  return found;
}

Result<std::vector<Promise>> PromiseRoom::to_warn(Time now, std::size_t limit) const {
  KITH_TRY(auto found, alive(std::nullopt, std::nullopt, SIZE_MAX));
  std::erase_if(found, [now](const Promise& promise) {
    return promise.due <= now || promise.owner_warned || promise.warn_at() > now;
  });
  keep_first(found, limit);
  return found;
}

Result<std::optional<Time>> PromiseRoom::next_watch() const {
  std::optional<Time> next;
  for (const auto& [id, row] : state.promises.rows()) {
    if (!row.value.is_alive()) continue;
    const Time then = row.value.owner_warned ? row.value.due : row.value.warn_at();
    next = next ? std::min(*next, then) : then;
  }
  return next;
}

Result<void> PromiseRoom::add(const Promise& promise) {
  if (state.promises.contains(promise.id)) return fail(Errc::conflict, "promise exists");
  if (!state.conversations.contains(promise.strand)) return fail(Errc::not_found, "conversation of the promise");
  if (!state.people.contains(promise.to) || !state.people.contains(promise.by))
    return fail(Errc::not_found, "person of the promise");
  state.promises.put(journal, promise.id, promise);
  state.promises_of.add(journal, promise.strand, promise.id);
  return {};
}

Result<void> PromiseRoom::save(const Promise& promise) {
  const Promise* before = state.promises.find(promise.id);
  if (!before) return fail(Errc::not_found, "promise");
  if (before->strand != promise.strand) return fail(Errc::conflict, "a promise never changes its conversation");
  state.promises.put(journal, promise.id, promise);
  return {};
}

}  // namespace kith::memory
