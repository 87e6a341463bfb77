// What a colleague is about to write in a conversation. Hers alone, on all her devices.
#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"

namespace kith {

struct Draft {
  DraftId id;
  ConversationId strand;
  PersonId author;  // one draft per strand and author
  std::string text;
  bool only_for_us = false;  // it is going to be a note
  std::vector<AttachmentId> attachments;
  Seq changed_seq = 0;
  friend bool operator==(const Draft&, const Draft&) = default;

  // Gone, but remembered as gone, so that her other devices hear of it.
  [[nodiscard]] bool is_empty() const { return text.empty() && attachments.empty(); }
};

}  // namespace kith
