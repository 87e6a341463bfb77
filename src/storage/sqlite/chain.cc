#include "storage/sqlite/chain.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "storage/sqlite/columns.h"

namespace kith::sqlite {
namespace {

void append(std::string& out, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 0xff);
}
void append(std::string& out, const IdBytes& id) {
  out.append(reinterpret_cast<const char*>(id.data()), id.size());
}
// With its length before it, so that no two entries share their bytes.
void append(std::string& out, std::string_view text) {
  append(out, static_cast<std::uint64_t>(text.size()));
  out += text;
}

struct Seal {
  Seq seq = 0;
  Digest digest{};
};
Seal read_seal(Row& row) {
  return {row.integer(), row.digest()};
}

// Goes on from a digest with more links.
class Running {
 public:
  explicit Running(const Digest& from) { sha_.add({reinterpret_cast<const char*>(from.data()), from.size()}); }
  void add(std::string_view bytes) { sha_.add(bytes); }
  Digest finish() { return sha_.finish(); }

 private:
  Sha256 sha_;
};

// Entries as they were first written, and versions, in seq order, a block at a time.
class Links {
 public:
  explicit Links(Connection& database) : db_(database) {}

  Result<const Pending::Link*> next() {
    if (at_ == block_.size()) KITH_CHECK(load());
    return at_ == block_.size() ? nullptr : &block_[at_++];
  }

 private:
  static constexpr int kBlock = 1000;

  Result<void> load() {
    KITH_TRY(auto entries, db_.all(R"sql(
        select e.seq, e.public_id, c.public_id, e.kind, e.channel, e.author_kind, p.public_id, s.session_public_id,
               m.label, e.text, e.attachment_count, e.written_at, 1, e.seq, 0
        from entries e cross join conversations c on c.id = e.conversation_id
        left join persons p on p.id = e.person_id
        left join author_sessions s on s.id = e.author_session_id
        left join machine_labels m on m.id = e.machine_label_id
        where e.seq > ? order by e.seq limit ?)sql",
                                   read_entry, after_, kBlock));
    // Versions up to where this block of entries ends; to the end when there are no more entries.
    const Seq until = entries.size() == kBlock ? entries.back().seq : INT64_MAX;
    KITH_TRY(auto versions, db_.all(R"sql(
        select v.act_public_id, e.public_id, v.version, v.seq, v.text, v.is_taken_back, v.written_at
        from entry_versions v cross join entries e on e.seq = v.entry_seq
        where v.seq > ? and v.seq <= ? order by v.seq)sql",
                                    read_link, after_, until));
    block_ = std::move(versions);
    for (Entry& entry : entries) {
      KITH_TRY(entry.attachments, attachments_of(entry));
      block_.push_back({entry.seq, canonical(entry)});
    }
    std::ranges::sort(block_, {}, &Pending::Link::seq);
    at_ = 0;
    after_ = until;
    return {};
  }

  static Pending::Link read_link(Row& row) {
    EntryVersion version;
    version.act = row.id<ActId>();
    version.entry = row.id<EntryId>();
    version.version = static_cast<std::uint32_t>(row.integer());
    version.seq = row.integer();
    version.text = row.text();
    version.taken_back = row.flag();
    version.at = row.time();
    return {version.seq, canonical(version)};
  }

  Result<std::vector<AttachmentId>> attachments_of(const Entry& entry) {
    if (entry.attachments.empty()) return std::vector<AttachmentId>();
    return db_.all(
        R"sql(
        select a.public_id from entry_attachments l join attachments a on a.id = l.attachment_id
        where l.entry_seq = ? order by l.position)sql",
        [](Row& row) { return row.id<AttachmentId>(); }, entry.seq);
  }

  Connection& db_;
  std::vector<Pending::Link> block_;
  std::size_t at_ = 0;
  Seq after_ = -1;
};

Result<void> seal_everything(Connection& database) {
  KITH_CHECK(database.write("delete from seals"));
  Running running(Digest{});
  Seq newest = 0;
  Links links(database);
  while (true) {
    KITH_TRY(const auto* link, links.next());
    if (!link) break;
    running.add(link->bytes);
    newest = link->seq;
  }
  if (newest == 0) return {};
  return database.write("insert into seals (seq, digest) values (?, ?)", newest, running.finish());
}

}  // namespace

std::string canonical(const Entry& entry) {
  std::string out;
  out.reserve(160 + entry.text.size());
  out += 'E';
  append(out, static_cast<std::uint64_t>(entry.seq));
  append(out, entry.id.bytes);
  append(out, entry.strand.bytes);
  out += static_cast<char>(entry.kind);
  out += static_cast<char>(entry.channel);
  out += static_cast<char>(entry.author.kind);
  append(out, entry.author.person.value_or(PersonId()).bytes);
  append(out, entry.author.session.value_or(SessionId()).bytes);
  append(out, std::string_view(entry.author.machine));
  append(out, std::string_view(entry.text));
  append(out, static_cast<std::uint64_t>(entry.attachments.size()));
  for (AttachmentId attachment : entry.attachments) append(out, attachment.bytes);
  append(out, static_cast<std::uint64_t>(entry.at.us));
  return out;
}

std::string canonical(const EntryVersion& version) {
  std::string out;
  out.reserve(80 + version.text.size());
  out += 'V';
  append(out, static_cast<std::uint64_t>(version.seq));
  append(out, version.act.bytes);
  append(out, version.entry.bytes);
  append(out, static_cast<std::uint64_t>(version.version));
  append(out, std::string_view(version.text));
  out += version.taken_back ? '\1' : '\0';
  append(out, static_cast<std::uint64_t>(version.at.us));
  return out;
}

Result<void> seal(Connection& database, Pending& pending) {
  if (pending.chain_begins_anew) return seal_everything(database);
  auto& links = pending.links;
  if (links.empty()) return {};
  KITH_TRY(auto last, database.maybe("select seq, digest from seals order by seq desc limit 1", read_seal));
  std::ranges::sort(links, {}, &Pending::Link::seq);
  Running running(last.value_or(Seal()).digest);
  for (const auto& link : links) running.add(link.bytes);
  return database.write("insert into seals (seq, digest) values (?, ?)", links.back().seq, running.finish());
}

Result<void> verify_chain(Connection& database) {
  KITH_TRY(auto seals, database.all("select seq, digest from seals order by seq", read_seal));
  Links links(database);
  KITH_TRY(const auto* link, links.next());
  Digest last{};
  for (const Seal& seal : seals) {
    Running running(last);
    while (link && link->seq <= seal.seq) {
      running.add(link->bytes);
      KITH_TRY(link, links.next());
    }
    last = running.finish();
    if (last != seal.digest)
      return fail(Errc::unavailable, fmt::format("the chain over entries does not hold at seq {}", seal.seq));
  }
  if (link) return fail(Errc::unavailable, fmt::format("entry {} is not sealed", link->seq));
  return {};
}

}  // namespace kith::sqlite
