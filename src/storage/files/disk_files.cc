#include "storage/files/disk_files.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
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

std::optional<Digest> digest_named(std::string_view name) {
  Digest digest{};
  if (name.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const std::string_view two = name.substr(2 * i, 2);
    const auto [end, error] = std::from_chars(two.data(), two.data() + two.size(), digest[i], 16);
    if (error != std::errc() || end != two.data() + two.size()) return std::nullopt;
  }
  if (hex(digest) != name) return std::nullopt;
  return digest;
}

// Nothing when it has gone meanwhile.
Result<std::optional<Time>> changed_if_there(const fs::path& path) {
  const auto changed = files::changed_at(path);
  if (changed) return std::optional<Time>(*changed);
  if (changed.error().code == Errc::not_found) return std::optional<Time>();
  return std::unexpected<Error>(changed.error());
}

Result<void> sync_file(const fs::path& path) {
  KITH_TRY(const OpenFile file, OpenFile::for_reading(path));
  return file.sync();
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
    KITH_TRY(KeptFile kept, describe(content));
    KITH_CHECK(files::sync_folder(content.parent_path()));
    return kept;
  }
  // Before its bytes are read: after a kill they may be in the memory of the machine only, where all looks well.
  KITH_CHECK(sync_file(part_path(upload)));
  KITH_TRY(KeptFile kept, describe(part_path(upload)));
  KITH_CHECK(keep(upload, kept.content));
  return kept;
}

// The link comes first, so that a crash after the renaming still knows what the upload became; a crash before it leaves
// the .part, and finish() begins again.
Result<void> DiskFiles::keep(AttachmentId upload, const Digest& content) {
  const fs::path target = content_path(content);
  KITH_CHECK(files::make_folder(target.parent_path()));
  KITH_CHECK(link(upload, target));
  KITH_CHECK(files::sync_folder(uploads_));
  KITH_CHECK(files::rename_file(part_path(upload), target));
  ++kept_so_far_;
  KITH_CHECK(files::sync_folder(target.parent_path()));
  return files::sync_folder(uploads_);
}

// From now on the content is in hand: remove_unused() leaves it alone until the link is forgotten.
Result<void> DiskFiles::link(AttachmentId upload, const fs::path& target) {
  const std::lock_guard lock(naming_);
  KITH_CHECK(files::remove_file(done_path(upload)));
  std::error_code error;
  fs::create_symlink(fs::path("..") / "content" / target.parent_path().filename() / target.filename(),
                     done_path(upload), error);
  if (error) return std::unexpected<Error>(files::error_of(error.value(), "link"));
  return {};
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

Result<void> DiskFiles::forget_finished(Time before) {
  KITH_TRY(const auto paths, files::list_folder(uploads_));
  for (const fs::path& path : paths) {
    if (path.extension() != ".done") continue;
    KITH_TRY(const bool is_unfinished, is_there(fs::path(path).replace_extension(".part")));
    KITH_TRY(const std::optional<Time> made_at, changed_if_there(path));
    if (!is_unfinished && made_at && *made_at < before) KITH_CHECK(files::remove_file(path));
  }
  return files::sync_folder(uploads_);
}

Result<std::vector<DiskFiles::SeenUpload>> DiskFiles::uploads() {
  KITH_TRY(const auto paths, files::list_folder(uploads_));
  std::map<AttachmentId, Time> seen;
  for (const fs::path& path : paths) {
    const auto id = AttachmentId::parse(path.stem().string());
    if (!id) continue;
    KITH_TRY(const std::optional<Time> changed, changed_if_there(path));
    if (changed) seen[*id] = std::max(seen[*id], *changed);
  }
  std::vector<SeenUpload> found;
  for (const auto& [id, changed] : seen) found.push_back({id, changed});
  return found;
}

Result<void> DiskFiles::forget(AttachmentId upload, Time listed) {
  KITH_TRY(Hold held, hold(upload));
  for (const fs::path& path : {part_path(upload), done_path(upload)}) {
    KITH_TRY(const std::optional<Time> changed, changed_if_there(path));
    if (changed && *changed > listed) return {};
  }
  KITH_CHECK(files::remove_file(done_path(upload)));
  KITH_CHECK(files::remove_file(part_path(upload)));
  return files::sync_folder(uploads_);
}

Result<std::vector<Digest>> DiskFiles::contents() {
  KITH_TRY(const auto shelves, files::list_folder(content_));
  std::vector<Digest> found;
  std::error_code error;
  for (const fs::path& shelf : shelves) {
    if (!fs::is_directory(shelf, error)) continue;
    KITH_TRY(const auto paths, files::list_folder(shelf));
    for (const fs::path& path : paths)
      if (const auto content = digest_named(shelf.filename().string() + path.filename().string()))
        found.push_back(*content);
  }
  return found;
}

// What every upload became that is not forgotten yet.
Result<std::set<fs::path>> DiskFiles::linked() {
  KITH_TRY(const auto paths, files::list_folder(uploads_));
  std::set<fs::path> found;
  for (const fs::path& path : paths) {
    if (path.extension() != ".done") continue;
    const auto id = AttachmentId::parse(path.stem().string());
    if (!id) continue;
    const auto content = finished(*id);
    if (content) found.insert(content->parent_path().filename() / content->filename());
    if (!content && content.error().code != Errc::not_found) return std::unexpected<Error>(content.error());
  }
  return found;
}

Result<std::int64_t> DiskFiles::remove_unused(std::span<const Digest> unused) {
  const std::lock_guard lock(naming_);
  KITH_TRY(const auto in_hand, linked());
  std::set<fs::path> shelves;
  std::int64_t gone = 0;
  for (const Digest& content : unused) {
    const fs::path path = content_path(content);
    if (in_hand.contains(path.parent_path().filename() / path.filename())) continue;
    KITH_CHECK(files::remove_file(path));
    shelves.insert(path.parent_path());
    ++gone;
  }
  for (const fs::path& shelf : shelves) KITH_CHECK(files::sync_folder(shelf));
  return gone;
}

}  // namespace kith
