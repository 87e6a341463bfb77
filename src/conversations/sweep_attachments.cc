#include "conversations/sweep_attachments.h"

#include "people/if_found.h"
#include "people/may.h"

namespace kith {

Result<std::size_t> sweep_unfinished(Tx& tx, const Actor& actor, Time older_than, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(const auto unfinished, tx.attachments().unfinished(older_than, limit));
  for (const Attachment& attachment : unfinished) KITH_CHECK(tx.attachments().remove(attachment.id));
  return unfinished.size();
}

Result<std::vector<AttachmentId>> find_unsaid(const Snapshot& snapshot, const Actor& actor, Time older_than,
                                              std::size_t limit) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  return snapshot.attachments().unsaid(older_than, limit);
}

Result<void> sweep_unsaid(Tx& tx, const Actor& actor, const std::vector<AttachmentId>& found) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  KITH_TRY(const auto unsaid, tx.attachments().unsaid_among(found));
  for (AttachmentId attachment : unsaid) KITH_CHECK(tx.attachments().remove(attachment));
  return {};
}

Result<std::vector<AttachmentId>> find_given_up(const Snapshot& snapshot, const Actor& actor,
                                                std::span<const AttachmentId> uploads) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  std::vector<AttachmentId> given_up;
  for (AttachmentId upload : uploads) {
    KITH_TRY(const auto attachment, if_found(snapshot.attachments().find(upload)));
    if (!attachment) given_up.push_back(upload);
  }
  return given_up;
}

Result<std::vector<Digest>> find_unused(const Snapshot& snapshot, const Actor& actor,
                                        std::span<const Digest> contents) {
  KITH_CHECK(may(actor, Verb::change, touched::Watch{}));
  std::vector<Digest> unused;
  for (const Digest& content : contents) {
    KITH_TRY(const auto references, snapshot.attachments().references(content));
    if (references == 0) unused.push_back(content);
  }
  return unused;
}

}  // namespace kith
