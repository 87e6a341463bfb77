// A file someone sent. The bytes live as a file named by their SHA-256; equal bytes are kept once and counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/digest.h"
#include "domain/ids.h"

namespace kith {

enum class AttachmentState : std::uint8_t { uploading, kept };

struct Attachment {
  AttachmentId id;
  ConversationId strand;
  PersonId by;
  std::string name;        // as sent; shown, never used as a path
  std::string media_type;  // told from the bytes; application/octet-stream when unknown
  std::string alt_text;
  std::int64_t size_bytes = 0;
  AttachmentState state = AttachmentState::uploading;
  std::optional<Digest> content;  // once kept
  Time created_at;
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

}  // namespace kith
