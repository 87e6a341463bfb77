// A person's whole story as JSON, for programs; in pieces, in the order of these functions.
#pragma once

#include <map>
#include <span>
#include <string>

#include "conversations/whole_story.h"

namespace kith::wire {

std::string begin_story(const WholeStory& story);
// `is_first`: nothing was told yet. `files`: where the bytes of each attachment lie.
std::string tell_entries(std::span<const ToldEntry> entries, bool is_first,
                         const std::map<AttachmentId, std::string>& files);
std::string end_story(const std::map<PersonId, std::string>& people);

}  // namespace kith::wire
