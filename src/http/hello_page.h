// The page at /hello as it is without any script: meet the human, read the conversation, write. With scripts the
// panel's app takes its place; both are the same page to the person who opens it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/read_conversation.h"
#include "domain/opening.h"
#include "domain/presence.h"
#include "http/page_language.h"
#include "people/colleagues.h"
#include "people/house.h"

namespace kith::http {

struct ShownFace {
  PublicFace face;
  PresenceLevel level = PresenceLevel::away;
};

// What went wrong with the words that were just sent; they stay in the form.
enum class HelloTrouble : std::uint8_t { none, nothing_written, too_long, file_refused, try_again };

struct HelloPage {
  PageLanguage language = PageLanguage::english;
  FrontDoor door;
  std::vector<ShownFace> team;
  OpenNow open;
  Time now;
  EntryPage entries;  // newest first; empty before the first word
  std::vector<PublicFace> authors;
  std::string entry_id;  // of what is written next
  std::string visit;     // the token of a visit that begins with it; empty when there is one
  std::string draft;
  HelloTrouble trouble = HelloTrouble::none;
  std::vector<std::string> style_sheets;  // paths
};

// For an address behind which nobody answers; `has_other_door`: somebody does at /hello.
std::string write_no_door(PageLanguage language, bool has_other_door, const std::vector<std::string>& style_sheets);

// What stands where the panel's app will be.
std::string write_hello(const HelloPage& page);
// A whole document: the panel's own with the page inside, or one of ours when `panel_document` is empty.
std::string write_hello_document(const HelloPage& page, std::string_view panel_document);

}  // namespace kith::http
