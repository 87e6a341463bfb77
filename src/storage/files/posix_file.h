// The few calls of the operating system that keeping bytes needs, as Results. A full disk is storage_full, something
// absent is not_found, everything else is unavailable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace kith::files {

// An open file or folder; closed when it goes.
class OpenFile {
 public:
  OpenFile(OpenFile&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  static Result<OpenFile> for_reading(const std::filesystem::path& path);
  // Made when absent, readable by its owner only. Never follows a symbolic link.
  static Result<OpenFile> for_writing(const std::filesystem::path& path);

  [[nodiscard]] Result<std::int64_t> size() const;
  // At most `length` bytes; fewer only at the end of the file.
  [[nodiscard]] Result<std::string> read_at(std::int64_t offset, std::int64_t length) const;
  // All of it or an error; after an error some of it may be there.
  [[nodiscard]] Result<void> write_at(std::int64_t offset, std::string_view bytes) const;
  [[nodiscard]] Result<void> shorten_to(std::int64_t size) const;
  [[nodiscard]] Result<void> sync() const;

 private:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// What the last failed call means.
Error error_of(int number, const char* what);

// What lies in the folder, as whole paths, in no order; an error when not all of it could be read.
Result<std::vector<std::filesystem::path>> list_folder(const std::filesystem::path& folder);
// Makes what was done in the folder (new, renamed and removed names) durable.
Result<void> sync_folder(const std::filesystem::path& folder);
// Makes the folder unless it is there, durably.
Result<void> make_folder(const std::filesystem::path& folder);
// Replaces `to` in one step.
Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);
// When its bytes (or, of a link, its target) were last written. Does not follow links.
Result<Time> changed_at(const std::filesystem::path& path);
// Fine when it is gone already.
Result<void> remove_file(const std::filesystem::path& path);

}  // namespace kith::files
