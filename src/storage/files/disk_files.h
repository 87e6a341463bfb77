// The bytes of attachments as files in one folder:
//   uploads/<uuid>.part      what has arrived of an upload so far
//   uploads/<uuid>.done      a link that tells which content a finished upload became
//   content/ab/cdef...       whole content, named by its SHA-256
// Names are made from ids and digests only, never from what people typed. After a crash at any point an upload is as
// far as received() says, and finish() may be called again.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "base/clock.h"
#include "domain/ports/files.h"

namespace kith {

// Safe from any thread; two calls for the same upload at once: the later one gets conflict.
class DiskFiles : public FileStore {
 public:
  // Makes the folder when it is missing (its parent must exist). The last `room_for_words` bytes of the disk are not
  // for files: append() is storage_full before it takes them, so that people can go on writing.
  static Result<std::unique_ptr<DiskFiles>> open(const std::filesystem::path& folder, std::int64_t room_for_words = 0);

  Result<std::int64_t> received(AttachmentId upload) override;
  Result<std::int64_t> append(AttachmentId upload, std::int64_t offset, std::string_view bytes) override;
  Result<KeptFile> finish(AttachmentId upload) override;
  Result<void> give_up(AttachmentId upload) override;
  Result<std::string> read(const Digest& content, std::int64_t offset, std::int64_t length) override;

  // What lies in uploads/, begun or finished, each upload once.
  struct SeenUpload {
    AttachmentId id;
    Time changed_at;  // the newest thing that happened to it
  };
  Result<std::vector<SeenUpload>> uploads();
  // Forgets an upload that nobody can go on with, finished or not; content stays. Not one that changed after `listed`.
  Result<void> forget(AttachmentId upload, Time listed);
  // The content that is kept.
  Result<std::vector<Digest>> contents();
  // Removes content that nothing refers to, for good. Some of it stays: what an upload became that is not forgotten yet
  // may be about to be referred to. Returns how many went.
  Result<std::int64_t> remove_unused(std::span<const Digest> unused);
  // How often content was named since the start. Any thread.
  [[nodiscard]] std::uint64_t kept_so_far() const { return kept_so_far_; }

  // Forgets which content uploads became that were finished before `before`; their answers have long been given.
  Result<void> forget_finished(Time before);

 private:
  DiskFiles(std::filesystem::path folder, std::int64_t room_for_words);
  // Holds an upload for one call.
  class Hold;
  Result<Hold> hold(AttachmentId upload);

  [[nodiscard]] std::filesystem::path part_path(AttachmentId upload) const;
  [[nodiscard]] std::filesystem::path done_path(AttachmentId upload) const;
  [[nodiscard]] std::filesystem::path content_path(const Digest& content) const;
  [[nodiscard]] Result<void> check_room(std::size_t bytes) const;
  [[nodiscard]] Result<KeptFile> describe(const std::filesystem::path& path) const;
  Result<void> keep(AttachmentId upload, const Digest& content);
  Result<void> link(AttachmentId upload, const std::filesystem::path& target);
  Result<std::set<std::filesystem::path>> linked();
  // The content a finished upload became; not_found when it is not finished.
  [[nodiscard]] Result<std::filesystem::path> finished(AttachmentId upload) const;

  const std::filesystem::path uploads_;
  const std::filesystem::path content_;
  const std::int64_t room_for_words_;
  std::mutex mutex_;  // guards in_hand_
  std::set<AttachmentId> in_hand_;
  std::mutex naming_;  // between making a link and looking whether there is one
  std::atomic<std::uint64_t> kept_so_far_ = 0;
};

}  // namespace kith
