// What the pages of ours may load and who may frame them: Content-Security-Policy and its relatives. No page has inline
// scripts, and none loads anything from elsewhere.
#pragma once

#include <span>
#include <string>

#include "http/message.h"

namespace kith::http {

// The desk: never framed; may record voice notes and speak to the house.
void guard_desk(Response& response);

// The panel: may be framed by our own pages and by these origins, and by nobody else.
void guard_panel(Response& response, std::span<const std::string> framing_origins);

// A full page of ours that customers open themselves: like the panel, but in no frame.
void guard_full_page(Response& response);

// Words only: one style sheet from the house, no script at all.
void guard_plain_page(Response& response);

// The sample shop, which stands for somebody else's website: scripts and frames of this house only.
void guard_sample_shop(Response& response);

// What other sites load as well: the loader, faces, sounds.
void open_to_other_sites(Response& response);

}  // namespace kith::http
