#include "server/copy_check.h"

#include <unistd.h>

#include <sstream>

#include <fmt/core.h>

#include "storage/sqlite/copy_folder.h"
#include "storage/upgrade.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAbout = "copy";
constexpr int kFineSeconds = 2;

struct Told {
  bool follows = false;
  long behind_seconds = 0;
  std::string why_not;
};
Told read_told(const std::string& text) {
  std::istringstream lines(text);
  std::string follows;
  std::string behind;
  std::string folder;
  Told told;
  std::getline(lines, follows);
  std::getline(lines, behind);
  std::getline(lines, folder);
  std::getline(lines, told.why_not);
  told.follows = follows == "follows";
  told.behind_seconds = std::strtol(behind.c_str(), nullptr, 10);
  return told;
}

std::string moment(Time time) {
  return format_time(time).substr(0, 19) + "Z";
}

// A database made of the copy, for as long as it is looked at.
class Trial {
 public:
  explicit Trial(const DataPaths& paths) : file_(paths.outgoing() / fmt::format("doctor-{}.db", ::getpid())) {
    std::error_code ignored;
    fs::create_directories(paths.outgoing(), ignored);
  }
  ~Trial() {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(fs::path(file_) += suffix, ignored);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  [[nodiscard]] const fs::path& file() const { return file_; }

 private:
  fs::path file_;
};

Finding try_restoring(const DataPaths& paths, const fs::path& folder, const SeenCopy& seen) {
  const Trial trial(paths);
  const auto rebuilt = rebuild_from_copy(folder, trial.file());
  auto checked = rebuilt ? check_database(trial.file(), CheckDepth::deep) : std::unexpected(rebuilt.error());
  if (!checked)
    return {Health::fail, kAbout,
            fmt::format("{} does not make a database: {}", folder.string(), checked.error().detail),
            "restart Kith, which begins a new generation; make a backup with `kith backup`"};
  const auto files = look_at_files(trial.file(), folder / "files", Reading::every_byte);
  if (!files || files->missing + files->damaged > 0)
    return {Health::fail, kAbout,
            files ? fmt::format("{} files that people sent are missing and {} damaged in {}", files->missing,
                                files->damaged, folder.string())
                  : files.error().detail,
            "remove what is damaged there and restart Kith, which copies it again"};
  return {Health::ok,
          kAbout,
          fmt::format("restored for a trial: generation {}, up to seq {}, newest word {}, {} files", seen.generation,
                      rebuilt->newest_seq, moment(rebuilt->newest_word), files->files),
          {}};
}

}  // namespace

Finding check_copy(const DataPaths& paths, const fs::path& folder, const std::string& told_text, Reading reading) {
  if (folder.empty())
    return {Health::ok, kAbout, "none follows; backup.follow = \"/another/disk/kith\" loses at most a second", {}};
  if (!told_text.empty()) {
    const Told told = read_told(told_text);
    if (!told.follows)
      return {Health::fail, kAbout,
              fmt::format("it has stopped {} seconds ago because {}", told.behind_seconds, told.why_not),
              fmt::format("look at {}: is the disk there, writable and not full? Kith goes on with a new generation by "
                          "itself",
                          folder.string())};
    if (told.behind_seconds > kFineSeconds)
      return {Health::warn, kAbout, fmt::format("it is {} seconds behind", told.behind_seconds),
              fmt::format("the disk of {} is slow; what was said since is in no copy yet", folder.string())};
  }
  const auto seen = look_at_copy(folder);
  if (!seen)
    return {Health::fail, kAbout, fmt::format("{}: {}", folder.string(), seen.error().detail),
            "start Kith with backup.follow set; it makes the first copy at once"};
  if (!seen->but.empty())
    return {Health::fail, kAbout, fmt::format("{}: {}", folder.string(), seen->but),
            "restart Kith, which begins a new generation"};
  if (reading == Reading::every_byte) return try_restoring(paths, folder, *seen);
  return {Health::ok,
          kAbout,
          fmt::format("{}: generation {} of {}, {} pages since its base, last change {}", folder.string(),
                      seen->generation, seen->whole_generations, seen->frames, moment(seen->changed_at)),
          {}};
}

Finding check_snapshots(const DataPaths& paths) {
  const auto kept = kept_snapshots(paths.database());
  if (kept.empty()) return {};
  const auto& newest = kept.back();
  return {Health::ok,
          "upgrade",
          fmt::format("the database from before is kept until {}: {}",
                      format_time(newest.made_at + kSnapshotIsKept).substr(0, 10), newest.path.string()),
          {}};
}

}  // namespace kith
