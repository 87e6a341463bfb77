// For things that may well be absent: turns not_found into "nothing" and leaves other errors alone.
#pragma once

#include <optional>
#include <utility>

#include "base/result.h"

namespace kith {

template <class T>
Result<std::optional<T>> if_found(Result<T> found) {
  if (found) return std::optional<T>(std::move(*found));
  if (found.error().code == Errc::not_found) return std::optional<T>();
  return std::unexpected<Error>(std::move(found).error());
}

}  // namespace kith
