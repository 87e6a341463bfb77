#include "base/mutant.h"

#include <cstdlib>

#ifdef KITH_MUTANTS
namespace kith {

bool is_mutant(std::string_view name) {
  static const char* const kChosen = std::getenv("KITH_MUTANT");
  return kChosen != nullptr && name == kChosen;
}

}  // namespace kith
#endif
