// A colleague writes now and lets it be sent later. She wrote it and chose the time, so it is sent in her name.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "conversations/in_thread.h"
#include "conversations/later.h"
#include "domain/access.h"
#include "domain/ports/store.h"
#include "domain/scheduled.h"

namespace kith {

inline constexpr std::chrono::hours kFarthestSendAt{24 * 366};

struct ScheduleEntry {
  EntryId id;  // client-made; of the entry it becomes
  ConversationId conversation;
  std::string text;
  std::vector<AttachmentId> attachments;
  std::vector<TopicId> topics;
  Time send_at;
};
Result<InThread<Scheduled>> schedule_entry(Tx& tx, const Actor& actor, const ScheduleEntry& command);

struct ChangeScheduled {
  EntryId id;
  std::string text;
  Time send_at;
};
// By its author, while it is not sent or withdrawn. What was held waits again.
Result<InThread<Scheduled>> change_scheduled(Tx& tx, const Actor& actor, const ChangeScheduled& command);

struct WithdrawScheduled {
  EntryId id;
};
// By its author. conflict when it was sent.
Result<InThread<Scheduled>> withdraw_scheduled(Tx& tx, const Actor& actor, const WithdrawScheduled& command);

// Hers, waiting or held, soonest first.
Result<std::vector<InThread<Scheduled>>> list_scheduled(const Snapshot& snapshot, const Actor& actor,
                                                        std::size_t limit);

// By the system: writes what is due. That the session it was written with is over by then does not matter: she was
// there when she wrote it (what was written with a session that was taken from her is held when it is taken,
// sign_in.h). Held instead when its author has left the team or it can no longer be written. The entry has the id of
// the scheduled one, so that it is written once whatever happens in between.
Result<Passed> send_scheduled(Tx& tx, const Actor& actor, std::size_t limit);

}  // namespace kith
