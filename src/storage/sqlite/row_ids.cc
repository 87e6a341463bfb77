#include "storage/sqlite/row_ids.h"

namespace kith::sqlite {
namespace {

constexpr std::size_t kMostRemembered = 8192;  // of each kind; about 400 KB when full

}  // namespace

template <class Key, class Find>
Result<RowId> RowIds::remember(Remembered<Key>& known, const Key& key, Find find) {
  if (auto met = known.find(key); met != known.end()) return met->second;
  Result<RowId> row = find();
  if (!row) return row;
  if (known.size() >= kMostRemembered) known.clear();
  known.emplace(key, *row);
  return row;
}

Result<RowId> RowIds::of(PersonId id) {
  if (last_person_.row != 0 && last_person_.id == id) return last_person_.row;
  return remember(people_, id,
                  [&] { return db_.one("person", "select id from persons where public_id = ?", read_row_id, id); });
}
Result<RowId> RowIds::of(ConversationId id) {
  if (last_conversation_.row != 0 && last_conversation_.id == id) return last_conversation_.row;
  return remember(conversations_, id, [&] {
    return db_.one("conversation", "select id from conversations where public_id = ?", read_row_id, id);
  });
}
Result<RowId> RowIds::of(TeamId id) {
  return db_.one("team", "select id from teams where public_id = ?", read_row_id, id);
}
Result<RowId> RowIds::of(InboxId id) {
  return db_.one("inbox", "select id from inboxes where public_id = ?", read_row_id, id);
}
Result<RowId> RowIds::of(IdentityId id) {
  return db_.one("identity", "select id from identities where public_id = ?", read_row_id, id);
}
Result<RowId> RowIds::of(TopicId id) {
  return db_.one("topic", "select id from topics where public_id = ?", read_row_id, id);
}
Result<RowId> RowIds::of(AttachmentId id) {
  return db_.one("attachment", "select id from attachments where public_id = ?", read_row_id, id);
}
Result<RowId> RowIds::of(EntryId id) {
  return db_.one("entry", "select seq from entries where public_id = ?", read_row_id, id);
}

Result<RowId> RowIds::of_author_session(SessionId id) {
  return remember(sessions_, id, [&]() -> Result<RowId> {
    KITH_CHECK(db_.write("insert into author_sessions (session_public_id) values (?) on conflict do nothing", id));
    return db_.one("session", "select id from author_sessions where session_public_id = ?", read_row_id, id);
  });
}
Result<RowId> RowIds::of_machine_label(const std::string& label) {
  return remember(labels_, label, [&]() -> Result<RowId> {
    KITH_CHECK(db_.write("insert into machine_labels (label) values (?) on conflict do nothing", label));
    return db_.one("label", "select id from machine_labels where label = ?", read_row_id, label);
  });
}

void RowIds::forget() {
  last_person_ = {};
  last_conversation_ = {};
  people_.clear();
  conversations_.clear();
  sessions_.clear();
  labels_.clear();
}

}  // namespace kith::sqlite
