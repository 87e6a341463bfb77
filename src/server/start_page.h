// The page behind GET /: says that Kith is running and which doors there are. One file; only its letters come from the
// shelf.
#pragma once

#include <string>

#include "http/page_language.h"

namespace kith {

struct StartPage {
  http::PageLanguage language = http::PageLanguage::english;
  std::string organisation = "Kith";
  bool asked_from_here = false;  // by somebody on this machine, who may read how the house is looked after
  bool needs_set_up = false;     // nobody real looks after the house
  bool has_door = false;         // customers can come in
  bool has_sample = false;
  // What stands behind /desk/ for whoever may look around as an invented colleague: "#sample=EMAIL:PASSWORD".
  std::string sample_way_in;
  std::string font;  // where our own letters are, on this house; empty: those of the system
};

// A whole HTML document.
std::string write_start_page(const StartPage& page);

// The Content-Security-Policy that fits it: its one style sheet by hash, letters from this house, nothing else.
std::string start_page_policy(const StartPage& page);

}  // namespace kith
