// The words of the page at /hello in each language it speaks. "{}" is a name or a time.
#pragma once

#include <array>
#include <string_view>

#include "http/hello_page.h"

namespace kith::http {

struct HelloWords {
  std::string_view language;  // BCP 47
  std::string_view title;     // "{}" is the organisation
  std::string_view we;        // when nobody in particular is there
  std::string_view quoted;    // "{}" is what somebody says
  std::string_view here;
  std::string_view with_someone;
  std::string_view beat;
  std::string_view nobody_here;
  std::string_view until;  // "{}" is a time
  std::string_view from;
  std::string_view by_our_hours;  // nobody is there although the hours say so; "{}" is a time
  std::string_view at_any_time;   // the same where they never end
  std::string_view hours;
  std::string_view span;  // "{from}", "{until}"
  std::string_view closed;
  std::string_view clock_of;  // "{}" is a place
  std::string_view write_anyway;
  std::string_view talk;
  std::string_view you;
  std::string_view notice;
  std::string_view taken_back;
  std::string_view edited;
  std::string_view your_words;
  std::string_view files;
  std::string_view send;
  std::string_view look_again;
  std::string_view kept;
  std::string_view older;
  std::string_view sample;
  std::string_view nothing_written;
  std::string_view too_long;
  std::string_view file_refused;
  std::string_view try_again;
  std::string_view no_door;  // nobody answers at this address
  std::string_view no_door_detail;
  std::string_view other_door;
  std::array<std::string_view, 7> days;  // Monday first
  std::array<std::string_view, 12> months;
  std::string_view date;    // "{number}", "{month}"
  std::string_view moment;  // "{day}", "{number}", "{month}", "{clock}"
};

const HelloWords& words_in(PageLanguage language);

}  // namespace kith::http
