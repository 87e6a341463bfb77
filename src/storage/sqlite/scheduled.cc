// What is written already and sent later.
#include "storage/sqlite/desk_rooms.h"

namespace kith::sqlite {
namespace {

#define KITH_SELECT_SCHEDULED \
  R"sql(select s.public_id, c.public_id, p.public_id, s.session_public_id, s.text, s.attachments, s.topics, s.send_at,
               s.state, s.changed_seq
        from scheduled s join conversations c on c.id = s.conversation_id join persons p on p.id = s.by_person_id
        )sql"

Scheduled read_scheduled(Row& row) {
  return {.id = row.id<EntryId>(),
          .strand = row.id<ConversationId>(),
          .by = row.id<PersonId>(),
          .session = row.id<SessionId>(),
          .text = row.text(),
          .attachments = unpack_ids<AttachmentId>(row.blob()),
          .topics = unpack_ids<TopicId>(row.blob()),
          .send_at = row.time(),
          .state = row.choice<ScheduledState>(),
          .changed_seq = row.integer()};
}

}  // namespace

Result<Scheduled> ScheduledRoom::find(EntryId id) const {
  return db.one("scheduled", KITH_SELECT_SCHEDULED "where s.public_id = ?", read_scheduled, id);
}

Result<std::vector<Scheduled>> ScheduledRoom::open_of(PersonId by, std::size_t limit) const {
  return db.all(KITH_SELECT_SCHEDULED R"sql(
      where s.by_person_id = (select id from persons where public_id = ?) and s.state in (0, 3)
      order by s.send_at, s.public_id limit ?)sql",
                read_scheduled, by, limit);
}

Result<std::vector<Scheduled>> ScheduledRoom::due(Time now, std::size_t limit) const {
  return db.all(KITH_SELECT_SCHEDULED "where s.state = 0 and s.send_at <= ? order by s.send_at, s.public_id limit ?",
                read_scheduled, now, limit);
}

Result<void> ScheduledRoom::add(const Scheduled& scheduled) {
  KITH_TRY(auto conversation, ids.of(scheduled.strand));
  KITH_TRY(auto by, ids.of(scheduled.by));
  const PackedIds attachments = pack_ids(scheduled.attachments);
  const PackedIds topics = pack_ids(scheduled.topics);
  return db.write(R"sql(
      insert into scheduled (public_id, conversation_id, by_person_id, session_public_id, text, attachments, topics,
                             send_at, state, changed_seq)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
                  scheduled.id, conversation, by, scheduled.session, scheduled.text, attachments, topics,
                  scheduled.send_at, scheduled.state, scheduled.changed_seq);
}

Result<void> ScheduledRoom::save(const Scheduled& scheduled) {
  const PackedIds attachments = pack_ids(scheduled.attachments);
  const PackedIds topics = pack_ids(scheduled.topics);
  return db.replace("scheduled", R"sql(
      update scheduled set session_public_id = ?, text = ?, attachments = ?, topics = ?, send_at = ?, state = ?,
                           changed_seq = ?
      where public_id = ?)sql",
                    scheduled.session, scheduled.text, attachments, topics, scheduled.send_at, scheduled.state,
                    scheduled.changed_seq, scheduled.id);
}

}  // namespace kith::sqlite
