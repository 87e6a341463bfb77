// The backups that are made from the desk: whole ones, each in a directory below DATA/backups that says in its name
// when it was made and by which request.
#pragma once

#include <atomic>

#include "domain/ports/backups.h"
#include "server/data_home.h"

namespace kith {

class BackupsFolder : public Backups {
 public:
  explicit BackupsFolder(DataHome& home) : home_(home) {}
  Result<std::vector<KeptBackup>> list() override;
  Result<KeptBackup> make(BackupId id) override;

 private:
  DataHome& home_;
  std::atomic<bool> is_busy_{false};
};

}  // namespace kith
