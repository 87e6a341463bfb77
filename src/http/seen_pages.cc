#include "http/seen_pages.h"

#include <algorithm>

namespace kith::http {
namespace {

constexpr std::size_t kMostPages = 20;     // of one inbox
constexpr std::size_t kMostInboxes = 200;  // more than a house has doors
constexpr std::size_t kLongestOrigin = 300;

}  // namespace

void SeenPages::saw(InboxId inbox, std::string_view origin) {
  if (origin.empty() || origin == "null" || origin.size() > kLongestOrigin) return;
  const std::scoped_lock lock(mutex_);
  if (!pages_.contains(inbox) && pages_.size() >= kMostInboxes) return;
  std::vector<std::string>& pages = pages_[inbox];
  const auto known = std::ranges::find(pages, origin);
  if (known != pages.end()) {
    std::rotate(pages.begin(), known, known + 1);
    return;
  }
  if (pages.size() >= kMostPages) pages.pop_back();
  pages.insert(pages.begin(), std::string(origin));
}

std::vector<std::string> SeenPages::of(InboxId inbox) const {
  const std::scoped_lock lock(mutex_);
  const auto found = pages_.find(inbox);
  return found == pages_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace kith::http
