// Which Kith this is; the number stands in CMakeLists.txt.
#pragma once

namespace kith {

inline constexpr char kVersion[] = KITH_VERSION;

}  // namespace kith
