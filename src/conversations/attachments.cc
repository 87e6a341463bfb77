#include "conversations/attachments.h"

#include <utility>

#include "conversations/media_type.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/text_rules.h"

namespace kith {
namespace {

// Works on a Tx and on a Snapshot: whose thread it is in and who sent it, merges followed.
template <class Source>
Result<touched::Attachment> facts_of(Source& source, const Attachment& attachment) {
  KITH_TRY(const auto thread, source.conversations().thread_with(attachment.strand));
  KITH_TRY(const auto sender, source.people().resolve(attachment.by));
  return touched::Attachment{thread.own.person, sender.id};
}

bool is_same(const Attachment& earlier, const Attachment& wanted, const Thread& thread) {
  return has_strand(thread, earlier.strand) && earlier.by == wanted.by && earlier.name == wanted.name &&
         earlier.alt_text == wanted.alt_text && earlier.size_bytes == wanted.size_bytes;
}

// What is announced and never said would fill the disk without anybody seeing it.
Result<void> check_room(Tx& tx, const Actor& actor, std::int64_t size_bytes) {
  const UploadRoom& room = actor.kind == ActorKind::visitor ? kVisitorsRoom : kColleaguesRoom;
  KITH_TRY(const UnsaidFiles unsaid, tx.attachments().unsaid_by(actor.person, tx.now() - kUploadPatience));
  if (unsaid.files >= room.files || unsaid.bytes + size_bytes > room.bytes)
    return fail(Errc::too_many, "say something with the files that are here first");
  return {};
}

}  // namespace

Result<Attachment> begin_attachment(Tx& tx, const Actor& actor, const BeginAttachment& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::add, touched::Attachment{thread.own.person, actor.person}));
  Attachment attachment{.id = command.id,
                        .strand = thread.own.id,
                        .by = actor.person,
                        .media_type = "application/octet-stream",
                        .size_bytes = command.size_bytes,
                        .created_at = tx.now()};
  KITH_TRY(attachment.name, read_needed_line("name", command.name, 255));
  KITH_TRY(attachment.alt_text, read_text("alt_text", command.alt_text, 2000));
  if (command.size_bytes <= 0) return invalid("size_bytes", "nothing in it");
  if (command.size_bytes > kLargestAttachment) return fail(Errc::too_large, "more than 100 MiB", "size_bytes");
  KITH_TRY(const auto earlier, if_found(tx.attachments().find(command.id)));
  if (earlier && !is_same(*earlier, attachment, thread))
    return fail(Errc::conflict, "the id belongs to another attachment");
  if (earlier) return *earlier;
  KITH_CHECK(check_room(tx, actor, command.size_bytes));
  KITH_CHECK(tx.attachments().add(attachment));
  return attachment;
}

Result<Attachment> finish_attachment(Tx& tx, const Actor& actor, const FinishAttachment& command) {
  KITH_TRY(Attachment attachment, tx.attachments().find(command.id));
  KITH_TRY(const auto facts, facts_of(tx, attachment));
  KITH_CHECK(may(actor, Verb::change, facts));
  if (attachment.state == AttachmentState::kept) {
    if (attachment.content != command.content) return fail(Errc::conflict, "other bytes are kept already");
    return attachment;
  }
  if (attachment.size_bytes != command.size_bytes) return fail(Errc::conflict, "not the size that was announced");
  attachment.state = AttachmentState::kept;
  attachment.content = command.content;
  attachment.media_type = media_type_of(command.head);
  KITH_CHECK(tx.attachments().save(attachment));
  return attachment;
}

Result<void> give_up_attachment(Tx& tx, const Actor& actor, const GiveUpAttachment& command) {
  KITH_TRY(const auto attachment, if_found(tx.attachments().find(command.id)));
  if (!attachment) return {};
  KITH_TRY(const auto facts, facts_of(tx, *attachment));
  KITH_CHECK(may(actor, Verb::take_back, facts));
  if (attachment->state == AttachmentState::kept) return fail(Errc::conflict, "it is kept already");
  return tx.attachments().remove(command.id);
}

Result<Attachment> describe_attachment(const Snapshot& snapshot, const Actor& actor, AttachmentId id) {
  KITH_TRY(Attachment attachment, snapshot.attachments().find(id));
  KITH_TRY(const auto facts, facts_of(snapshot, attachment));
  KITH_CHECK(may(actor, Verb::read, facts));
  if (attachment.state == AttachmentState::uploading && !may(actor, Verb::change, facts))
    return fail(Errc::not_found, "still being sent by somebody else");
  return attachment;
}

}  // namespace kith
