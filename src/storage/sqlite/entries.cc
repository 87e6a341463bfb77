// Entries and their versions: appended, never changed.
#include <algorithm>

#include "base/mutant.h"
#include "storage/sqlite/chain.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

// A human is proven by her session; everything else says what it is (I7). The table checks the same.
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

EntryVersion read_version(Row& row) {
  return {.act = row.id<ActId>(),
          .entry = row.id<EntryId>(),
          .version = static_cast<std::uint32_t>(row.integer()),
          .seq = row.integer(),
          .text = row.text(),
          .taken_back = row.flag(),
          .at = row.time()};
}

// What an edit has to know of the entry it follows.
struct Newest {
  RowId entry = 0;
  RowId conversation = 0;
  std::uint32_t version = 1;
  bool taken_back = false;
  std::string text;
};
Newest read_newest(Row& row) {
  return {.entry = row.integer(),
          .conversation = row.integer(),
          .version = static_cast<std::uint32_t>(row.integer()),
          .taken_back = row.flag(),
          .text = row.text()};
}

template <class Order>
void merge_pages(std::vector<Entry>& entries, std::size_t limit, Order order) {
  std::ranges::sort(entries, order, &Entry::seq);
  auto doubles = std::ranges::unique(entries, {}, &Entry::seq);
  entries.erase(doubles.begin(), doubles.end());
  if (entries.size() > limit) entries.resize(limit);
}

}  // namespace

Entry read_entry(Row& row) {
  Entry entry;
  entry.seq = row.integer();
  entry.id = row.id<EntryId>();
  entry.strand = row.id<ConversationId>();
  entry.kind = row.choice<EntryKind>();
  entry.channel = row.choice<Channel>();
  entry.author.kind = row.choice<AuthorKind>();
  entry.author.person = row.maybe_id<PersonId>();
  entry.author.session = row.maybe_id<SessionId>();
  entry.author.machine = row.text();
  entry.text = row.text();
  entry.attachments.resize(static_cast<std::size_t>(row.integer()));
  entry.at = row.time();
  entry.version = static_cast<std::uint32_t>(row.integer());
  entry.changed_seq = row.integer();
  entry.taken_back = row.flag();
  return entry;
}

Result<void> EntryRoom::with_attachments(std::vector<Entry>& entries) const {
  for (Entry& entry : entries) {
    if (entry.attachments.empty()) continue;
    KITH_TRY(entry.attachments, db.all(
                                    R"sql(
        select a.public_id from entry_attachments l join attachments a on a.id = l.attachment_id
        where l.entry_seq = ? order by l.position)sql",
                                    [](Row& row) { return row.id<AttachmentId>(); }, entry.seq));
  }
  return {};
}

Result<Entry> EntryRoom::find(EntryId id) const {
  KITH_TRY(auto found, db.all(KITH_SELECT_ENTRY "where e.public_id = ?", read_entry, id));
  if (found.empty()) return fail(Errc::not_found, "entry");
  KITH_CHECK(with_attachments(found));
  return std::move(found.front());
}

Result<Entry> EntryRoom::at(Seq seq) const {
  KITH_TRY(auto found, db.all(KITH_SELECT_ENTRY "where e.seq = ?", read_entry, seq));
  if (found.empty()) return fail(Errc::not_found, "entry");
  KITH_CHECK(with_attachments(found));
  return std::move(found.front());
}

Result<std::vector<Entry>> EntryRoom::page(std::span<const ConversationId> strands, std::optional<Seq> before,
                                           std::size_t limit) const {
  std::vector<Entry> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto some, db.all(KITH_SELECT_ENTRY R"sql(
        where e.conversation_id = (select id from conversations where public_id = ?) and e.seq < ?
        order by e.seq desc limit ?)sql",
                               read_entry, strand, before.value_or(INT64_MAX), limit));
    std::ranges::move(some, std::back_inserter(found));
  }
  if (strands.size() > 1) merge_pages(found, limit, std::ranges::greater());
  KITH_CHECK(with_attachments(found));
  return found;
}

Result<std::vector<Entry>> EntryRoom::after(std::span<const ConversationId> strands, Seq after,
                                            std::size_t limit) const {
  std::vector<Entry> found;
  if (strands.empty()) {
    KITH_TRY(found, db.all(KITH_SELECT_ENTRY "where e.seq > ? order by e.seq limit ?", read_entry, after, limit));
  }
  for (ConversationId strand : strands) {
    KITH_TRY(auto some, db.all(KITH_SELECT_ENTRY R"sql(
        where e.conversation_id = (select id from conversations where public_id = ?) and e.seq > ?
        order by e.seq limit ?)sql",
                               read_entry, strand, after, limit));
    std::ranges::move(some, std::back_inserter(found));
  }
  if (strands.size() > 1) merge_pages(found, limit, std::ranges::less());
  KITH_CHECK(with_attachments(found));
  return found;
}

