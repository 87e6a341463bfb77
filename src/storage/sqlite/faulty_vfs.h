// A file system for tests that fails when it is told to: the n-th write finds the disk full, the n-th sync finds it
// broken. Everything else goes through to the machine's own. Used by no program that people run.
#pragma once

#include <atomic>
#include <memory>
#include <string>

namespace kith::sqlite {

class FaultyVfs {
 public:
  // Registered under a name of its own for as long as it lives; hand name() to SqliteOptions::vfs.
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  [[nodiscard]] const std::string& name() const;

  // From the n-th write from now on (1 is the next) there is no space, until heal().
  void fill_disk_at_write(long n);
  // The n-th write from now on fails as broken, once.
  void break_write(long n);
  // The n-th sync from now on fails, once: what a disk does that then pretends all is well.
  void break_sync(long n);
  void heal();

  [[nodiscard]] long writes() const;
  [[nodiscard]] long syncs() const;

  struct Plan;

 private:
  struct Layer;
  std::unique_ptr<Layer> layer_;
};

}  // namespace kith::sqlite
