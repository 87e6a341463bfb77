#include "conversations/message_checks.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "conversations/thread_access.h"
#include "people/text_rules.h"

namespace kith {
namespace {

template <class Id>
bool has_doubles(const std::vector<Id>& ids) {
  for (auto at = ids.begin(); at != ids.end(); ++at)
    if (std::find(std::next(at), ids.end(), *at) != ids.end()) return true;
  return false;
}

bool may_be_written(EntryKind kind, AuthorKind author) {
  switch (kind) {
    case EntryKind::message:
    case EntryKind::thanks:
      return true;
    case EntryKind::note_to_both:
      return author == AuthorKind::colleague;
    default:
      return false;
  }
}

}  // namespace

Result<void> check_content(const WriteMessage& command, AuthorKind author) {
  if (!may_be_written(command.kind, author)) return invalid("kind", "cannot be written as a message");
  KITH_CHECK(read_text("text", command.text, kLongestMessage));
  if (trim(command.text).empty() && command.attachments.empty()) return invalid("text", "empty");
  if (command.attachments.size() > kMostAttachments) return invalid("attachments", "too many");
  if (has_doubles(command.attachments)) return invalid("attachments", "named twice");
  if (has_doubles(command.topics)) return invalid("topics", "named twice");
  return {};
}

Result<void> check_attachments(Tx& tx, const Thread& thread, const Author& author,
                               const std::vector<AttachmentId>& attachments) {
  for (const AttachmentId id : attachments) {
    const auto attachment = tx.attachments().find(id);
    if (!attachment && attachment.error().code != Errc::not_found) return std::unexpected<Error>(attachment.error());
    if (!attachment || !has_strand(thread, attachment->strand)) return invalid("attachments", "unknown");
    if (attachment->state != AttachmentState::kept) return invalid("attachments", "not completely sent yet");
    KITH_TRY(const auto sender, tx.people().resolve(attachment->by));
    if (author.person != sender.id) return invalid("attachments", "sent by somebody else");
  }
  return {};
}

Result<std::vector<Topic>> find_topics(Tx& tx, const Thread& thread, const std::vector<TopicId>& ids) {
  std::vector<Topic> topics;
  for (const TopicId id : ids) {
    auto topic = tx.topics().find(id);
    if (!topic && topic.error().code != Errc::not_found) return std::unexpected<Error>(topic.error());
    if (!topic || !has_strand(thread, topic->strand)) return invalid("topics", "unknown");
    topics.push_back(std::move(*topic));
  }
  return topics;
}

}  // namespace kith
