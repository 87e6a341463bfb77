// Entries and their versions, in memory: appended, never changed.
#include <algorithm>

#include "storage/memory/rooms.h"

namespace kith::memory {

namespace {

// A human is proven by her session; everything else says what it is (I7).
Result<void> check_author(const Author& author) {
  switch (author.kind) {
    case AuthorKind::customer:
      if (!author.person) return invalid("author", "a customer's entry without a person");
      return {};
    case AuthorKind::colleague:
      if (!author.person || !author.session) return invalid("author", "a colleague's entry without person and session");
      return {};
    case AuthorKind::machine:
    case AuthorKind::notice:
      if (author.machine.empty()) return invalid("author", "a machine's entry without its label");
      return {};
  }
  return invalid("author", "unknown kind of author");
}

Result<void> check_seq(const State& state, Seq seq) {
  if (state.versions_by_seq.contains(seq)) return fail(Errc::conflict, "seq taken");
  if (!state.seals.empty() && seq <= state.seals.back().seq)
    return fail(Errc::conflict, "the chain is sealed beyond this seq");
  return {};
}

std::vector<Entry> entries_at(const State& state, const std::vector<Seq>& seqs) {
  std::vector<Entry> found;
  for (Seq seq : seqs) found.push_back(*state.entries.find(*state.entry_by_seq.find(seq)));
  return found;
}

}  // namespace

Result<Entry> EntryRoom::find(EntryId id) const {
  const Entry* entry = state.entries.find(id);
  if (!entry) return fail(Errc::not_found, "entry");
  return *entry;
}

Result<std::vector<Entry>> EntryRoom::page(std::span<const ConversationId> strands, std::optional<Seq> before,
                                           std::size_t limit) const {
  std::vector<Seq> seqs;
  const auto& rows = state.entry_by_strand.rows();
  for (ConversationId strand : strands) {
    auto begin = rows.lower_bound({strand, 0});
    auto at = rows.lower_bound({strand, before.value_or(INT64_MAX)});
    for (std::size_t taken = 0; at != begin && taken < limit; ++taken) seqs.push_back((--at)->first.second);
  }
  std::ranges::sort(seqs, std::ranges::greater());
  seqs.erase(std::ranges::unique(seqs).begin(), seqs.end());
  if (seqs.size() > limit) seqs.resize(limit);
  return entries_at(state, seqs);
}

Result<std::vector<Entry>> EntryRoom::after(std::span<const ConversationId> strands, Seq after,
                                            std::size_t limit) const {
  std::vector<Seq> seqs;
  const auto& everywhere = state.entry_by_seq.rows();
  if (strands.empty())
    for (auto at = everywhere.upper_bound(after); at != everywhere.end() && seqs.size() < limit; ++at)
      seqs.push_back(at->first);
  const auto& rows = state.entry_by_strand.rows();
  for (ConversationId strand : strands) {
    auto at = rows.upper_bound({strand, after});
    for (std::size_t taken = 0; at != rows.end() && at->first.first == strand && taken < limit; ++at, ++taken)
      seqs.push_back(at->first.second);
  }
  std::ranges::sort(seqs);
  seqs.erase(std::ranges::unique(seqs).begin(), seqs.end());
  if (seqs.size() > limit) seqs.resize(limit);
  return entries_at(state, seqs);
}

Result<std::vector<EntryVersion>> EntryRoom::versions(EntryId id) const {
  if (!state.entries.contains(id)) return fail(Errc::not_found, "entry");
  std::vector<EntryVersion> found;
  for (auto at = state.versions.rows().lower_bound({id, 0}); at != state.versions.rows().end(); ++at) {
    if (at->first.first != id) break;
    found.push_back(at->second.value);
  }
  return found;
}

Result<std::optional<EntryVersion>> EntryRoom::find_act(ActId act) const {
  const auto* key = state.acts.find(act);
  if (!key) return std::optional<EntryVersion>();
  return std::optional(*state.versions.find(*key));
}

void EntryRoom::put_version(const EntryVersion& version) {
  state.versions.put(journal, {version.entry, version.version}, version);
  state.versions_by_seq.put(journal, version.seq, {version.entry, version.version});
  note_newest(state, journal, version.seq);
}

Result<void> EntryRoom::add(const Entry& entry) {
  if (state.entries.contains(entry.id)) return fail(Errc::conflict, "entry exists");
  KITH_CHECK(check_author(entry.author));
  const Conversation* strand = state.conversations.find(entry.strand);
  if (!strand) return fail(Errc::not_found, "conversation of the entry");
  KITH_CHECK(check_seq(state, entry.seq));
  state.entries.put(journal, entry.id, entry);
  state.entry_by_seq.put(journal, entry.seq, entry.id);
  state.entry_by_strand.put(journal, {entry.strand, entry.seq}, entry.id);
  put_version({ActId{}, entry.id, 1, entry.seq, entry.text, entry.taken_back, entry.at});
  if (entry.seq > strand->last_entry) {
    Conversation moved = *strand;
    moved.last_entry = entry.seq;
    ConversationRoom conversations(state, journal);
    return conversations.save(moved);
  }
  return {};
}

Result<void> EntryRoom::add_version(const EntryVersion& version) {
  if (state.acts.contains(version.act)) return fail(Errc::conflict, "act exists");
  const Entry* before = state.entries.find(version.entry);
  if (!before) return fail(Errc::not_found, "entry");
  if (version.version != before->version + 1) return fail(Errc::conflict, "not the next version");
  KITH_CHECK(check_seq(state, version.seq));
  Entry entry = *before;
  entry.text = version.text;
  entry.version = version.version;
  entry.changed_seq = version.seq;
  entry.taken_back = version.taken_back;
  state.entries.put(journal, entry.id, entry);
  put_version(version);
  state.acts.put(journal, version.act, {version.entry, version.version});
  return {};
}

}  // namespace kith::memory
