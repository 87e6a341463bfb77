// Houses whose disk fails when it is told to.
#pragma once

#include "storage/sqlite/faulty_vfs.h"
#include "storage/store_houses.h"

namespace kith::simulation {

class CanFail {
 public:
  virtual ~CanFail() = default;
  // storage_full: there is no room. unavailable: what was written is not safe, so that the process must end.
  virtual void fail_next_commit(Errc why) = 0;
  // The disk is well again; a commit that was never tried does not fail later.
  virtual void heal() = 0;
};

class FailingMemoryHouse : public MemoryHouse, public CanFail {
 public:
  void fail_next_commit(Errc why) override { memory_store().fail_next_commit(why); }
  void heal() override {}
};

struct FaultyDisk {
  sqlite::FaultyVfs disk;
};

class FailingSqliteHouse : private FaultyDisk, public SqliteHouse, public CanFail {
 public:
  // Without a second thread, so that the next write is the commit's own; what the store says of it is expected.
  FailingSqliteHouse()
      : SqliteHouse({.vfs = disk.name(), .checkpoint_in_background = false}, [](std::string_view) {}) {}
  void fail_next_commit(Errc why) override {
    if (why == Errc::storage_full)
      disk.fill_disk_at_write(1);
    else
      disk.break_sync(1);
  }
  void heal() override { disk.heal(); }
};

}  // namespace kith::simulation
