#include "realtime/origin.h"

#include <algorithm>

#include "base/text.h"

namespace kith {

std::string origin_from_host(std::string_view host, bool is_secure) {
  return (is_secure ? "https://" : "http://") + lower_ascii(host);
}

Result<void> check_origin(const LiveOrigin& origin, ActorKind kind, std::span<const std::string> allowed_by_inbox) {
  bool is_own = !origin.page.empty() && origin.page == origin.house;
  if (is_own) return {};
  if (kind == ActorKind::colleague) return fail(Errc::not_allowed, "a cookie counts only on the house's own pages");
  if (origin.page.empty()) return {};
  if (kind == ActorKind::visitor && std::ranges::find(allowed_by_inbox, origin.page) != allowed_by_inbox.end())
    return {};
  return fail(Errc::not_allowed, "this page may not speak for her");
}

}  // namespace kith
