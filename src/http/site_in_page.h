// What anybody may know before the first word. The API tells it, and a page brings it along, so that a human stands
// there before anything had to be asked.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "care/presence_board.h"
#include "domain/ports/store.h"
#include "people/colleagues.h"
#include "people/house.h"

namespace kith::http {

struct SeenSite {
  FrontDoor door;
  std::vector<PublicFace> faces;
};
Result<SeenSite> look_at_site(const Snapshot& snapshot, std::string_view inbox, Time now);

std::string site_as_json(const SeenSite& site, Time now, std::span<const PublicPresence> there);

// Into the head of `document`: the site as data that no browser runs, and the one face that is seen first, so that it
// is on its way before the scripts are.
void bring_site(std::string& document, const SeenSite& site, Time now, std::span<const PublicPresence> there);

}  // namespace kith::http
