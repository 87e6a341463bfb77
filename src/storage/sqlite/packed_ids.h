// Lists of ids that are only ever read whole: one after the other in a blob, 16 bytes each.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace kith::sqlite {

// Bound as a blob (a std::string would be bound as text).
struct PackedIds {
  std::string bytes;
};

template <class TypedId>
PackedIds pack_ids(const std::vector<TypedId>& ids) {
  PackedIds packed;
  packed.bytes.reserve(16 * ids.size());
  for (const TypedId& id : ids) packed.bytes.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  return packed;
}

template <class TypedId>
std::vector<TypedId> unpack_ids(std::string_view bytes) {
  std::vector<TypedId> ids(bytes.size() / 16);
  for (std::size_t i = 0; i < ids.size(); ++i)
    std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes.data()) + 16 * i, 16, ids[i].bytes.begin());
  return ids;
}

}  // namespace kith::sqlite
