// The bytes of attachments in memory, for tests.
#pragma once

#include <map>
#include <mutex>

#include "domain/ports/files.h"

namespace kith {

class MemoryFiles : public FileStore {
 public:
  Result<std::int64_t> received(AttachmentId upload) override;
  Result<std::int64_t> append(AttachmentId upload, std::int64_t offset, std::string_view bytes) override;
  Result<KeptFile> finish(AttachmentId upload) override;
  Result<void> give_up(AttachmentId upload) override;
  Result<std::string> read(const Digest& content, std::int64_t offset, std::int64_t length) override;

  // The next append finds the disk full.
  void fill_disk_once() { is_full_once_ = true; }

 private:
  std::mutex mutex_;  // guards all below
  std::map<AttachmentId, std::string> parts_;
  std::map<AttachmentId, Digest> finished_;
  std::map<Digest, std::string> contents_;
  bool is_full_once_ = false;
};

}  // namespace kith
