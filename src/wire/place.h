// Cursors into lists that are sorted by a time and an id. To clients they are opaque words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/place.h"

namespace kith::wire {

namespace place {
std::string encode(Time at, std::string_view id);
struct Parts {
  Time at;
  std::string_view id;
};
std::optional<Parts> split(std::string_view text);
}  // namespace place

template <class TypedId>
std::string encode_place(const Place<TypedId>& here) {
  return place::encode(here.at, here.id.text());
}
// Nothing unless `text` is exactly what encode_place wrote.
template <class TypedId>
std::optional<Place<TypedId>> decode_place(std::string_view text) {
  const auto parts = place::split(text);
  if (!parts) return std::nullopt;
  const auto id = TypedId::parse(parts->id);
  if (!id) return std::nullopt;
  const Place<TypedId> here{parts->at, *id};
  if (encode_place(here) != text) return std::nullopt;
  return here;
}

}  // namespace kith::wire
