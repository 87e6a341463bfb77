// The threads written in lately, as the writer's open transaction sees them: whoever writes again is not looked up
// again. Only the writer has one, since nobody else changes rows behind its back. Threads with merged persons are not
// kept.
#pragma once

#include <unordered_map>

#include "domain/conversation.h"
#include "storage/sqlite/row.h"

namespace kith::sqlite {

struct KnownThread {
  Conversation own;
  RowId conversation = 0;
  RowId person = 0;
  bool is_free_of_laters = false;  // asked for, and nobody had put it off
};

class KnownThreads {
 public:
  // Nothing when it has to be looked up. Valid until the next call of a function that is not const.
  [[nodiscard]] const KnownThread* of(PersonId person) const;
  [[nodiscard]] const KnownThread* with(ConversationId conversation) const;

  void keep(const KnownThread& thread);
  void entry_added(ConversationId conversation, Seq seq);
  void saved(const Conversation& conversation);
  void laters_are(ConversationId conversation, bool none);
  // A unit was undone, or persons were merged, parted or erased.
  void forget();

 private:
  KnownThread* find(ConversationId conversation);

  std::unordered_map<ConversationId, KnownThread> threads_;
  std::unordered_map<PersonId, ConversationId> of_person_;
};

}  // namespace kith::sqlite
