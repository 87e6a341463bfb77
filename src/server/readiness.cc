#include "server/readiness.h"

#include <sys/statvfs.h>

namespace kith {

void Readiness::notice(const runtime::GroupStory& group) {
  if (!group.kept) refused_at_us_ = clock_.steady().count();
}

Result<void> Readiness::look() const {
  if (closing_) return fail(Errc::unavailable, "The house is closing.");
  struct statvfs disk{};
  constexpr std::uint64_t kLeast = 1 << 20;
  if (::statvfs(data_.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < kLeast)
    return fail(Errc::storage_full, "The disk is full.");
  const std::int64_t refused_at = refused_at_us_;
  if (refused_at >= 0 && clock_.steady() - std::chrono::microseconds(refused_at) < kRemembered)
    return fail(Errc::unavailable, "The store refused a write a moment ago.");
  return {};
}

}  // namespace kith
