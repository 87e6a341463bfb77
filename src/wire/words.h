// The words that stand for the values of enumerations on the wire, in the order of the enumeration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/entry.h"
#include "domain/handover.h"
#include "domain/identity.h"
#include "domain/inbox.h"
#include "domain/person.h"
#include "domain/presence.h"
#include "domain/promise.h"
#include "domain/scheduled.h"
#include "domain/topic.h"

namespace kith::wire {

inline constexpr std::string_view kEntryKinds[] = {
    "message", "call", "visit", "note_to_both", "notice", "thanks", "apology", "introduction", "vent", "survey_answer"};
inline constexpr std::string_view kChannels[] = {"web", "email", "phone", "portal", "forum", "counter", "none"};
inline constexpr std::string_view kAuthorKinds[] = {"customer", "colleague", "machine", "notice"};
inline constexpr std::string_view kIdentityKinds[] = {"device", "host", "email", "phone", "login"};
inline constexpr std::string_view kIdentityStates[] = {"claimed", "confirmed", "retired"};
inline constexpr std::string_view kRoleKinds[] = {"customer", "colleague", "leader", "admin"};
inline constexpr std::string_view kTopicStates[] = {"open",     "waiting_for_us", "waiting_for_you", "waiting_for_date",
                                                    "answered", "settled"};
inline constexpr std::string_view kSettledBy[] = {"nobody", "customer_word", "silence"};
inline constexpr std::string_view kPromiseStates[] = {"given", "renegotiated", "kept", "broken", "owned"};
inline constexpr std::string_view kHandoverStates[] = {"offered", "accepted", "declined", "taken_back"};
inline constexpr std::string_view kScheduledStates[] = {"waiting", "sent", "withdrawn", "held"};
inline constexpr std::string_view kPresenceLevels[] = {"open", "gentle", "beat", "with_someone", "away"};
inline constexpr std::string_view kThemes[] = {"system", "light", "dark"};
inline constexpr std::string_view kInboxKinds[] = {"web", "email", "phone"};
inline constexpr std::string_view kAskStates[] = {"asked", "answered", "declined"};
inline constexpr std::string_view kAttachmentStates[] = {"uploading", "kept"};
// By the bit of Scope.
inline constexpr std::string_view kScopes[] = {"read_people", "read_conversations", "write_entries", "manage_settings"};

template <class Enum, std::size_t count>
constexpr std::string_view word_of(const std::string_view (&words)[count], Enum value) {
  auto index = static_cast<std::size_t>(value);
  return index < count ? words[index] : std::string_view{};
}

}  // namespace kith::wire