Result<std::vector<EntryVersion>> EntryRoom::versions(EntryId id) const {
  KITH_TRY(auto found, db.all(R"sql(
      select null, public_id, 1, seq, text, 0, written_at from entries where public_id = ?1
      union all
      select v.act_public_id, e.public_id, v.version, v.seq, v.text, v.is_taken_back, v.written_at
      from entries e join entry_versions v on v.entry_seq = e.seq where e.public_id = ?1
      order by 3)sql",
                              read_version, id));
  if (found.empty()) return fail(Errc::not_found, "entry");
  return found;
}

Result<std::optional<EntryVersion>> EntryRoom::find_act(ActId act) const {
  return db.maybe(R"sql(
      select v.act_public_id, e.public_id, v.version, v.seq, v.text, v.is_taken_back, v.written_at
      from entry_versions v join entries e on e.seq = v.entry_seq where v.act_public_id = ?)sql",
                  read_version, act);
}

Result<void> EntryRoom::insert(const Entry& entry) {
  KITH_TRY(auto conversation, ids.of(entry.strand));
  KITH_TRY(auto person, ids.of(entry.author.person));
  std::optional<RowId> session;
  if (entry.author.session) {
    KITH_TRY(session, ids.of_author_session(*entry.author.session));
  }
  std::optional<RowId> label;
  if (!entry.author.machine.empty()) {
    KITH_TRY(label, ids.of_machine_label(entry.author.machine));
  }
  auto written = db.write(R"sql(
      insert into entries (seq, public_id, conversation_id, kind, channel, author_kind, person_id, author_session_id,
                           machine_label_id, text, attachment_count, written_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                          entry.seq, entry.id, conversation, entry.kind, entry.channel, entry.author.kind, person,
                          session, label, entry.text, entry.attachments.size(), entry.at);
  if (!written && is_mutant("unique_id_dropped")) {
    Entry again = entry;
    again.id.bytes.back() ^= 1;
    return insert(again);
  }
  KITH_CHECK(written);
  pending.conversations.push_back({conversation, entry.seq});
  if (threads) threads->entry_added(entry.strand, entry.seq);
  return {};
}

Result<void> EntryRoom::add(const Entry& entry) {
  KITH_CHECK(check_author(entry.author));
  if (entry.seq <= pending.sealed) return fail(Errc::conflict, "the chain is sealed beyond this seq");
  KITH_CHECK(insert(entry));
  for (std::size_t position = 0; position < entry.attachments.size(); ++position) {
    KITH_TRY(auto attachment, ids.of(entry.attachments[position]));
    KITH_CHECK(db.write("insert into entry_attachments (entry_seq, position, attachment_id) values (?, ?, ?)",
                        entry.seq, position, attachment));
  }
  pending.texts.push_back(
      {.entry = entry.seq, .was_searchable = false, .was = {}, .is_searchable = true, .text = entry.text});
  pending.links.push_back({entry.seq, canonical(entry)});
  return {};
}

Result<void> EntryRoom::add_version(const EntryVersion& version) {
  KITH_TRY(auto newest, db.one("entry", R"sql(
      select e.seq, e.conversation_id, coalesce(v.version, 1), coalesce(v.is_taken_back, 0), coalesce(v.text, e.text)
      from entries e
      left join entry_versions v on v.seq = (select max(seq) from entry_versions where entry_seq = e.seq)
      where e.public_id = ?)sql",
                               read_newest, version.entry));
  if (version.version != newest.version + 1) return fail(Errc::conflict, "not the next version");
  if (version.seq <= pending.sealed) return fail(Errc::conflict, "the chain is sealed beyond this seq");
  KITH_CHECK(db.write(R"sql(
      insert into entry_versions (seq, act_public_id, entry_seq, version, text, is_taken_back, written_at)
      values (?, ?, ?, ?, ?, ?, ?))sql",
                      version.seq, version.act, newest.entry, version.version, version.text, version.taken_back,
                      version.at));
  pending.texts.push_back({.entry = newest.entry,
                           .was_searchable = !newest.taken_back,
                           .was = std::move(newest.text),
                           .is_searchable = !version.taken_back,
                           .text = version.text});
  pending.links.push_back({version.seq, canonical(version)});
  return {};
}

}  // namespace kith::sqlite
