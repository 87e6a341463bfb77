#include "http/site_in_page.h"

#include <algorithm>

#include "http/html.h"
#include "wire/pages.h"

namespace kith::http {
namespace {

// Data inside a page must not end its own element; in JSON "<" stands in strings only.
std::string safe_in_a_page(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char letter : json) {
    if (letter == '<')
      safe += "\\u003c";
    else
      safe += letter;
  }
  return safe;
}

PresenceLevel level_of(const PublicFace& face, std::span<const PublicPresence> there) {
  const auto found = std::ranges::find(there, face.person, &PublicPresence::person);
  return found == there.end() ? PresenceLevel::away : found->level;
}

// Whoever can turn to her first, as the panel chooses; levels are in that order.
const PublicFace* seen_first(std::span<const PublicFace> faces, std::span<const PublicPresence> there) {
  const auto nearest = std::ranges::min_element(faces, {}, [&](const PublicFace& face) {
    constexpr PresenceLevel kNearestFirst[] = {PresenceLevel::open, PresenceLevel::gentle, PresenceLevel::with_someone,
                                               PresenceLevel::beat};
    return std::ranges::find(kNearestFirst, level_of(face, there)) - kNearestFirst;
  });
  return nearest == faces.end() ? nullptr : &*nearest;
}

}  // namespace

Result<SeenSite> look_at_site(const Snapshot& snapshot, std::string_view inbox, Time now) {
  KITH_TRY(FrontDoor door, front_door_called(snapshot, inbox));
  KITH_TRY(std::vector<PublicFace> faces, list_faces(snapshot, now));
  return SeenSite{std::move(door), std::move(faces)};
}

std::string site_as_json(const SeenSite& site, Time now, std::span<const PublicPresence> there) {
  return wire::encode_site(site.door, look_at_opening(site.door.settings.opening, now), site.faces, there);
}

void bring_site(std::string& document, const SeenSite& site, Time now, std::span<const PublicPresence> there) {
  const std::size_t head = document.find("</head>");
  if (head == std::string::npos) return;
  Html html;
  const PublicFace* first = seen_first(site.faces, there);
  if (first != nullptr && !first->face.empty())
    html.add("<link rel=\"preload\" as=\"image\" href=\"/api/faces/").text(first->face).add("\">\n");
  std::string data = html.take();
  data +=
      "<script type=\"application/json\" id=\"site\">" + safe_in_a_page(site_as_json(site, now, there)) + "</script>\n";
  document.insert(head, data);
}

}  // namespace kith::http
