#include "storage/files/memory_files.h"

#include <utility>

namespace kith {

Result<std::int64_t> MemoryFiles::received(AttachmentId upload) {
  std::lock_guard lock(mutex_);
  if (auto part = parts_.find(upload); part != parts_.end()) return static_cast<std::int64_t>(part->second.size());
  auto done = finished_.find(upload);
  if (done == finished_.end()) return 0;
  auto content = contents_.find(done->second);
  if (content == contents_.end()) return fail(Errc::not_found, "content");
  return static_cast<std::int64_t>(content->second.size());
}

Result<std::int64_t> MemoryFiles::append(AttachmentId upload, std::int64_t offset, std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (finished_.contains(upload)) return fail(Errc::conflict, "the upload is finished");
  auto part = parts_.find(upload);
  const std::int64_t size = part == parts_.end() ? 0 : static_cast<std::int64_t>(part->second.size());
  if (size != offset) return fail(Errc::conflict, "other bytes were received");
  if (std::exchange(is_full_once_, false)) return fail(Errc::storage_full, "a test wanted a full disk");
  parts_[upload] += bytes;
  return size + static_cast<std::int64_t>(bytes.size());
}

Result<KeptFile> MemoryFiles::finish(AttachmentId upload) {
  std::lock_guard lock(mutex_);
  if (auto part = parts_.find(upload); part != parts_.end()) {
    const Digest digest = sha256(part->second);
    contents_[digest] = std::move(part->second);
    finished_[upload] = digest;
    parts_.erase(part);
  }
  auto done = finished_.find(upload);
  if (done == finished_.end()) return fail(Errc::not_found, "upload");
  auto content = contents_.find(done->second);
  if (content == contents_.end()) return fail(Errc::not_found, "content");
  return KeptFile{done->second, static_cast<std::int64_t>(content->second.size()), content->second.substr(0, 512)};
}

Result<void> MemoryFiles::give_up(AttachmentId upload) {
  std::lock_guard lock(mutex_);
  parts_.erase(upload);
  return {};
}

Result<std::string> MemoryFiles::read(const Digest& content, std::int64_t offset, std::int64_t length) {
  if (offset < 0 || length < 0) return invalid("range", "a range begins at 0 or later");
  std::lock_guard lock(mutex_);
  auto found = contents_.find(content);
  if (found == contents_.end()) return fail(Errc::not_found, "content");
  const auto size = static_cast<std::int64_t>(found->second.size());
  if (offset >= size) return std::string();
  return found->second.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

}  // namespace kith
