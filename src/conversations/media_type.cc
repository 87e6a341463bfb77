#include "conversations/media_type.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace kith {
namespace {

using namespace std::literals;

struct Signature {
  std::string_view type;
  std::string_view begins;  // at the very beginning
  std::string_view then;    // and at `then_at`; may be empty
  std::size_t then_at = 0;
};

constexpr std::array kSignatures{
    Signature{"image/png", "\x89PNG\r\n\x1a\n"sv, ""sv},
    Signature{"image/jpeg", "\xff\xd8\xff"sv, ""sv},
    Signature{"image/gif", "GIF87a"sv, ""sv},
    Signature{"image/gif", "GIF89a"sv, ""sv},
    Signature{"image/webp", "RIFF"sv, "WEBP"sv, 8},
    Signature{"audio/wav", "RIFF"sv, "WAVE"sv, 8},
    Signature{"application/pdf", "%PDF-"sv, ""sv},
    Signature{"application/zip", "PK\x03\x04"sv, ""sv},
    Signature{"application/zip", "PK\x05\x06"sv, ""sv},
    Signature{"audio/ogg", "OggS"sv, "OpusHead"sv, 28},
    Signature{"audio/ogg", "OggS"sv, "\x01vorbis"sv, 28},
    Signature{"audio/mpeg", "ID3"sv, ""sv},
    Signature{"audio/mpeg", "\xff\xfb"sv, ""sv},
    Signature{"audio/mpeg", "\xff\xf3"sv, ""sv},
    Signature{"audio/mpeg", "\xff\xf2"sv, ""sv},
};

struct Brand {
  std::string_view brand;
  std::string_view type;
};

// Major brands of the ISO base media format that browsers play; other brands are just downloaded.
constexpr std::array kBrands{
    Brand{"avif", "image/avif"}, Brand{"avis", "image/avif"}, Brand{"isom", "video/mp4"}, Brand{"iso2", "video/mp4"},
    Brand{"iso4", "video/mp4"},  Brand{"iso5", "video/mp4"},  Brand{"iso6", "video/mp4"}, Brand{"mp41", "video/mp4"},
    Brand{"mp42", "video/mp4"},  Brand{"avc1", "video/mp4"},  Brand{"dash", "video/mp4"}, Brand{"M4V ", "video/mp4"},
    Brand{"M4A ", "audio/mp4"},
};

bool has_at(std::string_view head, std::size_t at, std::string_view wanted) {
  return head.size() >= at + wanted.size() && head.substr(at, wanted.size()) == wanted;
}

std::string_view type_of_media_box(std::string_view head) {
  if (!has_at(head, 4, "ftyp") || head.size() < 12) return {};
  const auto* known = std::ranges::find(kBrands, head.substr(8, 4), &Brand::brand);
  return known == kBrands.end() ? std::string_view() : known->type;
}

bool is_webm(std::string_view head) {
  return head.starts_with("\x1a\x45\xdf\xa3"sv) && head.substr(0, 64).find("webm") != std::string_view::npos;
}

// What a browser records of a voice: one track, Opus. With pictures in it, theirs is named as well.
bool is_only_sound(std::string_view webm_head) {
  const auto names = [&](std::string_view codec) { return webm_head.find(codec) != std::string_view::npos; };
  return names("A_OPUS"sv) && !names("V_"sv);
}

// The head may end within a character, so up to three bytes are left out.
bool is_text(std::string_view head) {
  if (head.empty() || has_control_characters(head)) return false;
  for (std::size_t cut_off = 0; cut_off < 4 && cut_off < head.size(); ++cut_off)
    if (is_utf8(head.substr(0, head.size() - cut_off))) return true;
  return false;
}

}  // namespace

std::string media_type_of(std::string_view head) {
  for (const Signature& signature : kSignatures)
    if (head.starts_with(signature.begins) && has_at(head, signature.then_at, signature.then))
      return std::string(signature.type);
  if (const auto type = type_of_media_box(head); !type.empty()) return std::string(type);
  if (is_webm(head)) return is_only_sound(head) ? "audio/webm" : "video/webm";
  return is_text(head) ? "text/plain" : "application/octet-stream";
}

bool is_shown_inline(std::string_view media_type) {
  const auto is_it = [&](const auto& known) { return known.type == media_type; };
  const bool is_media = !media_type.starts_with("application/") && !media_type.starts_with("text/");
  const bool is_known = std::ranges::any_of(kSignatures, is_it) || std::ranges::any_of(kBrands, is_it);
  return (is_media && is_known) || media_type == "video/webm" || media_type == "audio/webm";
}

}  // namespace kith
