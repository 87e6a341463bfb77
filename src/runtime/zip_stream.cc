#include "runtime/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>

#include <utility>

namespace kith::runtime {
namespace {

struct FreeArchive {
  void operator()(archive* zip) const { archive_write_free(zip); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

la_ssize_t take_bytes(archive*, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

Error problem_of(archive* zip) {
  const char* why = archive_error_string(zip);
  return {Errc::unavailable, why ? why : "the zip file cannot be made", {}};
}

}  // namespace

struct ZipStream::Archive {
  std::string out;  // what the library hands over; outlives it
  std::unique_ptr<archive, FreeArchive> zip{archive_write_new()};
};

ZipStream::ZipStream(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
ZipStream::ZipStream(ZipStream&&) noexcept = default;
ZipStream& ZipStream::operator=(ZipStream&&) noexcept = default;
ZipStream::~ZipStream() = default;

Result<ZipStream> ZipStream::open() {
  auto made = std::make_unique<Archive>();
  archive* zip = made->zip.get();
  if (!zip) return fail(Errc::unavailable, "no room for a zip file");
  // Bytes are handed over as they come, not in blocks of a tape.
  const bool is_open = archive_write_set_format_zip(zip) == ARCHIVE_OK &&
                       archive_write_set_format_option(zip, "zip", "hdrcharset", "UTF-8") == ARCHIVE_OK &&
                       archive_write_set_bytes_per_block(zip, 0) == ARCHIVE_OK &&
                       archive_write_open(zip, &made->out, nullptr, take_bytes, nullptr) == ARCHIVE_OK;
  if (!is_open) return std::unexpected(problem_of(zip));
  return ZipStream(std::move(made));
}

Result<void> ZipStream::begin_file(const std::string& name, Time changed_at, Packing packing) {
  archive* zip = archive_->zip.get();
  const int chosen = packing == Packing::none ? archive_write_zip_set_compression_store(zip)
                                              : archive_write_zip_set_compression_deflate(zip);
  if (chosen != ARCHIVE_OK) return std::unexpected(problem_of(zip));
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname_utf8(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), changed_at.us / 1'000'000, 0);
  if (archive_write_header(zip, entry.get()) < ARCHIVE_WARN) return std::unexpected(problem_of(zip));
  return {};
}

Result<void> ZipStream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const la_ssize_t written = archive_write_data(archive_->zip.get(), bytes.data(), bytes.size());
    if (written <= 0) return std::unexpected(problem_of(archive_->zip.get()));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> ZipStream::finish() {
  if (archive_write_close(archive_->zip.get()) != ARCHIVE_OK) return std::unexpected(problem_of(archive_->zip.get()));
  return {};
}

std::string ZipStream::take() {
  return std::exchange(archive_->out, {});
}

}  // namespace kith::runtime
