#include "http/page_language.h"

#include <string>

#include "base/text.h"

namespace kith::http {

PageLanguage page_language(std::string_view accept_language) {
  while (!accept_language.empty()) {
    const std::string tag = lower_ascii(trim(accept_language.substr(0, accept_language.find_first_of(",;"))));
    if (tag == "de" || tag.starts_with("de-")) return PageLanguage::german;
    if (tag == "en" || tag.starts_with("en-")) return PageLanguage::english;
    const std::size_t comma = accept_language.find(',');
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
  }
  return PageLanguage::english;
}

}  // namespace kith::http
