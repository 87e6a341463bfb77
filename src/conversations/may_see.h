// Whether an event may be shown to somebody. Asked again at each delivery, because rights end while people are
// connected.
#pragma once

#include <optional>

#include "domain/access.h"
#include "domain/event.h"

namespace kith {

// `own`: the visitor's thread's own conversation today; nothing for colleagues and programs. Visitors see what happens
// in their own thread, colleagues' public faces and the house's own words; never notes. SessionsEnded is for nobody.
bool may_see(const Actor& actor, std::optional<ConversationId> own, const Event& event);

}  // namespace kith
