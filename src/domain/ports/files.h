// Where the bytes of attachments live: as files named by their SHA-256. Calls block; they run on the worker pool.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"
#include "domain/ids.h"

namespace kith {

struct KeptFile {
  Digest content{};
  std::int64_t size_bytes = 0;
  std::string head;  // the first 512 bytes, to tell the type from
};

class FileStore {
 public:
  virtual ~FileStore() = default;
  // How many bytes of this upload are on disk; 0 when it has not begun.
  virtual Result<std::int64_t> received(AttachmentId upload) = 0;
  // Adds bytes at `offset`, which must be what received() says (else conflict). Returns the new length, synced to disk.
  virtual Result<std::int64_t> append(AttachmentId upload, std::int64_t offset, std::string_view bytes) = 0;
  // Names the upload by its content, durably (file and folder synced). Calling it again gives the same answer.
  virtual Result<KeptFile> finish(AttachmentId upload) = 0;
  // Forgets an unfinished upload; fine when there is none.
  virtual Result<void> give_up(AttachmentId upload) = 0;
  // At most `length` bytes from `offset`; fewer only at the end. not_found when no such content is kept.
  virtual Result<std::string> read(const Digest& content, std::int64_t offset, std::int64_t length) = 0;
};

}  // namespace kith
