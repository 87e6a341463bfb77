// From public ids to the integer keys that rows refer to each other by. Remembers those it met lately; only the writer
// has one, and forgets it all when a unit is undone, because the rows of that unit are gone.
#pragma once

#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "domain/ids.h"
#include "storage/sqlite/connection.h"

namespace kith::sqlite {

class RowIds {
 public:
  explicit RowIds(Connection& database) : db_(database) {}

  // not_found when there is no such thing.
  Result<RowId> of(PersonId id);
  Result<RowId> of(ConversationId id);
  Result<RowId> of(TeamId id);
  Result<RowId> of(InboxId id);
  Result<RowId> of(IdentityId id);
  Result<RowId> of(TopicId id);
  Result<RowId> of(AttachmentId id);
  Result<RowId> of(EntryId id);  // its seq
  // Nothing for nothing and for the nil id.
  template <class TypedId>
  Result<std::optional<RowId>> of(const std::optional<TypedId>& id) {
    if (!id || id->is_nil()) return std::optional<RowId>();
    KITH_TRY(auto row, of(*id));
    return std::optional<RowId>(row);
  }
  // Whoever has just looked up the conversation somebody will write in says so here.
  void note(ConversationId conversation, RowId its_row, PersonId person, RowId her_row) {
    last_conversation_ = {conversation, its_row};
    last_person_ = {person, her_row};
  }
  // Made when they are new.
  Result<RowId> of_author_session(SessionId id);
  Result<RowId> of_machine_label(const std::string& label);

  void forget();

 private:
  template <class Key>
  using Remembered = std::unordered_map<Key, RowId>;
  template <class Key, class Find>
  Result<RowId> remember(Remembered<Key>& known, const Key& key, Find find);

  template <class TypedId>
  struct Noted {
    TypedId id;
    RowId row = 0;
  };

  Connection& db_;
  Noted<PersonId> last_person_;
  Noted<ConversationId> last_conversation_;
  Remembered<PersonId> people_;
  Remembered<ConversationId> conversations_;
  Remembered<SessionId> sessions_;
  Remembered<std::string> labels_;
};

}  // namespace kith::sqlite
