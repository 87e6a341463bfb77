#include "server/kept_files.h"

#include <fstream>
#include <string>

#include <fmt/core.h>

#include "base/digest.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

fs::path path_of(const fs::path& files, const Digest& content) {
  const std::string name = hex(content);
  return files / "content" / name.substr(0, 2) / name.substr(2);
}

bool is_as_it_was(const fs::path& path, const Digest& content) {
  std::ifstream in(path, std::ios::binary);
  Sha256 digest;
  std::string piece(256 * 1024, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    digest.add(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount())));
  }
  return in.eof() && digest.finish() == content;
}

}  // namespace

Result<KeptFiles> look_at_files(const fs::path& database, const fs::path& files, Reading reading) {
  KITH_TRY(const auto contents, contents_in_use(database));
  KeptFiles seen;
  for (const Digest& content : contents) {
    const fs::path path = path_of(files, content);
    std::error_code error;
    const bool is_there = fs::is_regular_file(path, error);
    const bool is_whole = is_there && (reading == Reading::names || is_as_it_was(path, content));
    ++seen.files;
    if (!is_there) ++seen.missing;
    if (is_there && !is_whole) ++seen.damaged;
    if (!is_whole && seen.first.empty()) seen.first = path;
  }
  return seen;
}

Finding check_files(const fs::path& database, const fs::path& files, Reading reading) {
  const std::string about = "files";
  const auto seen = look_at_files(database, files, reading);
  if (!seen) return {Health::fail, about, seen.error().detail, "look at the line about the database first"};
  if (seen->missing + seen->damaged == 0)
    return {Health::ok,
            about,
            fmt::format("{} that people sent, {}", seen->files,
                        reading == Reading::names ? "all there" : "each as it was sent"),
            {}};
  return {Health::fail, about,
          fmt::format("{} are missing and {} damaged of {}, the first is {}", seen->missing, seen->damaged, seen->files,
                      seen->first.string()),
          "copy them from a backup, into the same place under files/content; their names are their digests"};
}

}  // namespace kith
