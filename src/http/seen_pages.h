// Which websites asked for the door of an inbox lately, so that whoever puts the panel on a page is told that it is
// there. Memory only: a few origins for each inbox, in the order they came; no times, no counts, nothing of those who
// looked.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"

namespace kith::http {

// Safe from any thread.
class SeenPages {
 public:
  // What the Origin header of a request said; empty and "null" are no page.
  void saw(InboxId inbox, std::string_view origin);
  [[nodiscard]] std::vector<std::string> of(InboxId inbox) const;  // the latest first

 private:
  mutable std::mutex mutex_;  // guards pages_
  std::map<InboxId, std::vector<std::string>> pages_;
};

}  // namespace kith::http
