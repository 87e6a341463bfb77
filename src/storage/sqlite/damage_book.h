// What was found changed on the disk since the house was opened: each page is said once in the log, and all are counted
// for those who watch over the house. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>

#include "base/log.h"
#include "storage/sqlite/connection.h"

namespace kith::sqlite {

class DamageBook {
 public:
  explicit DamageBook(Log& log) : log_(log) {}

  // Takes note of what `connection` came across since its last forget_damage().
  void note(const Connection& connection) {
    const auto page = connection.changed_page();
    if (!page) return;
    {
      const std::lock_guard lock(mutex_);
      if (!pages_.insert(*page).second) return;
    }
    log_.error("database_damaged", {{"page", *page}, {"what", connection.damage()->detail}});
  }
  [[nodiscard]] std::int64_t found() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::int64_t>(pages_.size());
  }

 private:
  Log& log_;
  mutable std::mutex mutex_;       // guards pages_, between readers and the writer
  std::set<std::uint32_t> pages_;  // 0: one that cannot be named
};

}  // namespace kith::sqlite
