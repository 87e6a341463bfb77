// Bytes that somebody says are a picture of her: whatever they are, reading them is bounded, and what is called a
// picture has a kind and a size within our limits.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "people/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = kith::read_picture({reinterpret_cast<const char*>(data), size});
  if (!picture) return 0;
  const bool is_within = picture->width > 0 && picture->height > 0 && picture->width <= kith::kMostPixelsASide &&
                         picture->height <= kith::kMostPixelsASide && size <= kith::kLargestPicture;
  if (!is_within || !picture->media_type.starts_with("image/")) std::abort();
  return 0;
}
