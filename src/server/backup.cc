#include "server/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/core.h>

#include "base/digest.h"
#include "server/data_home.h"
#include "server/files_hold.h"
#include "server/kept_files.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

Error disk_error(const char* what, const fs::path& path, const std::string& why) {
  return {Errc::unavailable, fmt::format("Cannot {} {}: {}.", what, path.string(), why), {}};
}

std::unexpected<Error> cut_short() {
  return fail(Errc::unavailable, "Kith is stopping, so the backup was not finished and nothing of it was kept.");
}

// Only its owner may look into what is made here; what exists stays as it is.
Result<void> make_directory(const fs::path& path) {
  std::error_code error;
  const bool is_new = fs::create_directories(path, error);
  if (error) return std::unexpected(disk_error("make", path, error.message()));
  if (is_new) ::chmod(path.c_str(), 0700);
  return {};
}

Result<void> sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::unexpected(disk_error("open", path, std::strerror(errno)));
  const bool synced = ::fsync(file) == 0;
  const std::string why = std::strerror(errno);
  ::close(file);
  if (!synced) return std::unexpected(disk_error("write", path, why));
  return {};
}

// Copies one file, durably and for its owner only; says what its bytes amount to.
Result<Digest> copy_file(const fs::path& from, const fs::path& to, std::int64_t& bytes,
                         const std::stop_token& stop = {}) {
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  ::chmod(to.c_str(), 0600);
  Sha256 digest;
  std::string piece(256 * 1024, '\0');
  while (in && out) {
    if (stop.stop_requested()) return cut_short();
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const std::string_view got(piece.data(), static_cast<std::size_t>(in.gcount()));
    digest.add(got);
    out.write(got.data(), static_cast<std::streamsize>(got.size()));
    bytes += static_cast<std::int64_t>(got.size());
  }
  out.close();
  if (!in.eof() || !out) return std::unexpected(disk_error("copy", from, std::strerror(errno)));
  KITH_CHECK(sync(to));
  return digest.finish();
}

// Kept content is named by its digest, the first two letters as a folder: content/ab/cdef...
Result<void> copy_content_file(const fs::path& from, const fs::path& to_folder, CopiedFiles& copied,
                               const std::stop_token& stop) {
  const std::string shelf = from.parent_path().filename().string();
  const std::string name = from.filename().string();
  KITH_CHECK(make_directory(to_folder / shelf));
  auto digest = copy_file(from, to_folder / shelf / name, copied.bytes, stop);
  // Somebody may have erased it since the database was copied; then there is nothing to keep.
  if (!digest && !fs::exists(from)) return {};
  if (!digest) return std::unexpected(digest.error());
  if (hex(*digest) != shelf + name)
    return fail(Errc::unavailable,
                fmt::format("The file {} is damaged: its bytes are not those it was kept with.", from.string()));
  ++copied.files;
  return sync(to_folder / shelf);
}

Result<void> copy_content(const fs::path& from, const fs::path& to, CopiedFiles& copied,
                          const std::stop_token& stop = {}) {
  KITH_CHECK(make_directory(to / "content"));
  std::error_code error;
  for (fs::recursive_directory_iterator at(from / "content", error), end; !error && at != end; at.increment(error))
    if (at->is_regular_file()) KITH_CHECK(copy_content_file(at->path(), to / "content", copied, stop));
  if (error && error != std::errc::no_such_file_or_directory)
    return std::unexpected(disk_error("read", from, error.message()));
  return sync(to / "content");
}

Result<void> write_note(const fs::path& path, Time now, const CopiedFiles& copied) {
  std::ofstream out(path);
  out << "A backup of Kith, made " << format_time(now).substr(0, 19) << "Z.\n\n"
      << "kith.db     people, conversations and everything else\n"
      << "files/      " << copied.files << " files people sent\n"
      << "secret.key  opens the secrets inside kith.db\n\n"
      << "Whoever holds this directory can read every conversation: keep it as safe as the house itself.\n"
      << "Bring it back with:  kith restore THIS_DIRECTORY --data NEW_DIRECTORY\n";
  out.close();
  if (!out) return std::unexpected(disk_error("write", path, std::strerror(errno)));
  return sync(path);
}

Result<void> fill_backup(const DataPaths& from, const DataPaths& to, const CopyDatabase& copy_database, Time now,
                         CopiedFiles& copied, const std::stop_token& stop) {
  KITH_CHECK(make_directory(to.root));
  // From here on no file goes away that the copy of the database names.
  const auto hold = FilesHold::to_copy(from.files());
  if (!hold && hold.error().code != Errc::not_found) return std::unexpected(hold.error());
  KITH_CHECK(copy_database(to.database()));
  ::chmod(to.database().c_str(), 0600);
  KITH_CHECK(copy_content(from.files(), to.files(), copied, stop));
  KITH_TRY(const KeptFiles kept, look_at_files(to.database(), to.files(), Reading::names));
  copied.missing = kept.missing;
  std::int64_t key_bytes = 0;
  KITH_CHECK(copy_file(from.secret_key(), to.secret_key(), key_bytes));
  KITH_CHECK(write_note(to.root / "README.txt", now, copied));
  return sync(to.root);
}

