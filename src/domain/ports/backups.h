// Copies of the whole house that lie beside it. Calls block, for as long as a copy takes; they run on the worker pool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace kith {

using BackupId = Id<struct BackupTag>;

struct KeptBackup {
  BackupId id;  // made by whoever asked for it
  std::string name;
  Time made_at;
  std::int64_t size_bytes = 0;
  friend bool operator==(const KeptBackup&, const KeptBackup&) = default;
};

class Backups {
 public:
  virtual ~Backups() = default;
  virtual Result<std::vector<KeptBackup>> list() = 0;  // newest first
  // conflict while another one is being made; unavailable, and nothing kept, when the house stops meanwhile.
  virtual Result<KeptBackup> make(BackupId id) = 0;
};

}  // namespace kith
