// Conversations and how strands are read together, in memory.
#include <algorithm>

#include "storage/memory/rooms.h"

namespace kith::memory {

Result<Conversation> ConversationRoom::find(ConversationId id) const {
  const Conversation* conversation = state.conversations.find(id);
  if (!conversation) return fail(Errc::not_found, "conversation");
  return *conversation;
}

Result<Conversation> ConversationRoom::of_person(PersonId person) const {
  const ConversationId* id = state.conversation_of.find(person);
  if (!id) return fail(Errc::not_found, "conversation of the person");
  return find(*id);
}

Result<Thread> ConversationRoom::thread_of(PersonId person) const {
  Journal unused;
  const PeopleRoom people(state, unused);
  KITH_TRY(Person teller, people.resolve(person));
  KITH_TRY(Conversation own, of_person(teller.id));
  KITH_TRY(auto merged, people.merged_into(teller.id));
  Thread thread{own, {own.id}};
  for (const Person& other : merged)
    if (auto strand = of_person(other.id)) thread.strands.push_back(strand->id);
  return thread;
}

Result<Thread> ConversationRoom::thread_with(ConversationId strand) const {
  KITH_TRY(Conversation conversation, find(strand));
  return thread_of(conversation.person);
}

Result<ConversationRow> ConversationRoom::row(const Thread& thread) const {
  ConversationRow row{thread.own, *state.people.find(thread.own.person), std::nullopt, thread.strands};
  Seq newest = 0;
  for (ConversationId strand : thread.strands) newest = std::max(newest, state.conversations.find(strand)->last_entry);
  if (const EntryId* entry = state.entry_by_seq.find(newest)) row.newest = *state.entries.find(*entry);
  return row;
}

Result<std::vector<ConversationRow>> ConversationRoom::waiting(std::optional<Place<ConversationId>> after,
                                                               std::size_t limit) const {
  std::vector<ConversationRow> found;
  const auto& line = state.waiting.rows();
  auto at = after ? line.upper_bound({after->at, after->id}) : line.begin();
  for (; at != line.end() && found.size() < limit; ++at) {
    const Conversation& conversation = *state.conversations.find(at->first.second);
    if (state.people.find(conversation.person)->merged_into) continue;
    KITH_TRY(Thread thread, thread_of(conversation.person));
    KITH_TRY(ConversationRow one, row(thread));
    found.push_back(std::move(one));
  }
  return found;
}

Result<std::vector<ConversationRow>> ConversationRoom::recent(std::optional<Seq> before, std::size_t limit) const {
  std::vector<ConversationRow> found;
  const auto& by_entry = state.by_last_entry.rows();
  auto at = before ? by_entry.lower_bound({*before, ConversationId{}}) : by_entry.end();
  while (at != by_entry.begin() && found.size() < limit) {
    --at;
    const auto& [last_entry, strand] = at->first;
    KITH_TRY(Thread thread, thread_with(strand));
    KITH_TRY(ConversationRow one, row(thread));
    // A thread is told once, at the strand that holds its newest entry.
    if (one.newest && one.newest->strand == strand) found.push_back(std::move(one));
  }
  return found;
}

Result<std::vector<Ask>> ConversationRoom::asks(ConversationId strand) const {
  std::vector<Ask> found;
  for (auto at = state.asks.rows().lower_bound({strand, ""}); at != state.asks.rows().end(); ++at) {
    if (at->first.first != strand) break;
    found.push_back(at->second.value);
  }
  return found;
}

Result<std::vector<Conversation>> ConversationRoom::paused_until(Time now, std::size_t limit) const {
  std::vector<Conversation> found;
  for (const auto& [key, nothing] : state.paused.rows()) {
    if (found.size() == limit || key.first > now) break;
    found.push_back(*state.conversations.find(key.second));
  }
  return found;
}

void ConversationRoom::put(const Conversation& conversation) {
  if (const Conversation* before = state.conversations.find(conversation.id)) {
    if (before->waiting_since) state.waiting.remove(journal, *before->waiting_since, before->id);
    if (before->paused_until) state.paused.remove(journal, *before->paused_until, before->id);
    if (before->last_entry != 0) state.by_last_entry.remove(journal, before->last_entry, before->id);
  }
  state.conversations.put(journal, conversation.id, conversation);
  if (conversation.waiting_since) state.waiting.add(journal, *conversation.waiting_since, conversation.id);
  if (conversation.paused_until) state.paused.add(journal, *conversation.paused_until, conversation.id);
  if (conversation.last_entry != 0) state.by_last_entry.add(journal, conversation.last_entry, conversation.id);
}

Result<void> ConversationRoom::add(const Conversation& conversation) {
  if (state.conversations.contains(conversation.id)) return fail(Errc::conflict, "conversation exists");
  if (state.conversation_of.contains(conversation.person)) return fail(Errc::conflict, "the person has a conversation");
  if (!state.people.contains(conversation.person)) return fail(Errc::not_found, "person of the conversation");
  put(conversation);
  state.conversation_of.put(journal, conversation.person, conversation.id);
  return {};
}

Result<void> ConversationRoom::save(const Conversation& conversation) {
  const Conversation* before = state.conversations.find(conversation.id);
  if (!before) return fail(Errc::not_found, "conversation");
  if (before->person != conversation.person) return fail(Errc::conflict, "a conversation never changes its person");
  put(conversation);
  return {};
}

Result<void> ConversationRoom::save_ask(const Ask& ask) {
  if (!state.conversations.contains(ask.strand)) return fail(Errc::not_found, "conversation of the ask");
  state.asks.put(journal, {ask.strand, ask.field}, ask);
  return {};
}

}  // namespace kith::memory