// Fills `partial`, then gives it its name; whatever fails, nothing half-made is left behind.
template <class Fill>
Result<void> make_whole(const fs::path& partial, const fs::path& target, Fill fill) {
  std::error_code error;
  fs::remove_all(partial, error);
  auto filled = fill();
  if (filled) fs::rename(partial, target, error);
  if (filled && !error) return sync(target.parent_path());
  std::error_code ignored;
  fs::remove_all(partial, ignored);
  if (!filled) return std::unexpected(filled.error());
  return std::unexpected(disk_error("make", target, error.message()));
}

fs::path beside(const fs::path& target) {
  return target.parent_path() / (target.filename().string() + ".partial");
}

// Absolute and without a slash at the end, so that it has a parent and a name.
fs::path named(const fs::path& path) {
  fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

bool is_absent_or_empty(const fs::path& path) {
  std::error_code error;
  return !fs::exists(path, error) || (fs::is_directory(path, error) && fs::is_empty(path, error));
}

// Before anything is copied that takes long.
Result<void> look_for_missing(const DataPaths& from, const DataPaths& to, MissingFiles missing, CopiedFiles& copied) {
  KITH_TRY(const KeptFiles kept, look_at_files(to.database(), from.files(), Reading::names));
  copied.missing = kept.missing;
  if (kept.missing == 0 || missing == MissingFiles::go_on_without) return {};
  return fail(Errc::not_found,
              fmt::format("{} of the {} files that people sent are missing in this backup, the first is {}. Find a "
                          "backup that has them, or add --without-missing-files to go on without them.",
                          kept.missing, kept.files, kept.first.string()));
}

Result<void> bring_database(const DataPaths& from, const DataPaths& to, CopiedFiles& copied) {
  if (!is_copy_folder(from.root)) {
    KITH_CHECK(copy_file(from.database(), to.database(), copied.bytes));
    return {};
  }
  KITH_TRY(copied.rebuilt, rebuild_from_copy(from.root, to.database()));
  ::chmod(to.database().c_str(), 0600);
  return {};
}

Result<void> fill_data(const DataPaths& from, const DataPaths& to, MissingFiles missing, CopiedFiles& copied) {
  KITH_CHECK(make_directory(to.root));
  KITH_CHECK(bring_database(from, to, copied));
  KITH_CHECK(check_database(to.database(), CheckDepth::deep));
  KITH_CHECK(look_for_missing(from, to, missing, copied));
  KITH_CHECK(make_directory(to.files()));
  KITH_CHECK(copy_content(from.files(), to.files(), copied));
  std::int64_t key_bytes = 0;
  KITH_CHECK(copy_file(from.secret_key(), to.secret_key(), key_bytes));
  return sync(to.root);
}

}  // namespace

Result<CopiedFiles> make_backup(const fs::path& data, const fs::path& target, const CopyDatabase& copy_database,
                                Time now, const std::stop_token& stop) {
  const fs::path to = named(target);
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error)))
    return fail(Errc::conflict,
                fmt::format("{} exists already. A backup never overwrites; choose a new name.", to.string()));
  const DataPaths from{fs::absolute(data)};
  if (!fs::exists(from.database(), error))
    return fail(Errc::not_found, fmt::format("There is no Kith in {}. Check --data.", data.string()));
  KITH_CHECK(make_directory(to.parent_path().empty() ? fs::path(".") : to.parent_path()));
  CopiedFiles copied;
  const DataPaths partial{beside(to)};
  KITH_CHECK(
      make_whole(partial.root, to, [&] { return fill_backup(from, partial, copy_database, now, copied, stop); }));
  return copied;
}

Result<void> take_copy(const fs::path& copy, const fs::path& target) {
  std::error_code error;
  fs::rename(copy, target, error);
  if (!error) return {};
  std::int64_t bytes = 0;
  const auto copied = copy_file(copy, target, bytes);
  std::error_code ignored;
  fs::remove(copy, ignored);
  if (!copied) return std::unexpected(copied.error());
  return check_database(target, CheckDepth::deep);
}

Result<CopiedFiles> restore_backup(const fs::path& backup, const fs::path& data, MissingFiles missing) {
  const DataPaths from{named(backup)};
  std::error_code error;
  const bool has_database = fs::exists(from.database(), error) || is_copy_folder(from.root);
  if (!has_database || !fs::exists(from.secret_key(), error))
    return fail(Errc::not_found,
                fmt::format("{} is not a backup of Kith: kith.db or secret.key is missing.", backup.string()));
  const fs::path to = named(data);
  if (!is_absent_or_empty(to))
    return fail(Errc::conflict,
                fmt::format("{} is not empty. Restore into a new directory, and change --data to it when you "
                            "are content.",
                            to.string()));
  CopiedFiles copied;
  const DataPaths partial{beside(to)};
  KITH_CHECK(make_directory(to.parent_path()));
  KITH_CHECK(make_whole(partial.root, to, [&] { return fill_data(from, partial, missing, copied); }));
  return copied;
}

}  // namespace kith
