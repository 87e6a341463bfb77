// A file's alt text: what is on it, in words, for those who cannot see it.
#pragma once

#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/ports/store.h"

namespace kith {

struct DescribeFile {
  AttachmentId id;
  std::string alt_text;
};
// By the one who sent it, before and after it is kept.
Result<Attachment> describe_file(Tx& tx, const Actor& actor, const DescribeFile& command);

}  // namespace kith
