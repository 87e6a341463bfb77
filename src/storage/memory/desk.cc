// What a desk keeps in mind, in memory.
#include <algorithm>
#include <functional>

#include "storage/memory/desk_rooms.h"

namespace kith::memory {

namespace {

// The rows of `table` that `wanted` takes, with `order` (of two rows, the first comes first).
template <class Key, class Value, class Wanted, class Order>
std::vector<Value> sorted_where(const Table<Key, Value>& table, Wanted wanted, Order order, std::size_t limit) {
  std::vector<const typename Table<Key, Value>::Row*> rows;
  for (const auto& [key, row] : table.rows())
    if (wanted(row.value)) rows.push_back(&row);
  std::ranges::sort(rows, [&](const auto* a, const auto* b) { return order(*a, *b); });
  std::vector<Value> found;
  for (const auto* row : rows) {
    if (found.size() == limit) break;
    found.push_back(row->value);
  }
  return found;
}

bool has(std::span<const ConversationId> strands, ConversationId strand) {
  return std::ranges::find(strands, strand) != strands.end();
}

Result<void> check_place(const State& state, ConversationId strand, std::initializer_list<PersonId> people) {
  if (!state.conversations.contains(strand)) return fail(Errc::not_found, "conversation");
  for (const PersonId person : people)
    if (!state.people.contains(person)) return fail(Errc::not_found, "person");
  return {};
}

constexpr auto kNewestChangeFirst = [](const auto& a, const auto& b) {
  return a.value.changed_seq > b.value.changed_seq;
};
constexpr auto kYoungestFirst = [](const auto& a, const auto& b) { return a.born > b.born; };
constexpr auto kOldestFirst = [](const auto& a, const auto& b) { return a.born < b.born; };

}  // namespace

// ---- read marks

Result<ReadMark> ReadMarkRoom::find(ReadMarkId id) const {
  const ReadMark* mark = state.read_marks.find(id);
  if (!mark) return fail(Errc::not_found, "read mark");
  return *mark;
}

Result<std::vector<ReadMark>> ReadMarkRoom::of_strands(std::span<const ConversationId> strands, ReadBy by,
                                                       std::optional<PersonId> person) const {
  std::vector<ReadMark> found;
  for (const ConversationId strand : strands)
    if (const ReadMarkId* id = state.read_mark_of.find({strand, by, person.value_or(PersonId{})}))
      found.push_back(*state.read_marks.find(*id));
  return found;
}

Result<void> ReadMarkRoom::add(const ReadMark& mark) {
  const State::Reading reading{mark.strand, mark.by, mark.person.value_or(PersonId{})};
  if (state.read_marks.contains(mark.id) || state.read_mark_of.contains(reading))
    return fail(Errc::conflict, "read mark exists");
  KITH_CHECK(check_place(state, mark.strand, {}));
  if (mark.person) KITH_CHECK(check_place(state, mark.strand, {*mark.person}));
  state.read_marks.put(journal, mark.id, mark);
  state.read_mark_of.put(journal, reading, mark.id);
  return {};
}

Result<void> ReadMarkRoom::save(const ReadMark& mark) {
  const ReadMark* before = state.read_marks.find(mark.id);
  if (!before) return fail(Errc::not_found, "read mark");
  ReadMark saved = *before;
  saved.seq = mark.seq;
  state.read_marks.put(journal, mark.id, saved);
  return {};
}

// ---- companions

Result<std::vector<PersonId>> CompanionRoom::of_strands(std::span<const ConversationId> strands,
                                                        std::size_t limit) const {
  std::vector<Companion> found;
  for (const ConversationId strand : strands) {
    const auto& rows = state.companions.rows();
    for (auto at = rows.lower_bound({strand, PersonId{}}); at != rows.end() && at->first.first == strand; ++at)
      found.push_back(at->second.value);
  }
  std::ranges::sort(found, std::greater<>(), &Companion::seq);
  std::vector<PersonId> people;
  for (const Companion& one : found) {
    if (people.size() == limit) break;
    if (std::ranges::find(people, one.person) == people.end()) people.push_back(one.person);
  }
  return people;
}

Result<void> CompanionRoom::save(const Companion& companion) {
  KITH_CHECK(check_place(state, companion.strand, {companion.person}));
  state.companions.put(journal, {companion.strand, companion.person}, companion);
  return {};
}

// ---- drafts

Result<Draft> DraftRoom::find(DraftId id) const {
  const Draft* draft = state.drafts.find(id);
  if (!draft) return fail(Errc::not_found, "draft");
  return *draft;
}

Result<std::vector<Draft>> DraftRoom::of_strands(std::span<const ConversationId> strands, PersonId author) const {
  const auto wanted = [&](const Draft& draft) { return draft.author == author && has(strands, draft.strand); };
  return sorted_where(state.drafts, wanted, kNewestChangeFirst, SIZE_MAX);
}

Result<std::vector<Draft>> DraftRoom::of_author(PersonId author, std::size_t limit) const {
  const auto wanted = [&](const Draft& draft) { return draft.author == author && !draft.is_empty(); };
  return sorted_where(state.drafts, wanted, kNewestChangeFirst, limit);
}

Result<void> DraftRoom::add(const Draft& draft) {
  if (state.drafts.contains(draft.id) || state.draft_of.contains({draft.strand, draft.author}))
    return fail(Errc::conflict, "draft exists");
  KITH_CHECK(check_place(state, draft.strand, {draft.author}));
  state.drafts.put(journal, draft.id, draft);
  state.draft_of.put(journal, {draft.strand, draft.author}, draft.id);
  return {};
}

Result<void> DraftRoom::save(const Draft& draft) {
  const Draft* before = state.drafts.find(draft.id);
  if (!before) return fail(Errc::not_found, "draft");
  Draft saved = draft;
  saved.strand = before->strand;
  saved.author = before->author;
  state.drafts.put(journal, draft.id, std::move(saved));
  return {};
}

// ---- scheduled

Result<Scheduled> ScheduledRoom::find(EntryId id) const {
  const Scheduled* scheduled = state.scheduled.find(id);
  if (!scheduled) return fail(Errc::not_found, "scheduled");
  return *scheduled;
}

static bool soonest_first(const Table<EntryId, Scheduled>::Row& a, const Table<EntryId, Scheduled>::Row& b) {
  return std::pair(a.value.send_at, a.value.id) < std::pair(b.value.send_at, b.value.id);
}

Result<std::vector<Scheduled>> ScheduledRoom::open_of(PersonId by, std::size_t limit) const {
  const auto wanted = [&](const Scheduled& one) { return one.by == by && one.is_open(); };
  return sorted_where(state.scheduled, wanted, soonest_first, limit);
}

Result<std::vector<Scheduled>> ScheduledRoom::due(Time now, std::size_t limit) const {
  const auto wanted = [&](const Scheduled& one) { return one.state == ScheduledState::waiting && one.send_at <= now; };
  return sorted_where(state.scheduled, wanted, soonest_first, limit);
}

Result<void> ScheduledRoom::add(const Scheduled& scheduled) {
  if (state.scheduled.contains(scheduled.id)) return fail(Errc::conflict, "scheduled exists");
  KITH_CHECK(check_place(state, scheduled.strand, {scheduled.by}));
  state.scheduled.put(journal, scheduled.id, scheduled);
  return {};
}

Result<void> ScheduledRoom::save(const Scheduled& scheduled) {
  const Scheduled* before = state.scheduled.find(scheduled.id);
  if (!before) return fail(Errc::not_found, "scheduled");
  Scheduled saved = scheduled;
  saved.strand = before->strand;
  saved.by = before->by;
  state.scheduled.put(journal, scheduled.id, std::move(saved));
  return {};
}

// ---- later

Result<Later> LaterRoom::find(LaterId id) const {
  const Later* later = state.laters.find(id);
  if (!later) return fail(Errc::not_found, "later");
  return *later;
}

Result<std::vector<Later>> LaterRoom::of_strands(std::span<const ConversationId> strands, PersonId person) const {
  const auto wanted = [&](const Later& later) { return later.person == person && has(strands, later.strand); };
  return sorted_where(state.laters, wanted, kNewestChangeFirst, SIZE_MAX);
}

Result<std::vector<Later>> LaterRoom::set_in(std::span<const ConversationId> strands) const {
  std::vector<Later> found;
  for (const ConversationId strand : strands) {
    const auto wanted = [&](const Later& later) { return later.is_set && later.strand == strand; };
    for (Later& later : sorted_where(state.laters, wanted, kOldestFirst, SIZE_MAX)) found.push_back(std::move(later));
  }
  std::ranges::sort(found, {}, &Later::changed_seq);
  return found;
}

Result<std::vector<Later>> LaterRoom::set_by(PersonId person, std::optional<Place<LaterId>> after,
                                             std::size_t limit) const {
  const auto wanted = [&](const Later& later) {
    return later.is_set && later.person == person && (!after || place_of(later) > *after);
  };
  const auto soonest = [](const auto& a, const auto& b) { return place_of(a.value) < place_of(b.value); };
  return sorted_where(state.laters, wanted, soonest, limit);
}

Result<std::vector<Later>> LaterRoom::due(Time now, std::size_t limit) const {
  const auto wanted = [&](const Later& later) { return later.is_set && later.until && *later.until <= now; };
  const auto soonest = [](const auto& a, const auto& b) {
    return std::pair(*a.value.until, a.value.id) < std::pair(*b.value.until, b.value.id);
  };
  return sorted_where(state.laters, wanted, soonest, limit);
}

Result<void> LaterRoom::add(const Later& later) {
  if (state.laters.contains(later.id) || state.later_of.contains({later.strand, later.person}))
    return fail(Errc::conflict, "later exists");
  KITH_CHECK(check_place(state, later.strand, {later.person}));
  state.laters.put(journal, later.id, later);
  state.later_of.put(journal, {later.strand, later.person}, later.id);
  return {};
}

Result<void> LaterRoom::save(const Later& later) {
  const Later* before = state.laters.find(later.id);
  if (!before) return fail(Errc::not_found, "later");
  Later saved = later;
  saved.strand = before->strand;
  saved.person = before->person;
  state.laters.put(journal, later.id, std::move(saved));
  return {};
}

// ---- handovers

Result<Handover> HandoverRoom::find(HandoverId id) const {
  const Handover* handover = state.handovers.find(id);
  if (!handover) return fail(Errc::not_found, "handover");
  return *handover;
}

Result<std::vector<Handover>> HandoverRoom::of_strands(std::span<const ConversationId> strands,
                                                       std::size_t limit) const {
  const auto wanted = [&](const Handover& handover) { return has(strands, handover.strand); };
  return sorted_where(state.handovers, wanted, kYoungestFirst, limit);
}

Result<std::vector<Handover>> HandoverRoom::open_with(PersonId person, std::size_t limit) const {
  const auto wanted = [&](const Handover& handover) {
    return handover.state == HandoverState::offered && (handover.from == person || handover.to == person);
  };
  return sorted_where(state.handovers, wanted, kYoungestFirst, limit);
}

Result<void> HandoverRoom::add(const Handover& handover) {
  if (state.handovers.contains(handover.id)) return fail(Errc::conflict, "handover exists");
  KITH_CHECK(check_place(state, handover.strand, {handover.from, handover.to}));
  state.handovers.put(journal, handover.id, handover);
  return {};
}

Result<void> HandoverRoom::save(const Handover& handover) {
  const Handover* before = state.handovers.find(handover.id);
  if (!before) return fail(Errc::not_found, "handover");
  Handover saved = *before;
  saved.words = handover.words;
  saved.state = handover.state;
  saved.changed_seq = handover.changed_seq;
  state.handovers.put(journal, handover.id, std::move(saved));
  return {};
}

}  // namespace kith::memory
