// An entry a colleague has written already, to be sent at a time she chose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace kith {

// held: not sent, because she has left the team or it can no longer be written as it stands.
enum class ScheduledState : std::uint8_t { waiting, sent, withdrawn, held };

struct Scheduled {
  EntryId id;  // of the entry it becomes, so that it is never sent twice
  ConversationId strand;
  PersonId by;
  SessionId session;  // the live session she wrote it with: the proof that a human did (I7)
  std::string text;
  std::vector<AttachmentId> attachments;
  std::vector<TopicId> topics;
  Time send_at;
  ScheduledState state = ScheduledState::waiting;
  Seq changed_seq = 0;
  friend bool operator==(const Scheduled&, const Scheduled&) = default;

  // Can still be changed or withdrawn.
  [[nodiscard]] bool is_open() const { return state == ScheduledState::waiting || state == ScheduledState::held; }
};

}  // namespace kith
