// A person's story as she can take it along: a page that anybody can open in a browser, and the same for programs. Both
// come in pieces, in the order of these functions.
#pragma once

#include <map>
#include <span>
#include <string>

#include "conversations/whole_story.h"

namespace kith::http {

// How people in the story are called, and where the files of it lie in the zip.
struct StoryNames {
  std::map<PersonId, std::string> people;
  std::map<AttachmentId, std::string> files;
};

// A path for the file with this number that no system takes amiss: "files/0001 lamp.jpg".
std::string story_file_name(std::size_t number, std::string_view name);

// As a relative address.
std::string percent_encoded_path(std::string_view path);

std::string begin_story_page(const WholeStory& story, const StoryNames& names);
std::string tell_entries(const WholeStory& story, std::span<const ToldEntry> entries, const StoryNames& names);
std::string end_story_page();

}  // namespace kith::http
