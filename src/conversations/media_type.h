// What kind of file some bytes are, told from the bytes and never from the name.
#pragma once

#include <string>
#include <string_view>

namespace kith {

// `head`: the first bytes (512 are plenty). Anything a browser could run (HTML, SVG, XML, scripts) is text/plain or
// application/octet-stream, so that it is never shown inline.
std::string media_type_of(std::string_view head);

// May a browser show it in place? The pictures, sound and film that media_type_of knows; everything else is downloaded.
bool is_shown_inline(std::string_view media_type);

}  // namespace kith
