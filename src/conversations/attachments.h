// Files people send: what is known about them. The bytes are the FileStore's, moved by the adapters:
// begin_attachment, then FileStore::append as often as it takes, FileStore::finish, then finish_attachment.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/ports/store.h"

namespace kith {

inline constexpr std::int64_t kLargestAttachment = std::int64_t{100} * 1024 * 1024;

struct BeginAttachment {
  AttachmentId id;  // client-made
  std::optional<ConversationId> conversation;
  std::string name;
  std::string alt_text;
  std::int64_t size_bytes = 0;  // what will come, exactly
};
// How much somebody may announce within a day without saying it: unfinished, or finished and in no entry yet.
struct UploadRoom {
  std::int64_t files;
  std::int64_t bytes;
};
inline constexpr std::chrono::hours kUploadPatience{24};  // after it what is unfinished is swept (sweep_attachments.h)
inline constexpr UploadRoom kVisitorsRoom{200, std::int64_t{1024} * 1024 * 1024};  // as many as one entry may hold
inline constexpr UploadRoom kColleaguesRoom{1000, std::int64_t{5} * 1024 * 1024 * 1024};

// too_large above kLargestAttachment; too_many when her UploadRoom is full.
Result<Attachment> begin_attachment(Tx& tx, const Actor& actor, const BeginAttachment& command);

struct FinishAttachment {
  AttachmentId id;
  Digest content;
  std::int64_t size_bytes = 0;
  std::string head;  // the first bytes, to tell the type from
};
// By the one who began it. conflict when the size is not what was announced, or the content differs from before.
Result<Attachment> finish_attachment(Tx& tx, const Actor& actor, const FinishAttachment& command);

struct GiveUpAttachment {
  AttachmentId id;
};
// By the one who began it, before it is kept (conflict after). Fine when there is none.
Result<void> give_up_attachment(Tx& tx, const Actor& actor, const GiveUpAttachment& command);

// For everybody who may read the thread; while uploading only for the one who began it.
Result<Attachment> describe_attachment(const Snapshot& snapshot, const Actor& actor, AttachmentId id);

}  // namespace kith
