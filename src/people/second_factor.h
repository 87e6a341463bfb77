// The second factor of a colleague: a time-based code (RFC 6238). The adapter finds the 30 s step a code belongs to;
// here a step is accepted once.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

struct CompleteSecondFactor {
  std::int64_t step = 0;  // the step the given code was right for
};
// `actor` is nobody with the session whose second factor is due. invalid("code") when the step was used already.
Result<Session> complete_second_factor(Tx& tx, const Actor& actor, const CompleteSecondFactor& command);

struct SetTotp {
  std::string sealed_secret;
};
// Begins: replaces a secret that was never confirmed; conflict while a confirmed one stands.
Result<void> set_totp(Tx& tx, const Actor& actor, const SetTotp& command);

struct ConfirmTotp {
  std::int64_t step = 0;
};
// From now on signing in asks for a code. Fine when confirmed already.
Result<void> confirm_totp(Tx& tx, const Actor& actor, const ConfirmTotp& command);

struct RemoveTotp {
  PersonId person;
};
// By herself, or by the system for somebody who lost her phone. Fine when there is none.
Result<void> remove_totp(Tx& tx, const Actor& actor, const RemoveTotp& command);

}  // namespace kith
