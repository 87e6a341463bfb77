// What colleagues are about to write.
#include <algorithm>

#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_DRAFT \
  R"sql(select d.public_id, c.public_id, p.public_id, d.text, d.is_only_for_us, d.attachments, d.changed_seq
        from drafts d join conversations c on c.id = d.conversation_id join persons p on p.id = d.author_person_id
        )sql"

Draft read_draft(Row& row) {
  return {.id = row.id<DraftId>(),
          .strand = row.id<ConversationId>(),
          .author = row.id<PersonId>(),
          .text = row.text(),
          .only_for_us = row.flag(),
          .attachments = unpack_ids<AttachmentId>(row.blob()),
          .changed_seq = row.integer()};
}

}  // namespace

Result<Draft> DraftRoom::find(DraftId id) const {
  return db.one("draft", KITH_SELECT_DRAFT "where d.public_id = ?", read_draft, id);
}

Result<std::vector<Draft>> DraftRoom::of_strands(std::span<const ConversationId> strands, PersonId author) const {
  std::vector<Draft> found;
  for (ConversationId strand : strands) {
    KITH_TRY(auto draft, db.maybe(KITH_SELECT_DRAFT R"sql(
        where d.conversation_id = (select id from conversations where public_id = ?)
          and d.author_person_id = (select id from persons where public_id = ?))sql",
                                  read_draft, strand, author));
    if (draft) found.push_back(std::move(*draft));
  }
  std::ranges::sort(found, std::greater<>(), &Draft::changed_seq);
  return found;
}

Result<std::vector<Draft>> DraftRoom::of_author(PersonId author, std::size_t limit) const {
  return db.all(KITH_SELECT_DRAFT R"sql(
      where d.author_person_id = (select id from persons where public_id = ?) and (d.text <> '' or d.attachments <> x'')
      order by d.changed_seq desc limit ?)sql",
                read_draft, author, limit);
}

Result<void> DraftRoom::add(const Draft& draft) {
  KITH_TRY(auto conversation, ids.of(draft.strand));
  KITH_TRY(auto author, ids.of(draft.author));
  const PackedIds attachments = pack_ids(draft.attachments);
  return db.write(R"sql(
      insert into drafts (public_id, conversation_id, author_person_id, text, is_only_for_us, attachments, changed_seq)
      values (?, ?, ?, ?, ?, ?, ?))sql",
                  draft.id, conversation, author, draft.text, draft.only_for_us, attachments, draft.changed_seq);
}

Result<void> DraftRoom::save(const Draft& draft) {
  const PackedIds attachments = pack_ids(draft.attachments);
  return db.replace("draft", R"sql(
      update drafts set text = ?, is_only_for_us = ?, attachments = ?, changed_seq = ? where public_id = ?)sql",
                    draft.text, draft.only_for_us, attachments, draft.changed_seq, draft.id);
}

}  // namespace kith::sqlite
