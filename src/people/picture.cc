#include "people/picture.h"

#include <optional>

namespace kith {
namespace {

using namespace std::literals;

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
std::uint32_t big_16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}
std::uint32_t big_32(std::string_view bytes, std::size_t at) {
  return big_16(bytes, at) << 16 | big_16(bytes, at + 2);
}
std::uint32_t little_16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}
std::uint32_t little_24(std::string_view bytes, std::size_t at) {
  return little_16(bytes, at) | byte_at(bytes, at + 2) << 16;
}
std::uint32_t little_32(std::string_view bytes, std::size_t at) {
  return little_16(bytes, at) | little_16(bytes, at + 2) << 16;
}

// Chunks of length, name, content and checksum, from IHDR to IEND and nothing behind it.
std::optional<Picture> read_png(std::string_view bytes) {
  constexpr std::size_t kSignature = 8;
  constexpr std::size_t kAround = 12;  // length, name and checksum
  if (big_32(bytes, kSignature) != 13 || bytes.substr(kSignature + 4, 4) != "IHDR") return std::nullopt;
  for (std::size_t at = kSignature; at + kAround <= bytes.size();) {
    const std::size_t end = at + kAround + big_32(bytes, at);
    if (bytes.substr(at + 4, 4) == "IEND" && end == bytes.size())
      return Picture{"image/png", big_32(bytes, 16), big_32(bytes, 20)};
    at = end;
  }
  return std::nullopt;
}

// A start-of-frame marker: the one segment that knows the size.
bool begins_frame(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Segments of marker and length up to the frame; what follows is coded and ends with the end marker.
std::optional<Picture> read_jpeg(std::string_view bytes) {
  if (!bytes.ends_with("\xff\xd9"sv)) return std::nullopt;
  for (std::size_t at = 2; at + 9 <= bytes.size();) {
    if (byte_at(bytes, at) != 0xff) return std::nullopt;
    const std::uint32_t marker = byte_at(bytes, at + 1);
    const std::uint32_t length = big_16(bytes, at + 2);
    if (length < 2) return std::nullopt;
    if (begins_frame(marker)) return Picture{"image/jpeg", big_16(bytes, at + 7), big_16(bytes, at + 5)};
    at += 2 + length;
  }
  return std::nullopt;
}

// One RIFF container of exactly this length; its first chunk knows the size, in one of three ways.
std::optional<Picture> read_webp(std::string_view bytes) {
  const std::size_t announced = std::size_t{8} + little_32(bytes, 4);
  if (announced != bytes.size() || bytes.size() < 30) return std::nullopt;
  const std::string_view first = bytes.substr(12, 4);
  if (first == "VP8X") return Picture{"image/webp", little_24(bytes, 24) + 1, little_24(bytes, 27) + 1};
  if (first == "VP8L" && byte_at(bytes, 20) == 0x2f) {
    const std::uint32_t packed = little_32(bytes, 21);
    return Picture{"image/webp", (packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1};
  }
  if (first == "VP8 " && bytes.substr(23, 3) == "\x9d\x01\x2a"sv)
    return Picture{"image/webp", little_16(bytes, 26) & 0x3fff, little_16(bytes, 28) & 0x3fff};
  return std::nullopt;
}

std::optional<Picture> read_any(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return read_png(bytes);
  if (bytes.starts_with("\xff\xd8\xff"sv)) return read_jpeg(bytes);
  if (bytes.starts_with("RIFF"sv) && bytes.substr(8 < bytes.size() ? 8 : bytes.size(), 4) == "WEBP")
    return read_webp(bytes);
  return std::nullopt;
}

}  // namespace

Result<Picture> read_picture(std::string_view bytes) {
  if (bytes.size() > kLargestPicture) return fail(Errc::too_large, "a picture has at most 512 KB");
  const auto picture = read_any(bytes);
  if (!picture || picture->width == 0 || picture->height == 0) return invalid("", "is not a PNG, JPEG or WebP picture");
  if (picture->width > kMostPixelsASide || picture->height > kMostPixelsASide)
    return fail(Errc::too_large, "a picture has at most 4096 pixels a side");
  return *picture;
}

}  // namespace kith
