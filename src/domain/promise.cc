#include "domain/promise.h"

namespace kith {

bool can_become(PromiseState from, PromiseState to) {
  switch (from) {
    case PromiseState::given:
    case PromiseState::renegotiated:
      return to == PromiseState::kept || to == PromiseState::broken || to == PromiseState::renegotiated;
    case PromiseState::broken:
      return to == PromiseState::owned;
    case PromiseState::kept:
    case PromiseState::owned:
      return false;
  }
  return false;
}

}  // namespace kith
