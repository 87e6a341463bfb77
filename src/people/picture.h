// What kind of picture some bytes are, told from the bytes alone. Whatever is not plainly a PNG, a JPEG or a WebP from
// its first byte to its last is none: nothing is decoded, and nothing may hide behind the picture.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace kith {

inline constexpr std::size_t kLargestPicture = 512 * 1024;
inline constexpr std::uint32_t kMostPixelsASide = 4096;

struct Picture {
  std::string_view media_type;  // "image/png", "image/jpeg" or "image/webp"
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

// too_large above kLargestPicture or kMostPixelsASide, invalid for everything else that is wrong.
Result<Picture> read_picture(std::string_view bytes);

}  // namespace kith
