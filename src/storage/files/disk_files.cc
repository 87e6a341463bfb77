#include "storage/files/disk_files.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "storage/files/posix_file.h"

namespace kith {

namespace fs = std::filesystem;
using files::OpenFile;

namespace {

constexpr std::int64_t kPiece = std::int64_t{256} * 1024;  // read at once while hashing
constexpr std::size_t kHead = 512;

Result<bool> is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) return false;
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "stat"));
  return true;
}

Result<std::int64_t> size_of(const fs::path& path) {
  KITH_TRY(const OpenFile file, OpenFile::for_reading(path));
  return file.size();
}

}  // namespace

class DiskFiles::Hold {
 public:
  Hold(DiskFiles& owner, AttachmentId upload) : owner_(&owner), upload_(upload) {}
  Hold(Hold&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), upload_(other.upload_) {}
  Hold& operator=(Hold&&) = delete;
  ~Hold() {
    if (!owner_) return;
    std::lock_guard lock(owner_->mutex_);
    owner_->in_hand_.erase(upload_);
  }

 private:
  DiskFiles* owner_;
  AttachmentId upload_;
};

DiskFiles::DiskFiles(fs::path folder, std::int64_t room_for_words)
    : uploads_(folder / "uploads"), content_(folder / "content"), room_for_words_(room_for_words) {}

Result<std::unique_ptr<DiskFiles>> DiskFiles::open(const fs::path& folder, std::int64_t room_for_words) {
  std::unique_ptr<DiskFiles> opened(new DiskFiles(folder, room_for_words));
  for (const fs::path& needed : {folder, opened->uploads_, opened->content_}) KITH_CHECK(files::make_folder(needed));
  return opened;
}

Result<DiskFiles::Hold> DiskFiles::hold(AttachmentId upload) {
  std::lock_guard lock(mutex_);
  if (!in_hand_.insert(upload).second) return fail(Errc::conflict, "the upload is in hand elsewhere");
  return Hold(*this, upload);
}

fs::path DiskFiles::part_path(AttachmentId upload) const {
  return uploads_ / (upload.text() + ".part");
}
fs::path DiskFiles::done_path(AttachmentId upload) const {
  return uploads_ / (upload.text() + ".done");
}
fs::path DiskFiles::content_path(const Digest& content) const {
  const std::string name = hex(content);
  return content_ / name.substr(0, 2) / name.substr(2);
}

Result<fs::path> DiskFiles::finished(AttachmentId upload) const {
  std::error_code error;
  const fs::path target = fs::read_symlink(done_path(upload), error);
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "read link"));
  return uploads_ / target;
}

Result<std::int64_t> DiskFiles::received(AttachmentId upload) {
  auto opened = OpenFile::for_reading(part_path(upload));
  if (!opened && opened.error().code == Errc::not_found) {
    auto content = finished(upload);
    if (!content && content.error().code == Errc::not_found) return 0;
    if (!content) return std::unexpected<Error>(content.error());
    return size_of(*content);
  }
  if (!opened) return std::unexpected<Error>(opened.error());
  return opened->size();
}

Result<void> DiskFiles::check_room(std::size_t bytes) const {
  if (room_for_words_ == 0) return {};
  std::error_code error;
  const fs::space_info disk = fs::space(uploads_, error);
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "space"));
  const auto needed = static_cast<std::uintmax_t>(room_for_words_) + bytes;
  if (disk.available < needed) return fail(Errc::storage_full, "what is left of the disk is kept for words");
  return {};
}

