// Seeded faults, for the proof that the ledger (tests/ledger) would notice: each breaks one promise on purpose. They
// exist only in the program `kith_mutants`, where KITH_MUTANT=NAME chooses one; in every other program they cost
// nothing and are not there. tests/ledger/mutants.ts lists them with the fault that has to bring each to light.
#pragma once

#include <string_view>

namespace kith {

#ifdef KITH_MUTANTS
bool is_mutant(std::string_view name);
#else
static constexpr bool is_mutant(std::string_view /*name*/) {
  return false;
}
#endif

}  // namespace kith
