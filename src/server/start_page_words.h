// The words of the page at / in each language it speaks. "{}" is a link or a command.
#pragma once

#include <string_view>

#include "http/page_language.h"

namespace kith {

struct StartPageWords {
  std::string_view language;  // BCP 47
  std::string_view running;   // instead of the name of a house that has none yet
  std::string_view title;
  std::string_view at_home;
  std::string_view one_conversation;  // what Kith is, in a sentence
  std::string_view doors;
  std::string_view visitor;
  std::string_view visitor_detail;
  std::string_view hello;
  std::string_view hello_detail;
  std::string_view team;
  std::string_view team_detail;
  std::string_view team_by_hand;  // where nobody is let in without signing in
  std::string_view desk;
  std::string_view desk_detail;
  std::string_view make_it_yours;
  std::string_view when_looked_around;
  std::string_view nobody_yet;
  std::string_view where_the_link_is;
  std::string_view your_name;
  std::string_view sample;
  std::string_view sample_detail;
  std::string_view looked_after;  // {}: is_ready, figures, kith doctor, the documentation, the document of the API
  std::string_view is_ready;
  std::string_view figures;
};

const StartPageWords& start_page_words(http::PageLanguage language);

}  // namespace kith