Result<std::int64_t> DiskFiles::append(AttachmentId upload, std::int64_t offset, std::string_view bytes) {
  KITH_TRY(Hold held, hold(upload));
  KITH_TRY(const bool is_finished, is_there(done_path(upload)));
  if (is_finished) return fail(Errc::conflict, "the upload is finished");
  KITH_TRY(const bool is_begun, is_there(part_path(upload)));
  if (!is_begun && offset != 0) return fail(Errc::conflict, "the upload has not begun");
  KITH_CHECK(check_room(bytes.size()));
  KITH_TRY(OpenFile part, OpenFile::for_writing(part_path(upload)));
  KITH_TRY(const std::int64_t size, part.size());
  if (size != offset) return fail(Errc::conflict, "other bytes were received");
  auto written = part.write_at(offset, bytes);
  if (written) written = part.sync();
  if (!written) {
    // What half arrived must not look received.
    KITH_CHECK(part.shorten_to(offset));
    return std::unexpected<Error>(written.error());
  }
  if (!is_begun) KITH_CHECK(files::sync_folder(uploads_));
  return offset + static_cast<std::int64_t>(bytes.size());
}

Result<KeptFile> DiskFiles::describe(const fs::path& path) const {
  KITH_TRY(OpenFile file, OpenFile::for_reading(path));
  Sha256 digest;
  KeptFile kept;
  while (true) {
    KITH_TRY(const std::string piece, file.read_at(kept.size_bytes, kPiece));
    if (piece.empty()) break;
    if (kept.size_bytes == 0) kept.head = piece.substr(0, kHead);
    digest.add(piece);
    kept.size_bytes += static_cast<std::int64_t>(piece.size());
  }
  kept.content = digest.finish();
  return kept;
}

Result<KeptFile> DiskFiles::finish(AttachmentId upload) {
  KITH_TRY(Hold held, hold(upload));
  KITH_TRY(const bool is_here, is_there(part_path(upload)));
  if (!is_here) {
    KITH_TRY(const fs::path content, finished(upload));
    return describe(content);
  }
  KITH_TRY(KeptFile kept, describe(part_path(upload)));
  KITH_CHECK(keep(upload, kept.content));
  return kept;
}

// The link comes first, so that a crash after the renaming still knows what the upload became; a crash before it leaves
// the .part, and finish() begins again.
Result<void> DiskFiles::keep(AttachmentId upload, const Digest& content) {
  const fs::path target = content_path(content);
  KITH_CHECK(files::make_folder(target.parent_path()));
  KITH_CHECK(files::remove_file(done_path(upload)));
  std::error_code error;
  fs::create_symlink(fs::path("..") / "content" / target.parent_path().filename() / target.filename(),
                     done_path(upload), error);
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "link"));
  KITH_CHECK(files::sync_folder(uploads_));
  KITH_CHECK(files::rename_file(part_path(upload), target));
  KITH_CHECK(files::sync_folder(target.parent_path()));
  return files::sync_folder(uploads_);
}

Result<void> DiskFiles::give_up(AttachmentId upload) {
  KITH_TRY(Hold held, hold(upload));
  KITH_TRY(const bool is_here, is_there(part_path(upload)));
  if (!is_here) return {};
  KITH_CHECK(files::remove_file(done_path(upload)));
  KITH_CHECK(files::remove_file(part_path(upload)));
  return files::sync_folder(uploads_);
}

Result<std::string> DiskFiles::read(const Digest& content, std::int64_t offset, std::int64_t length) {
  if (offset < 0 || length < 0) return invalid("range", "a range begins at 0 or later");
  KITH_TRY(OpenFile file, OpenFile::for_reading(content_path(content)));
  return file.read_at(offset, length);
}

Result<void> DiskFiles::remove(const Digest& content) {
  const fs::path path = content_path(content);
  KITH_TRY(const bool is_here, is_there(path));
  if (!is_here) return {};
  KITH_CHECK(files::remove_file(path));
  return files::sync_folder(path.parent_path());
}

Result<void> DiskFiles::forget_finished(Time before) {
  std::error_code error;
  for (fs::directory_iterator at(uploads_, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".done") continue;
    KITH_TRY(const bool is_unfinished, is_there(fs::path(at->path()).replace_extension(".part")));
    KITH_TRY(const Time made_at, files::changed_at(at->path()));
    if (!is_unfinished && made_at < before) KITH_CHECK(files::remove_file(at->path()));
  }
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "list uploads"));
  return files::sync_folder(uploads_);
}

}  // namespace kith
