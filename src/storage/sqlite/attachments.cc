// Files people sent, and how many of them use the same bytes.
#include <set>

#include "storage/sqlite/packed_ids.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_ATTACHMENT \
  R"sql(select a.public_id, c.public_id, p.public_id, a.name, a.media_type, a.alt_text, a.size_bytes, a.state,
               a.content, a.created_at
        from attachments a join conversations c on c.id = a.conversation_id join persons p on p.id = a.by_person_id
        )sql"

Attachment read_attachment(Row& row) {
  return {.id = row.id<AttachmentId>(),
          .strand = row.id<ConversationId>(),
          .by = row.id<PersonId>(),
          .name = row.text(),
          .media_type = row.text(),
          .alt_text = row.text(),
          .size_bytes = row.integer(),
          .state = row.choice<AttachmentState>(),
          .content = row.maybe_digest(),
          .created_at = row.time()};
}

// What drafts and words for later hold.
Result<std::set<AttachmentId>> to_be_said(Connection& db) {
  std::set<AttachmentId> held;
  const auto add = [&](Row& row) {
    for (AttachmentId id : unpack_ids<AttachmentId>(row.blob())) held.insert(id);
    return true;
  };
  KITH_CHECK(db.each("select attachments from drafts where attachments <> x''", add));
  KITH_CHECK(db.each("select attachments from scheduled where state in (0, 3) and attachments <> x''", add));
  return held;
}

}  // namespace

Result<Attachment> AttachmentRoom::find(AttachmentId id) const {
  return db.one("attachment", KITH_SELECT_ATTACHMENT "where a.public_id = ?", read_attachment, id);
}

Result<std::int64_t> AttachmentRoom::references(const Digest& content) const {
  return db.number("select count(*) from attachments where content = ? and state = 1", content);
}

Result<std::vector<Attachment>> AttachmentRoom::unfinished(Time older_than, std::size_t limit) const {
  return db.all(KITH_SELECT_ATTACHMENT R"sql(
      where a.state = 0 and a.created_at < ? order by a.created_at, a.public_id limit ?)sql",
                read_attachment, older_than, limit);
}

// Looks at every file there is, so it is asked on a snapshot and not by the writer.
Result<std::vector<AttachmentId>> AttachmentRoom::unsaid(Time older_than, std::size_t limit) const {
  KITH_TRY(const auto held, to_be_said(db));
  std::vector<AttachmentId> found;
  const auto keep = [&](Row& row) {
    if (found.size() == limit) return false;
    if (const auto id = row.id<AttachmentId>(); !held.contains(id)) found.push_back(id);
    return true;
  };
  KITH_CHECK(db.each(R"sql(
      select a.public_id from attachments a
      where a.state = 1 and a.created_at < ?
        and not exists (select 1 from entry_attachments e where e.attachment_id = a.id))sql",
                     keep, older_than));
  return found;
}

Result<std::vector<AttachmentId>> AttachmentRoom::unsaid_among(std::span<const AttachmentId> ids) const {
  KITH_TRY(const auto held, to_be_said(db));
  std::vector<AttachmentId> found;
  for (AttachmentId id : ids) {
    KITH_TRY(const auto is_unsaid, db.number(R"sql(
        select count(*) from attachments a
        where a.public_id = ? and a.state = 1
          and not exists (select 1 from entry_attachments e where e.attachment_id = a.id))sql",
                                             id));
    if (is_unsaid == 1 && !held.contains(id)) found.push_back(id);
  }
  return found;
}

Result<UnsaidFiles> AttachmentRoom::unsaid_by(PersonId by, Time since) const {
  return db.one(
      "person", R"sql(
      select count(*), coalesce(sum(a.size_bytes), 0)
      from attachments a
      where a.by_person_id = (select id from persons where public_id = ?) and a.created_at >= ?
        and not exists (select 1 from entry_attachments e where e.attachment_id = a.id))sql",
      [](Row& row) {
        UnsaidFiles unsaid;
        unsaid.files = row.integer();
        unsaid.bytes = row.integer();
        return unsaid;
      },
      by, since);
}

Result<void> AttachmentRoom::add(const Attachment& attachment) {
  KITH_TRY(auto conversation, ids.of(attachment.strand));
  KITH_TRY(auto by, ids.of(attachment.by));
  return db.write(R"sql(
      insert into attachments (public_id, conversation_id, by_person_id, name, media_type, alt_text, size_bytes, state,
                               content, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                  attachment.id, conversation, by, attachment.name, attachment.media_type, attachment.alt_text,
                  attachment.size_bytes, attachment.state, attachment.content, attachment.created_at);
}

Result<void> AttachmentRoom::save(const Attachment& attachment) {
  KITH_TRY(auto conversation, ids.of(attachment.strand));
  KITH_TRY(auto by, ids.of(attachment.by));
  return db.replace("attachment", R"sql(
      update attachments set conversation_id = ?, by_person_id = ?, name = ?, media_type = ?, alt_text = ?,
                             size_bytes = ?, state = ?, content = ?, created_at = ?
      where public_id = ?)sql",
                    conversation, by, attachment.name, attachment.media_type, attachment.alt_text,
                    attachment.size_bytes, attachment.state, attachment.content, attachment.created_at, attachment.id);
}

Result<void> AttachmentRoom::remove(AttachmentId id) {
  return db.replace("attachment", "delete from attachments where public_id = ?", id);
}

}  // namespace kith::sqlite
