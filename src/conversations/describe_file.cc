#include "conversations/describe_file.h"

#include "people/may.h"
#include "people/text_rules.h"

namespace kith {

Result<Attachment> describe_file(Tx& tx, const Actor& actor, const DescribeFile& command) {
  KITH_TRY(Attachment attachment, tx.attachments().find(command.id));
  KITH_TRY(const auto thread, tx.conversations().thread_with(attachment.strand));
  KITH_TRY(const auto sender, tx.people().resolve(attachment.by));
  KITH_CHECK(may(actor, Verb::change, touched::Attachment{thread.own.person, sender.id}));
  KITH_TRY(attachment.alt_text, read_text("alt_text", command.alt_text, 2000));
  KITH_CHECK(tx.attachments().save(attachment));
  return attachment;
}

}  // namespace kith
