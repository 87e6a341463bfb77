// Which language a page speaks that the house writes itself.
#pragma once

#include <cstdint>
#include <string_view>

namespace kith::http {

enum class PageLanguage : std::uint8_t { english, german };

// What a browser prefers (Accept-Language), of the languages we have.
PageLanguage page_language(std::string_view accept_language);

}  // namespace kith::http
