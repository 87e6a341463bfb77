// One generation of a followed copy while it is being written: first the base, then frame after frame of the log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "storage/files/posix_file.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/log_file.h"

namespace kith::sqlite {

class Generation {
 public:
  // Begins with what the database is at this moment, as `snapshot` sees it. As long as the snapshot is held, no frame
  // that came after it is overwritten in the log.
  static Result<std::unique_ptr<Generation>> begin(const std::filesystem::path& folder, std::int64_t number,
                                                   std::unique_ptr<Connection> snapshot);
  ~Generation();  // one that never became whole is removed
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Copies a megabyte of the base; true when nothing is left.
  Result<bool> copy_some();
  // Copies every commit that is new in the log, durably. Only when the base is done.
  Result<void> follow(const std::filesystem::path& log);
  // From now on it counts. The snapshot is held until let_go().
  Result<void> make_whole();
  void let_go() { snapshot_.reset(); }

  [[nodiscard]] std::int64_t number() const { return number_; }
  // Since it is whole.
  [[nodiscard]] std::int64_t bytes_followed() const { return bytes_followed_; }

 private:
  struct Base;
  // The log that is being copied now.
  struct Copied {
    LogHeader header;
    LogWalk walk;  // stands behind the last frame that is in the copy
    std::int64_t frames = 0;
    files::OpenFile out;
  };
  Generation(std::filesystem::path folder, std::int64_t number, std::unique_ptr<Connection> snapshot);
  Result<void> begin_base();
  Result<void> finish_base();
  Result<void> begin_log(std::string_view header_bytes, const LogHeader& header);
  Result<void> copy_frames(const files::OpenFile& log);
  Result<void> append(std::string_view frames, const LogWalk& walk, std::int64_t count);

  const std::filesystem::path folder_;
  const std::int64_t number_;
  std::filesystem::path path_;  // of this generation, as it is called now
  std::unique_ptr<Connection> snapshot_;
  std::unique_ptr<Base> base_;
  std::optional<Copied> copied_;
  std::int64_t logs_ = 0;
  std::int64_t bytes_followed_ = 0;
  bool is_whole_ = false;
};

}  // namespace kith::sqlite
